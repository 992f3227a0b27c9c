import { describe, expect, test } from 'vitest'
import { namedIn, withoutSpans } from '../../../../src/modules/search-help/named.rules.js'
import { shippedTaxonomy, toLexicon, viewOf } from '../../../../src/modules/taxonomy/index.js'

const taxonomy = shippedTaxonomy()
const vocabulary = { taxonomy: viewOf(taxonomy), lexicon: toLexicon(taxonomy), province: '92' }
const named = (words: string) =>
  namedIn(words, vocabulary).map(
    ({ kind, id, spans }) => `${kind} ${id}: ${spans.map(({ start, end }) => words.slice(start, end)).join(' + ')}`,
  )

describe('what the words of a search name', () => {
  test.each([
    ['hddt', []],
    ['cks', ['service digital-signature: cks']],
    ['phần mềm kế toán', ['service accounting: phần mềm kế toán']],
    ['accounting for a rice mill', ['service accounting: accounting', 'sector rice: rice mill']],
    ['cks o phuong vi thanh', ['service digital-signature: cks', 'ward 31321: o phuong vi thanh']],
    ['sao mai', []],
    ['kho', []],
    ['', []],
  ])('%s', (words, expected) => {
    expect(named(words).map((one) => one.replace(/ward \d+/, 'ward 31321'))).toEqual(expected)
  })

  test('no place whose accents are others than those typed', () => {
    expect(named('vì thành')).toEqual([])
  })
})

test.each([
  ['hddt ở vị thanh', [{ start: 0, end: 4 }], 'ở vị thanh'],
  [
    'a b c',
    [
      { start: 0, end: 1 },
      { start: 4, end: 5 },
    ],
    'b',
  ],
  ['a', [{ start: 0, end: 1 }], ''],
])('%s without its words at %j', (words, spans, rest) => {
  expect(withoutSpans(words, spans)).toBe(rest)
})
