import { describe, expect, test } from 'vitest'
import { blocksOf, type Candidate, LARGEST_BLOCK, pairsIn } from '../../../../src/modules/duplicates/pairing.rules.js'
import { type Comparable, keysOf, printOf } from '../../../../src/modules/duplicates/prints.rules.js'
import { SUSPECTED_FROM, scorePair } from '../../../../src/modules/duplicates/scoring.rules.js'
import { LABELLED } from './labelled.js'

const print = (published: Comparable) => {
  const made = printOf({ published, working: null, archivedAt: null, mergedInto: null })
  if (!made) throw new TypeError('no print')
  return made
}
const candidate = (content: Comparable, n: number): Candidate => {
  const made = print(content)
  return { id: String(n).padStart(3, '0'), print: made, keys: keysOf(made) }
}
const score = (a: Comparable, b: Comparable) => scorePair(print(a), print(b))

describe('the labelled pairs', () => {
  const candidates = LABELLED.map(candidate)
  const firmOf = (id: string) => LABELLED[Number(id)]?.firm
  const { pairs } = pairsIn(blocksOf(candidates).values())
  const truth = candidates.flatMap(({ id }) =>
    candidates.filter((other) => other.id > id && firmOf(other.id) === firmOf(id)).map((other) => `${id}-${other.id}`),
  )
  const right = pairs.filter(({ a, b }) => firmOf(a) === firmOf(b))
  const suspected = pairs.filter(({ score }) => score >= SUSPECTED_FROM)

  test('are found: of those that are one nearly all are shown, of those shown nearly all are one', () => {
    expect(right.length / truth.length).toBeGreaterThanOrEqual(0.9)
    expect(right.length / pairs.length).toBeGreaterThanOrEqual(0.85)
  })

  test('that come before the curators by themselves are all one', () => {
    expect(suspected.filter(({ a, b }) => firmOf(a) !== firmOf(b))).toEqual([])
    expect(suspected.length / truth.length).toBeGreaterThanOrEqual(0.7)
  })

  test('are found by their keys as if each had been held against each', () => {
    const product = pairsIn([candidates])
    expect(pairs.map(({ a, b }) => `${a}-${b}`).sort()).toEqual(product.pairs.map(({ a, b }) => `${a}-${b}`).sort())
  })
})

describe('a pair', () => {
  test('with one tax code is as good as sure, and says so first', () => {
    const found = score(
      { name: { vi: 'Lục Bình' }, taxCode: '1801234562' },
      { name: { vi: 'Ba Khía' }, taxCode: '1801234562' },
    )
    expect(found).toEqual({ score: 0.95, reasons: ['taxCode'] })
  })

  test('of a firm and its branch is less so', () => {
    const branch = { name: { vi: 'Công ty TNHH Ba Khía' }, taxCode: '1801234562-001' }
    const found = score({ name: { vi: 'Lục Bình' }, taxCode: '1801234562' }, branch)
    expect(found.reasons).toEqual(['branch'])
    expect(found.score).toBeLessThan(0.5)
  })

  test('with two tax codes is doubted, whatever else is the same', () => {
    const same = { name: { vi: 'Công ty TNHH Đờn Ca Số' } }
    expect(score(same, same).score).toBe(0.75)
    const found = score({ ...same, taxCode: '1803333331' }, { ...same, taxCode: '1804444442' })
    expect(found.score).toBeLessThan(0.5)
    expect(found.reasons).toContain('otherTaxCode')
  })

  test('with pages at one host, or mailboxes at one provider, shares nothing by it', () => {
    const at = (website: string) => ({ contacts: { website: { value: website } } })
    const a = { name: { vi: 'Sông Hậu' }, ...at('https://facebook.com/songhau') }
    const b = { name: { vi: 'Ba Khía' }, ...at('https://facebook.com/bakhia') }
    expect(score(a, b)).toEqual({ score: 0, reasons: [] })
  })
})

test('a key that too many share finds nothing by itself', () => {
  const crowd = Array.from({ length: LARGEST_BLOCK + 1 }, (_, n) =>
    candidate({ name: { vi: `Quầy ${n}` }, contacts: { phone: { value: '0292 3999 999' } } }, n),
  )
  expect([...blocksOf(crowd).keys()]).not.toContain('phone:+842923999999')
  expect([...blocksOf(crowd.slice(1)).keys()]).toContain('phone:+842923999999')
})
