import { describe, expect, test } from 'vitest'
import { phraseOf } from '../../../../src/modules/search-terms/phrases.rules.js'
import {
  answered,
  type SearchTerm,
  since,
  summaryOf,
  withSearch,
} from '../../../../src/modules/search-terms/terms.rules.js'

const search = (term: SearchTerm | null, typed: string, day: string, found = false): SearchTerm => {
  const phrase = phraseOf(typed)
  if (!phrase) throw new Error(`"${typed}" is not kept`)
  return withSearch(term, phrase, day, found)
}
const searches = (typed: readonly string[], days: readonly string[], found = false) =>
  typed.reduce<SearchTerm | null>((term, words, i) => search(term, words, days[i] ?? days[0] ?? '', found), null)
const summary = (term: SearchTerm | null) => term && summaryOf(term)

describe('what is kept of a search', () => {
  test.each([
    ['0912 345 678'],
    ['gọi anh Ba 0912.345.678'],
    ['+84 (912) 345-678'],
    ['mst 0101234567'],
    ['an@example.vn'],
    ['2026'],
    ['a'],
    ['  '],
    ['x'.repeat(61)],
  ])('never %j', (typed) => {
    expect(phraseOf(typed)).toBeNull()
  })

  test('a phrase in small letters, grouped without accents', () => {
    expect(phraseOf('  Phun   THUỐC "drone" ')).toEqual({ text: 'phun thuốc drone', key: 'phun thuoc drone' })
  })
})

describe('who may see a phrase', () => {
  test('nobody below three visits on two days', () => {
    const two = searches(['bay xịt', 'bay xịt'], ['2026-11-01', '2026-11-02'])
    expect(summary(two)).toMatchObject({ shown: false, missing: false, count: 2, missed: 2 })
  })

  test('curators once three visits have searched for it, or on three days', () => {
    const byVisits = searches(['bay xịt', 'bay xit', 'bay xịt'], ['2026-11-01'], true)
    const byDays = searches(['bay xit', 'bay xit', 'bay xit'], ['2026-11-01', '2026-11-02', '2026-11-03'], true)
    expect(summary(byVisits)).toMatchObject({ shown: true, missing: false, text: 'bay xịt', count: 3 })
    expect(summary(byDays)).toMatchObject({ shown: true, text: 'bay xit', first: '2026-11-01' })
  })

  test('as one that finds nothing only where enough have found nothing', () => {
    const found = searches(['bay xit', 'bay xit'], ['2026-11-01'], true)
    const once = search(found, 'bay xit', '2026-11-02')
    const thrice = search(search(once, 'bay xit', '2026-11-02'), 'bay xit', '2026-11-02')
    expect(summary(once)).toMatchObject({ shown: true, missing: false, missed: 1 })
    expect(summary(thrice)).toMatchObject({ missing: true, missed: 3, count: 5 })
    expect(summary(thrice && answered(thrice)), 'put right').toMatchObject({ missing: false, missed: 0, count: 5 })
  })

  test('nobody any more when the days that made it known are forgotten', () => {
    const term = searches(['bay xit', 'bay xit', 'bay xit'], ['2026-11-01', '2026-11-02', '2026-11-03'])
    const left = term && since(term, '2026-11-02')
    expect(summary(left)).toMatchObject({ shown: false, count: 2 })
    expect(term && since(term, '2026-11-04')).toBeNull()
  })
})
