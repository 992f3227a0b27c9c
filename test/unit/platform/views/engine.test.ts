import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { createTranslator } from '../../../../src/platform/i18n/translator.js'
import { createViews } from '../../../../src/platform/views/engine.js'
import type { ViewContext } from '../../../../src/platform/views/view-context.js'

const folder = mkdtempSync(join(tmpdir(), 'views-'))
afterAll(() => rmSync(folder, { recursive: true }))

const translator = createTranslator()
const view: ViewContext = {
  lang: 'vi',
  t: translator('vi'),
  timeZone: 'Asia/Ho_Chi_Minh',
  asset: (name) => `/assets/1/${name}`,
  csrfToken: () => 'to"ken',
}

/** Renders one template, with others beside it by path. */
function show(template: string, model: object, others: Record<string, string> = {}): string {
  rmSync(folder, { recursive: true })
  for (const [path, source] of Object.entries({ ...others, 'pages/x.hbs': template })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), source)
  }
  return createViews(folder).page('x', model, view)
}

describe('templates', () => {
  test('escape what they print, between tags and in attributes', () => {
    expect(show('<p title="{{a}}">{{a}}</p>', { a: `<i>"'&` })).toBe(
      '<p title="&lt;i&gt;&quot;&#x27;&amp;">&lt;i&gt;&quot;&#x27;&amp;</p>',
    )
  })

  test.each(['{{absent}}', '{{#if absent}}x{{/if}}', '{{#each absent}}x{{/each}}', '{{known.absent}}'])(
    '%s of a field that the view model lacks is an error',
    (template) => {
      expect(() => show(template, { known: {} })).toThrow(/absent/)
    },
  )

  test('an unknown helper is an error', () => {
    expect(() => show('{{shout "a"}}', {})).toThrow(/shout/)
  })

  test('a helper where a field was meant is an error that says what to write', () => {
    expect(() => show('{{text}}', { text: 'a' })).toThrow(/write {{this.text}}/)
    expect(show('{{this.text}}', { text: 'a' })).toBe('a')
  })

  test('an unknown template and an unknown partial are errors', () => {
    expect(() => createViews(folder).page('none', {}, view)).toThrow(/no template "pages\/none"/)
    expect(() => show('{{> none}}', {})).toThrow(/none/)
  })

  test("use shared partials, and their own pages' by an underscore", () => {
    const others = { 'partials/shared.hbs': '[{{a}}]', 'pages/feature/_own.hbs': '({{a}})' }
    expect(show('{{> shared this}}{{> feature/_own this}}', { a: 1 }, others)).toBe('[1](1)')
  })

  test('reach no prototype', () => {
    expect(() => show('{{a.constructor.name}}', { a: 'x' })).toThrow()
  })

  test('a layout takes the page as it is and escapes the rest', () => {
    show('', {}, { 'layouts/main.hbs': '<h1>{{title}}</h1>{{body}}' })
    expect(createViews(folder).layout('main', { title: '<' }, '<p>', view)).toBe('<h1>&lt;</h1><p>')
  })
})

describe('helpers', () => {
  const en = (text: string) => ({ text, lang: 'en' })
  const vi = (text: string) => ({ text, lang: 'vi' })

  test('text marks the other language and nothing else', () => {
    expect(show('{{text a}}|{{text b}}|{{text c}}', { a: vi('<kho>'), b: en('<store>'), c: null })).toBe(
      '&lt;kho&gt;|<span lang="en">&lt;store&gt;</span>|',
    )
  })

  test('mark marks spans of the original and escapes every part', () => {
    const spans = [
      { start: 0, end: 3 },
      { start: 4, end: 6 },
    ]
    expect(show('{{mark a spans}}', { a: '<a> &b', spans })).toBe('<mark>&lt;a&gt;</mark> <mark>&amp;b</mark>')
  })

  test('mark leaves out spans that overlap or lie outside', () => {
    const spans = [
      { start: 0, end: 2 },
      { start: 1, end: 3 },
      { start: 2, end: 99 },
    ]
    expect(show('{{mark a spans}}', { a: 'abc', spans })).toBe('<mark>ab</mark>c')
  })

  test('paragraphs keep the breaks that people wrote', () => {
    expect(show('{{paragraphs a}}', { a: vi('một\nhai\n\n <ba>') })).toBe('<p>một<br>hai</p><p>&lt;ba&gt;</p>')
  })

  test('url fills the path and puts the rest into the query', () => {
    expect(show('{{url "providers.show" slug=slug page=2 q=""}}', { slug: 'sao-mai' })).toBe(
      '/providers/sao-mai?page&#x3D;2',
    )
  })

  test('csrf prints the token of the request', () => {
    expect(show('{{csrf}}', {})).toBe('<input type="hidden" name="_csrf" value="to&quot;ken">')
  })

  test('dates, numbers and money follow the language and the zone', () => {
    const model = { day: '2026-11-24', at: new Date('2026-11-24T20:00:00Z'), range: { min: 1e6, max: 2e6 } }
    expect(show('{{date day}} {{date at}} {{number 1234}} {{money 40000000}} {{money range}}', model)).toBe(
      '24/11/2026 25/11/2026 1.234 40 triệu đồng 1 đến 2 triệu đồng',
    )
  })

  test('t takes its parameters from the template', () => {
    expect(show('{{t "common.filters.openCount" count=2}}', {})).toBe('Lọc · 2')
  })
})
