import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ShownText } from '../../../../src/kernel/text.js'
import { type ComparedValue, compareFields, type FieldWords } from '../../../../src/platform/records/compare-fields.js'
import { compareTexts } from '../../../../src/platform/records/compare-texts.js'

const vi = (text: string): ShownText => ({ text, lang: 'vi' })
const en = (text: string): ShownText => ({ text, lang: 'en' })
const field = (name: string, ...values: ShownText[]): FieldWords => ({ field: name, label: name, values })
const told = (values: readonly ComparedValue[]) =>
  values.map(({ stretches }) =>
    stretches
      .map(({ kind, text }) => (kind === 'gone' ? `[-${text}-]` : kind === 'come' ? `{+${text}+}` : text))
      .join(''),
  )

/** Texts that share words, as versions of a text do. */
const someText = fc
  .array(fc.constantFrom('xưởng', 'gạch', 'cần', 'phần', 'mềm', ' ', ' ', '\n', '.', '2', '𠮷', 'é'), { maxLength: 60 })
  .map((words) => words.join(''))
const anyText = fc.oneof(someText, fc.string({ unit: 'grapheme', maxLength: 80 }))
const values = fc.array(fc.record({ text: anyText, lang: fc.constantFrom('vi' as const, 'en' as const) }), {
  maxLength: 6,
})
const record = fc
  .dictionary(fc.constantFrom('name', 'description', 'services', 'cases'), values)
  .map((all) => Object.entries(all).map(([name, said]) => field(name, ...said)))

describe('two texts', () => {
  test('applying what was found to the earlier text gives the later one', () => {
    fc.assert(
      fc.property(anyText, anyText, (before, after) => {
        let [at, result] = [0, '']
        for (const { kind, text } of compareTexts(before, after)) {
          if (kind !== 'come') {
            expect(before.startsWith(text, at)).toBe(true)
            at += text.length
          }
          if (kind !== 'gone') result += text
        }
        expect([at, result]).toEqual([before.length, after])
      }),
    )
  })

  test('words are struck out whole, with their accents, and phrases as one', () => {
    expect(compareTexts('Xưởng làm gạch tàu ở Phụng Hiệp', 'Xưởng làm gạch bông ở Phụng Hiệp')).toEqual([
      { kind: 'same', text: 'Xưởng làm gạch ' },
      { kind: 'gone', text: 'tàu' },
      { kind: 'come', text: 'bông' },
      { kind: 'same', text: ' ở Phụng Hiệp' },
    ])
    const phrase = compareTexts('bán gạo ngon rẻ tại chợ nổi Ngã Bảy', 'bán trái cây rẻ tại chợ nổi Ngã Bảy')
    expect(phrase.map(({ text }) => text)).toEqual(['bán ', 'gạo ngon', 'trái cây', ' rẻ tại chợ nổi Ngã Bảy'])
  })

  test('others altogether stand whole, not as a riddle of shared small words', () => {
    const [gone, come, ...rest] = compareTexts('Máy in tem ở xưởng', 'Chúng tôi trồng lúa ở đồng bằng')
    expect([gone?.kind, come?.kind, rest]).toEqual(['gone', 'come', []])
  })

  test('very long ones are compared within a moment, and still found to differ in one word', () => {
    const long = Array.from({ length: 60_000 }, (_, i) => `từ${i}`).join(' ')
    const other = Array.from({ length: 60_000 }, (_, i) => `chữ${i}`).join(' ')
    const started = performance.now()
    expect(compareTexts(long, long.replace('từ30000 ', 'khác ')).filter(({ kind }) => kind !== 'same')).toHaveLength(2)
    expect(compareTexts(long, other)).toHaveLength(2)
    expect(performance.now() - started).toBeLessThan(3_000)
  })
})

describe('the fields of two versions', () => {
  test('each side of a change is what the field said on that side', () => {
    fc.assert(
      fc.property(record, record, (before, after) => {
        const changes = compareFields(before, after)
        for (const name of ['name', 'description', 'services', 'cases']) {
          const said = (side: FieldWords[]) =>
            (side.find((one) => one.field === name)?.values ?? []).map(({ lang, text }) => ({ lang, text }))
          const shown = (all: readonly ComparedValue[]) =>
            all.map(({ lang, stretches }) => ({ lang, text: stretches.map(({ text }) => text).join('') }))
          const change = changes.find((one) => one.field === name)
          if (!change) expect(said(before)).toEqual(said(after))
          else expect([shown(change.before), shown(change.after)]).toEqual([said(before), said(after)])
        }
      }),
    )
  })

  test('equal ones have no changes', () => {
    fc.assert(fc.property(record, (one) => compareFields(one, structuredClone(one)).length === 0))
  })

  test('a value that only moved is not rewritten, and each language is compared with itself', () => {
    const [moved] = compareFields(
      [field('services', vi('A'), vi('B'), vi('C'))],
      [field('services', vi('C'), vi('A'), vi('B'))],
    )
    expect(moved && [told(moved.before), told(moved.after)]).toEqual([
      ['A', 'B', '[-C-]'],
      ['{+C+}', 'A', 'B'],
    ])
    const [name] = compareFields(
      [field('name', vi('Gạch Ngói Sao Mai'), en('Morning Star Bricks'))],
      [field('name', vi('Gạch Sao Mai'), en('Morning Star Tiles'))],
    )
    expect(name && told(name.after)).toEqual(['Gạch Sao Mai', 'Morning Star {+Tiles+}'])
  })

  test('a field that is gone or new is told as such', () => {
    const changes = compareFields([field('tagline', vi('cũ'))], [field('address', vi('Ngã Bảy'))])
    expect(changes.map((one) => [one.field, told(one.before), told(one.after)])).toEqual([
      ['address', [], ['{+Ngã Bảy+}']],
      ['tagline', ['[-cũ-]'], []],
    ])
  })
})

describe('a record made to keep the product busy', () => {
  test('costs no more than a few texts do, however many of it are rewritten', { timeout: 4_000 }, () => {
    let seed = 1
    const letter = () => {
      seed = (seed * 48_271) % 2_147_483_647
      return String.fromCharCode(97 + (seed % 26))
    }
    const text = () => Array.from({ length: 300 }, letter).join(' ')
    const side = () => [field('cases', ...Array.from({ length: 200 }, (_, i) => (i % 2 ? vi : en)(text())))]
    const [change] = compareFields(side(), side())
    expect(change?.before).toHaveLength(200)
  })
})
