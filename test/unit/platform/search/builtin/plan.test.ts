import { expect, it } from 'vitest'
import { words } from '../../../../../src/platform/search/analyser/tokenise.js'
import { InvertedIndex } from '../../../../../src/platform/search/builtin/inverted-index.js'
import { makePlan } from '../../../../../src/platform/search/builtin/plan.js'
import { Scanner } from '../../../../../src/platform/search/builtin/scanner.js'
import { literalReading } from '../../../../../src/platform/search/reading/reading.js'

/** Of an index of which far more is known than it holds. */
function planFor(query: string, counts: Readonly<Record<string, number>>) {
  const index = new InvertedIndex({ text: { name: { weight: 1, b: 0.5 } }, filterable: [], sortable: [] })
  index.put({ id: 'a', version: 1, name: Object.keys(counts).join(' ') })
  for (const [word, count] of Object.entries(counts)) index.dictionary.setCount(index.dictionary.key(word) ?? 0, count)
  const plan = makePlan(literalReading(words(query)), index, new Scanner(index), { prefix: false })
  return { holders: plan.nodes.map(({ holders }) => holders), required: plan.required }
}

it('looks for no word that most documents have beside six that few have', () => {
  const rare = { kho: 3, lua: 4, tom: 5, khom: 6, bap: 7, xoai: 8 }
  expect(planFor('kho lua tom khom bap xoai phan', { ...rare, phan: 20_000 })).toEqual({
    holders: [3, 4, 5, 6, 7, 8],
    required: 0b111111,
  })
})

it('takes words that no document has for no rarer ones', () => {
  expect(planFor('zz1a zz2a zz3a zz4a zz5a zz6a zz7a phan', { phan: 20_000 }).holders).toContain(20_000)
})
