import { describe, expect, test } from 'vitest'
import { createTranslator } from '../../../../src/platform/i18n/translator.js'
import { compareFields } from '../../../../src/platform/records/compare-fields.js'
import { fieldChangesView } from '../../../../src/platform/views/models/field-changes.js'

const t = createTranslator()('vi')
const field = (...texts: string[]) => ({
  ...{ field: 'description', label: 'Mô tả' },
  values: texts.map((text) => ({ text, lang: 'vi' as const })),
})
const words = (of: string, count: number) => Array.from({ length: count }, (_, i) => `${of}${i}`).join(' ')

function shown(before: string[], after: string[]) {
  const changes = compareFields([field(...before)], [field(...after)])
  const [change] = fieldChangesView(changes, { before: 'Trước', after: 'Sau' }, { lang: 'vi', t }).changes
  if (!change) throw new Error('nothing differs')
  const textOf = (sides: typeof change.sides) =>
    sides.map(({ values }) => values.map(({ stretches }) => stretches.map(({ text }) => text).join('')))
  return { change, sides: textOf(change.sides), whole: change.whole && textOf(change.whole) }
}

describe('what differs in a long text', () => {
  const [first, last] = [words('đầu', 200), words('cuối', 200)]
  const [before, after] = [`${first} giá cũ ${last}`, `${first} giá mới ${last}`]

  test('is shown with the words around it, and in full on demand', () => {
    const { sides, whole } = shown([before], [after])
    expect(sides[1]?.[0]).toMatch(/^….{60,120} giá mới .{60,120}…$/)
    expect(whole).toEqual([[before], [after]])
  })

  test('leaves of a paragraph that did not change its beginning', () => {
    const { sides, whole } = shown([first, 'cũ'], [first, 'mới'])
    expect(sides[1]?.[0]).toMatch(/^đầu0 đầu1 .{60,120}…$/)
    expect(sides[1]?.[1]).toBe('mới')
    expect(whole?.[0]?.[0]).toBe(first)
  })

  test('is never cut itself, nor a short text around it', () => {
    const { sides, whole } = shown([`Ngắn ${first}`], [`Ngắn ${last}`])
    expect(sides).toEqual([[`Ngắn ${first}`], [`Ngắn ${last}`]])
    expect(whole).toBeNull()
  })
})
