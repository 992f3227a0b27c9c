import { describe, expect, it } from 'vitest'
import { figuresOf, runLines } from '../../../../src/modules/evaluation/index.js'
import { mean, ndcg, percentile, recall, reciprocalRank } from '../../../../src/modules/evaluation/metrics.rules.js'

const judged = (grades: Record<string, number>) => new Map(Object.entries(grades))

describe('nDCG', () => {
  it('is 1 for the ideal order and 0 when nothing relevant is found or exists', () => {
    expect(ndcg(['a', 'b', 'x'], judged({ a: 2, b: 1 }), 10)).toBe(1)
    expect(ndcg(['x', 'y'], judged({ a: 1 }), 10)).toBe(0)
    expect(ndcg(['x'], judged({ x: 0 }), 10)).toBe(0)
    expect(ndcg([], judged({ a: 1 }), 10)).toBe(0)
  })

  it('discounts by log2 of rank + 1', () => {
    // Worked by hand: the one relevant document at rank 3 is worth 1 / log2(4) = 0.5 of the ideal 1.
    expect(ndcg(['x', 'y', 'a'], judged({ a: 1 }), 10)).toBeCloseTo(0.5, 12)
    // (1/log2(2) + 3/log2(3) + 0) / (3/log2(2) + 1/log2(3)) = 2.8927893 / 3.6309298
    expect(ndcg(['b', 'a', 'x'], judged({ a: 3, b: 1 }), 10)).toBeCloseTo(0.796_707_6, 6)
  })

  it('counts only the first k, on both sides', () => {
    expect(ndcg(['x', 'a'], judged({ a: 1 }), 1)).toBe(0)
    expect(ndcg(['a', 'b'], judged({ a: 1, b: 1, c: 1 }), 2)).toBe(1)
  })

  it('takes a negative grade for not relevant', () => {
    expect(ndcg(['x', 'a'], judged({ x: -1, a: 1 }), 10)).toBeCloseTo(1 / Math.log2(3), 12)
  })
})

describe('the other figures', () => {
  it('reciprocal rank is that of the first relevant document within k', () => {
    expect(reciprocalRank(['x', 'a', 'b'], judged({ a: 1, b: 1 }), 10)).toBe(0.5)
    expect(reciprocalRank(['x', 'a'], judged({ a: 1 }), 1)).toBe(0)
  })

  it('recall is the share of all relevant documents, found or not', () => {
    expect(recall(['a', 'x', 'b'], judged({ a: 1, b: 2, c: 1, d: 0 }), 10)).toBeCloseTo(2 / 3, 12)
    expect(recall(['x', 'a'], judged({ a: 1 }), 1)).toBe(0)
    expect(recall(['a'], judged({}), 10)).toBe(0)
  })

  it('percentiles are by nearest rank', () => {
    expect([
      percentile([5, 1, 3], 0.5),
      percentile([1, 2, 3, 4], 0.95),
      percentile([7], 0),
      percentile([], 0.5),
    ]).toEqual([3, 4, 7, 0])
    expect([mean([1, 2]), mean([])]).toEqual([1.5, 0])
  })
})

describe('a whole run', () => {
  const ranked = [
    { query: 'q1', ranking: ['a', 'x'], nobody: false, ms: 10 },
    { query: 'q2', ranking: ['x', 'b'], nobody: true, ms: 30 },
    { query: 'q3', ranking: ['x'], nobody: true, ms: 20 },
    { query: 'q4', ranking: [], nobody: false, ms: 40 },
  ]
  const judgements = new Map([
    ['q1', judged({ a: 1 })],
    ['q2', judged({ b: 1 })],
    ['q3', judged({ x: 0 })],
  ])

  it('averages over queries with a relevant document and times all of them', () => {
    expect(figuresOf(ranked, judgements)).toEqual({
      queries: 4,
      judged: 2,
      ndcg10: (1 + 1 / Math.log2(3)) / 2,
      mrr10: 0.75,
      recall10: 1,
      recall100: 1,
      p50ms: 20,
      p95ms: 40,
      nobody: ['q2', 'q3'],
    })
  })

  it('is written with scores that fall, so that readers keep the order', () => {
    const deep = { query: 'q', ranking: Array.from({ length: 100 }, (_, i) => `d${i}`), nobody: false, ms: 1 }
    const lines = runLines(deep, 'tag').trimEnd().split('\n')
    expect(lines.slice(0, 2)).toEqual(['q Q0 d0 1 1.000000 tag', 'q Q0 d1 2 0.500000 tag'])
    const scores = lines.map((line) => Number(line.split(' ')[4]))
    expect(scores.every((score, i) => i === 0 || score < (scores[i - 1] ?? 0))).toBe(true)
  })
})
