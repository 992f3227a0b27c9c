import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { editDistance } from '../../../../../src/platform/search/analyser/edit-distance.js'
import { DeletionIndex } from '../../../../../src/platform/search/builtin/deletions.js'
import { fieldOf, frequencyOf, pack, slotOf } from '../../../../../src/platform/search/builtin/entries.js'
import { FrozenWriter, findList, readList } from '../../../../../src/platform/search/builtin/frozen-postings.js'
import { Int32List } from '../../../../../src/platform/search/builtin/growable.js'
import { PairTable } from '../../../../../src/platform/search/builtin/pair-table.js'
import { Postings } from '../../../../../src/platform/search/builtin/postings.js'
import { best } from '../../../../../src/platform/search/builtin/ranking.js'
import { Vocabulary } from '../../../../../src/platform/search/builtin/vocabulary.js'

describe('Postings', () => {
  const read = (postings: Postings, list: number) => {
    const out = new Int32List()
    const count = postings.read(list, out)
    return Array.from(out.data.slice(0, count), (entry) => [slotOf(entry), fieldOf(entry), frequencyOf(entry)])
  }

  it('gives back what was added, list by list, whatever the order of adding', () => {
    const entry = fc.tuple(
      fc.integer({ min: 0, max: 5 }),
      fc.integer({ min: 0, max: 7 }),
      fc.integer({ min: 1, max: 15 }),
    )
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 3000, size: 'max' }), (entries) => {
        const postings = new Postings()
        for (let i = 0; i < 6; i++) postings.create()
        const lists: number[][][] = Array.from({ length: 6 }, () => [])
        entries.forEach(([list, field, frequency], slot) => {
          postings.append(list, slot, field, frequency)
          lists[list]?.push([slot, field, frequency])
        })
        for (const [list, expected] of lists.entries()) expect(read(postings, list)).toEqual(expected)
      }),
      { numRuns: 20 },
    )
  })

  it('cuts frequencies at 15 and holds slots up to 8 million', () => {
    const postings = new Postings()
    postings.append(postings.create(), 8_388_607, 3, 200)
    expect(read(postings, 0)).toEqual([[8_388_607, 3, 15]])
  })
})

describe('FrozenWriter', () => {
  it('gives back what was added, whatever the slots', () => {
    const slots = fc.uniqueArray(fc.nat(8_000_000), { minLength: 1, maxLength: 40 })
    const list = fc.record({ word: fc.nat(50), second: fc.nat(50), slots })
    fc.assert(
      fc.property(fc.uniqueArray(list, { selector: ({ word, second }) => word * 100 + second }), (lists) => {
        const sorted = lists.sort((a, b) => a.word - b.word || a.second - b.second)
        const writer = new FrozenWriter(10)
        const entriesOf = (of: (typeof lists)[number]) =>
          Int32Array.from(of.slots.sort((a, b) => a - b).flatMap((slot) => [pack(slot, 0, 1), pack(slot, 7, 15)]))
        for (const one of sorted) writer.add(one.word, one.second, entriesOf(one), one.slots.length * 2)
        const frozen = writer.finish(60)
        const out = new Int32List()
        for (const one of sorted) {
          const found = findList(frozen, one.word, one.second)
          expect(frozen.documents[found]).toBe(one.slots.length)
          const count = readList(frozen, found, out)
          expect(Array.from(out.data.slice(0, count))).toEqual([...entriesOf(one)])
        }
        expect(findList(frozen, 51, 0)).toBe(-1)
        expect(findList(frozen, 5, 51)).toBe(-1)
      }),
      { numRuns: 50 },
    )
  })
})

describe('PairTable', () => {
  it('is a map from pairs', () => {
    const table = new PairTable()
    const reference = new Map<string, number>()
    fc.assert(
      fc.property(fc.nat(3000), fc.nat(3000), fc.nat(), (a, b, value) => {
        table.set(a, b, value)
        reference.set(`${a} ${b}`, value)
      }),
      { numRuns: 5000 },
    )
    for (const [key, value] of reference) {
      const [a, b] = key.split(' ').map(Number)
      expect(table.get(a ?? 0, b ?? 0)).toBe(value)
    }
    expect(table.get(4000, 1)).toBeUndefined()
  })
})

describe('DeletionIndex', () => {
  it('finds exactly the words within the slips allowed when slips are near the beginning', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd'), minLength: 3, maxLength: 7 })
    fc.assert(
      fc.property(fc.uniqueArray(word, { maxLength: 60 }), word, (words, asked) => {
        const index = new DeletionIndex()
        for (const one of words) index.add(one)
        const near = words.filter((one) => one !== asked && editDistance(one, asked, 1) <= 1)
        expect(
          index
            .near(asked)
            .map((found) => found.word)
            .sort(),
        ).toEqual(near.sort())
      }),
    )
  })

  it('allows two slips in long words', () => {
    const index = new DeletionIndex()
    index.add('traceability')
    expect(index.near('tracebilty')).toEqual([{ word: 'traceability', distance: 2 }])
    expect(index.near('trace')).toEqual([])
  })
})

describe('Vocabulary', () => {
  const startingWith = (vocabulary: Vocabulary, prefix: string) => {
    const found: string[] = []
    vocabulary.eachWith(prefix, (word) => found.push(word) > 0)
    return found
  }

  it('finds all words with a beginning, before and after it sorts them', () => {
    const vocabulary = new Vocabulary()
    const all: string[] = []
    for (let i = 0; i < 5000; i++) {
      all.push(`w${i.toString(7)}`)
      vocabulary.add(`w${i.toString(7)}`)
      if (i % 1000 !== 0) continue
      for (const prefix of ['w1', 'w23', 'w4444', 'x']) {
        expect(startingWith(vocabulary, prefix).sort()).toEqual(all.filter((word) => word.startsWith(prefix)).sort())
      }
    }
  })

  it('takes neither numbers nor very short words for slips', () => {
    const vocabulary = new Vocabulary()
    for (const word of ['0912345678', 'ai', 'kho', 'c++']) vocabulary.add(word)
    expect(vocabulary.near('0912345679')).toEqual([])
    expect(vocabulary.near('ao')).toEqual([])
    expect(vocabulary.near('khoa')).toEqual([{ word: 'kho', distance: 1 }])
  })
})

describe('best', () => {
  it('is the beginning of the sorted slots', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(100_000), { maxLength: 400 }), fc.nat(60), (slots, count) => {
        const order = (a: number, b: number) => a - b
        expect(best(slots, count, order)).toEqual([...slots].sort(order).slice(0, count))
      }),
    )
  })
})
