import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createTranslator, MissingText } from '../../../../src/platform/i18n/translator.js'
import { PROJECT_ROOT } from '../../../../src/platform/project-root.js'

const translator = createTranslator()

describe('the catalogue', () => {
  test('speaks each language', () => {
    expect(translator('vi')('common.nav.needs')).toBe('Nhu cầu')
    expect(translator('en')('common.nav.needs')).toBe('Needs')
  })

  test('counts as each language does', () => {
    const both = (count: number) => [
      translator('vi')('common.form.errorsTitle', { count }),
      translator('en')('common.form.errorsTitle', { count }),
    ]
    expect(both(1)).toEqual(['Còn 1 chỗ cần xem lại', 'There is one thing to look at again'])
    expect(both(2)).toEqual(['Còn 2 chỗ cần xem lại', 'There are 2 things to look at again'])
  })

  test('prints parameters as they are, for the template to escape', () => {
    expect(translator('vi')('common.filters.remove', { name: '<b>' })).toBe('Bỏ <b>')
  })

  test('writes numbers as the language does', () => {
    expect(translator('vi')('fields.errors.tooLong', { maximum: 20_000 })).toContain('20.000 ký tự')
    expect(translator('en')('common.form.errorsTitle', { count: 1_200 })).toContain('1,200')
  })

  test('a missing text and a missing parameter are errors', () => {
    expect(() => translator('en')('common.nothing')).toThrow(MissingText)
    expect(() => translator('vi')('common.filters.remove')).toThrow(/parameter/)
  })

  test('where people read, the key stands in for a missing text', () => {
    expect(createTranslator({ strict: false })('vi')('common.nothing')).toBe('common.nothing')
  })
})

/** Keys without their plural ending, with the parameters that each text takes. */
function textsOf(lang: string, file: string): Map<string, string> {
  const texts = new Map<string, string>()
  const walk = (node: object, path: string) => {
    for (const [key, value] of Object.entries(node)) {
      const at = `${path}.${key.replace(/_(one|other)$/, '')}`
      if (typeof value === 'object') walk(value, at)
      else if (!key.endsWith('_one')) texts.set(at, (String(value).match(/\{\{\w+\}\}/g) ?? []).sort().join())
    }
  }
  walk(JSON.parse(readFileSync(join(PROJECT_ROOT, 'src/locales', lang, file), 'utf8')), file)
  return texts
}

test.each(readdirSync(join(PROJECT_ROOT, 'src/locales/vi')))('%s says the same things in both languages', (file) => {
  expect(textsOf('en', file)).toEqual(textsOf('vi', file))
})
