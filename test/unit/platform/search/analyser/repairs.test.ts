import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { editDistance } from '../../../../../src/platform/search/analyser/edit-distance.js'
import { composeKeystrokes } from '../../../../../src/platform/search/analyser/ime.js'
import { splitGlued } from '../../../../../src/platform/search/analyser/split.js'

describe('composeKeystrokes', () => {
  it.each([
    ['phaanf', 'phần'],
    ['meemf', 'mềm'],
    ['kees', 'kế'],
    ['toans', 'toán'],
    ['dduowngf', 'đường'],
    ['tuoiws', 'tưới'],
    ['nghieepj', 'nghiệp'],
    ['quanr', 'quản'],
    ['lys', 'lý'],
    ['hoas', 'hóa'],
    ['phan62', 'phần'],
    ['mem62', 'mềm'],
    ['d9u7o7ng2', 'đường'],
    ['toan1', 'toán'],
  ])('reads %s as %s', (typed, meant) => {
    expect(composeKeystrokes(typed)).toBe(meant)
  })

  it.each(['website', 'phan', 'mp3', 'x', '123', 'software', ''])('has no reading for %s', (typed) => {
    expect(composeKeystrokes(typed)).toBeNull()
  })

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), (text) => {
        const read = composeKeystrokes(text)
        expect(read === null || read.length > 0).toBe(true)
      }),
    )
  })
})

describe('splitGlued', () => {
  const pairs = new Set(['phan mem', 'mem ke', 'ke toan', 'sao mai'])
  const parts = new Set([...pairs].flatMap((pair) => pair.split(' ')))
  const known = { word: (word: string) => parts.has(word), pair: (a: string, b: string) => pairs.has(`${a} ${b}`) }

  it.each([
    ['phanmem', 'phan mem'],
    ['phanmemketoan', 'phan mem ke toan'],
    ['saomai', 'sao mai'],
  ])('cuts %s into %s', (word, cut) => {
    expect(splitGlued(word, known)).toEqual(cut.split(' '))
  })

  it.each(['toanphan', 'phan', 'saomaix', 'x', 'a'.repeat(500)])('does not cut %s', (word) => {
    expect(splitGlued(word, known)).toBeNull()
  })
})

describe('editDistance', () => {
  it.each([
    ['toan', 'tona', 1],
    ['accounting', 'acounting', 1],
    ['mem', 'men', 1],
    ['kho', 'khoa', 1],
    ['abcdef', 'badcef', 2],
  ] as const)('counts the slips between %s and %s', (a, b, distance) => {
    expect(editDistance(a, b, 2)).toBe(distance)
  })

  it('is symmetric, zero only for equal words, and stops beyond the limit', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 8 })
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(editDistance(a, b, 2)).toBe(editDistance(b, a, 2))
        expect(editDistance(a, b, 2) === 0).toBe(a === b)
        expect(editDistance(a, b, 2)).toBeLessThanOrEqual(3)
      }),
    )
  })
})
