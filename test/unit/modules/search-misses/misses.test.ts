import { describe, expect, test } from 'vitest'
import { type Miss, since, summaryOf, withSearch } from '../../../../src/modules/search-misses/misses.rules.js'
import { phraseOf } from '../../../../src/modules/search-misses/phrases.rules.js'

const search = (miss: Miss | null, typed: string, day: string, fresh = true): Miss => {
  const phrase = phraseOf(typed)
  if (!phrase) throw new Error(`"${typed}" is not kept`)
  return withSearch(miss, phrase, day, fresh)
}

describe('what is kept of a search that found nothing', () => {
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
  test('nobody while one visit alone has typed it, however often', () => {
    let miss = search(null, 'bay xịt', '2026-11-01')
    for (let i = 0; i < 9; i++) miss = search(miss, 'bay xịt', '2026-11-01', false)
    miss = search(miss, 'bay xịt', '2026-11-02')
    expect(summaryOf(miss)).toMatchObject({ shown: false, count: 11 })
  })

  test('curators once three visits have, or on three days', () => {
    const byVisits = ['bay xịt', 'bay xit', 'bay xịt'].reduce<Miss | null>(
      (miss, typed) => search(miss, typed, '2026-11-01'),
      null,
    )
    const byDays = ['2026-11-01', '2026-11-02', '2026-11-03'].reduce<Miss | null>(
      (miss, day) => search(miss, 'bay xit', day, false),
      null,
    )
    expect(byVisits && summaryOf(byVisits)).toMatchObject({ shown: true, text: 'bay xịt', count: 3 })
    expect(byDays && summaryOf(byDays)).toMatchObject({ shown: true, text: 'bay xit', first: '2026-11-01' })
  })

  test('nobody any more when the days that made it known are forgotten', () => {
    const miss = ['2026-11-01', '2026-11-02', '2026-11-03'].reduce<Miss | null>(
      (all, day) => search(all, 'bay xit', day, false),
      null,
    )
    const left = miss && since(miss, '2026-11-02')
    expect(left && summaryOf(left)).toMatchObject({ shown: false, count: 2 })
    expect(miss && since(miss, '2026-11-04')).toBeNull()
  })
})
