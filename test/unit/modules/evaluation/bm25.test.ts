import { describe, expect, it } from 'vitest'
import { bm25, DRESSES } from '../../../../src/modules/evaluation/index.js'

const DOCUMENTS = [
  { id: 'long', text: 'cá tra cá lóc tôm sú lúa' },
  { id: 'short', text: 'cá tra' },
  { id: 'other', text: 'xoài' },
]

describe('the BM25 that is measured beside', () => {
  it('puts the shorter of two texts with the same word first, and leaves out who shares none', () => {
    expect(bm25(DOCUMENTS, DRESSES['BM25, accents kept'])('tra')).toEqual(['short', 'long'])
    expect(bm25(DOCUMENTS, DRESSES['BM25, accents kept'])('mít')).toEqual([])
  })

  it('weighs by rarity, repeats and length as the formula has it', () => {
    // By hand, words a (in both texts) and b (in one): idf(a) = ln(1 + 0.5 / 2.5) = 0.18232, idf(b) = ln(1 + 1.5 / 1.5) = 0.69315.
    // x = "a a a a", mean length 3: 0.18232 * 4 * 2.2 / (4 + 1.2 * (0.25 + 0.75 * 4 / 3)) = 0.29175
    // y = "a b": 0.18232 * 2.2 / (1 + 1.2 * (0.25 + 0.75 * 2 / 3)) = 0.21111 for a, and 0.80259 for b.
    const rank = bm25(
      [
        { id: 'x', text: 'a a a a' },
        { id: 'y', text: 'a b' },
      ],
      DRESSES['BM25, folded'],
    )
    expect(rank('a')).toEqual(['x', 'y'])
    expect(rank('a b')).toEqual(['y', 'x'])
    // Asked often enough for the difference of 0.08064 to outweigh b: 10 * 0.08064 = 0.8064 > 0.80259 > 9 * 0.08064.
    expect(rank(`${'a '.repeat(10)}b`)).toEqual(['x', 'y'])
    expect(rank(`${'a '.repeat(9)}b`)).toEqual(['y', 'x'])
  })

  it('knows words as they are written, or without accents, or by their neighbours', () => {
    expect(bm25(DOCUMENTS, DRESSES['BM25, accents kept'])('ca tra')).toEqual(['short', 'long'])
    expect(bm25(DOCUMENTS, DRESSES['BM25, accents kept'])('ca')).toEqual([])
    expect(bm25(DOCUMENTS, DRESSES['BM25, folded'])('CA')).toEqual(['short', 'long'])
    const apart = [
      { id: 'apart', text: 'cá lóc tôm tra' },
      { id: 'together', text: 'lóc tôm cá tra' },
    ]
    expect(bm25(apart, DRESSES['BM25, folded'])('ca tra')).toEqual(['apart', 'together'])
    expect(bm25(apart, DRESSES['BM25, folded, with bigrams'])('ca tra')).toEqual(['together', 'apart'])
  })
})
