import { describe, expect, test } from 'vitest'
import { renderMarkdown } from '../../../../src/platform/views/markdown.js'
import { attackPayloads, naughtyStrings } from '../../../support/hostile-strings.js'
import { elementsIn } from '../../../support/markup.js'

const ELEMENTS = new Set(
  'p br strong em s a ul ol li blockquote code pre hr h2 h3 h4 h5 h6 table thead tbody tr th td'.split(' '),
)
const ATTRIBUTES = new Set(['href', 'rel', 'title', 'start', 'class'])
const SAFE = /^($|https?:\/\/[^/]|mailto:[^@]+@|\/(?!\/)|#)/i

/** What of the markup no text of the park may bring. */
const faultsIn = (html: string): string[] =>
  elementsIn(html).flatMap(({ name, attributes }) => [
    ...(ELEMENTS.has(name) ? [] : [name]),
    ...[...attributes].flatMap(([attribute, value]) => {
      if (!ATTRIBUTES.has(attribute)) return [`${name} ${attribute}`]
      return attribute === 'href' && !SAFE.test(value) ? [`href ${value}`] : []
    }),
  ])

describe('a text in Markdown', () => {
  test('has headings below the page’s own, lists, bold letters and links', () => {
    const html = renderMarkdown('# Về khu\n\n- **một**\n- [hai](https://khu.example/a)\n\n[ba](/providers)')
    expect(html).toContain('<h2>Về khu</h2>')
    expect(html).toContain('<li><strong>một</strong></li>')
    expect(html).toContain('<a href="https://khu.example/a" rel="external noopener">hai</a>')
    expect(html).toContain('<a href="/providers">ba</a>')
  })

  test.each([
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt:alert(1))',
    '[x](java&#x0A;script:alert(1))',
    '[x](&#106;avascript:alert(1))',
    '[x](\\javascript:alert(1))',
    '[x](data:text/html;base64,PHNjcmlwdD4=)',
    '[x](vbscript:x)',
    '[x](//evil.example)',
    '[x](/\\evil.example)',
    '[x](/%5cevil.example)',
    '[x](https://khu.example@evil.example)',
    '[x](providers)',
    '[x][1]\n\n[1]: javascript:alert(1)',
    '<javascript:alert(1)>',
    '[x](%6aavascript:alert(1))',
  ])('does not make a link of %s', (text) => {
    expect(renderMarkdown(text)).not.toContain('<a ')
  })

  test('shows HTML and pictures as the letters they are', () => {
    const html = renderMarkdown(
      '<img src=x onerror=alert(1)> ![x](https://evil.example/a.png)\n\n<script>alert(1)</script>',
    )
    expect(faultsIn(html)).toEqual([])
    expect(html).toContain('&lt;script&gt;')
    expect(html).not.toContain('<img')
  })

  test('sets a table without a style, which the security policy would refuse', () => {
    const html = renderMarkdown('| a | b |\n|:-:|--:|\n| 1 | 2 |')
    expect(html).toContain('<td>2</td>')
    expect(faultsIn(html)).toEqual([])
  })

  test('is read in good time however it is nested', () => {
    const began = performance.now()
    for (const text of ['>'.repeat(10_000), '[`'.repeat(6_000), '*a '.repeat(6_000), '[a]('.repeat(5_000)])
      renderMarkdown(text)
    expect(performance.now() - began).toBeLessThan(3_000)
  })

  test('is harmless whatever is put into it', () => {
    const hostile = [
      ...(naughtyStrings() ?? []),
      ...Object.values(attackPayloads() ?? {}).flatMap((all) => all.slice(0, 400)),
    ]
    const faults = hostile.flatMap((text) =>
      [text, `[x](${text})`, `[${text}](/a "${text}")`].flatMap((one) => faultsIn(renderMarkdown(one))),
    )
    expect(faults).toEqual([])
  })
})
