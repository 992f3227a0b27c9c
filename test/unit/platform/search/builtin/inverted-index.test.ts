import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Workspace } from '../../../../../src/platform/search/builtin/evaluate.js'
import { freeze } from '../../../../../src/platform/search/builtin/freeze.js'
import { lexiconVocabulary } from '../../../../../src/platform/search/builtin/index-catalogue.js'
import { InvertedIndex } from '../../../../../src/platform/search/builtin/inverted-index.js'
import { LocalEngine } from '../../../../../src/platform/search/builtin/local-engine.js'
import { IndexReader } from '../../../../../src/platform/search/builtin/reader.js'
import { runSearch } from '../../../../../src/platform/search/builtin/run-search.js'
import type { IndexSchema, SearchDocument } from '../../../../../src/platform/search/index.js'
import { compileLexicon, EMPTY_LEXICON } from '../../../../../src/platform/search/lexicon/compile.js'

const SCHEMA: IndexSchema = {
  text: { name: { weight: 3, b: 0.3 }, body: { weight: 1, b: 0.5 } },
  filterable: ['kind'],
  sortable: ['kind'],
}
const WORDS = ['lúa', 'tôm', 'kế', 'toán', 'bàn', 'bạn', 'kho', 'software', 'ledgers', 'SaoMai', 'c++', '4.0']

const text = fc.array(fc.constantFrom(...WORDS), { maxLength: 8 }).map((words) => words.join(' '))
const document = fc.record({
  id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
  version: fc.integer({ min: 1, max: 4 }),
  name: text,
  body: fc.array(text, { maxLength: 3 }),
  kind: fc.constantFrom('x', 'y', null),
})
type Step = { put: SearchDocument } | { remove: string }
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: document.map((put) => ({ put })) },
  { weight: 1, arbitrary: fc.constantFrom('a', 'b', 'c', 'd', 'e').map((remove) => ({ remove })) },
)

/** What must be left after the steps. */
function expected(steps: readonly Step[]): SearchDocument[] {
  const left = new Map<string, SearchDocument>()
  for (const one of steps) {
    if ('remove' in one) left.delete(one.remove)
    else if ((left.get(one.put.id)?.version ?? 0) <= one.put.version) left.set(one.put.id, one.put)
  }
  return [...left.values()]
}

const apply = (index: InvertedIndex, steps: readonly Step[]) => {
  for (const one of steps) 'remove' in one ? index.remove(one.remove) : index.put(one.put)
}

const words = compileLexicon(EMPTY_LEXICON)

/** What searches find in an index. */
function shown(index: InvertedIndex) {
  const reader = new IndexReader('providers', index, words, lexiconVocabulary(words), new Workspace())
  return ['', 'ke toan', 'bàn kho', 'lúa tôm software', '"ke toan"', 'saomai', 'so'].map((q) =>
    runSearch(reader, {
      q,
      facets: ['kind'],
      highlight: ['name', 'body'],
      sort: q === '' ? [{ field: 'kind', order: 'asc' }] : [],
    }),
  )
}

describe('an index after any updates', () => {
  it('answers as one built afresh from what is left', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const updated = new LocalEngine()
        const fresh = new LocalEngine()
        for (const engine of [updated, fresh]) await engine.ensureIndex('providers', SCHEMA)
        for (const one of steps) {
          await ('remove' in one ? updated.remove('providers', [one.remove]) : updated.upsert('providers', [one.put]))
        }
        await fresh.upsert('providers', expected(steps))
        for (const q of ['', 'ke toan', 'bàn kho', 'lúa tôm software', 'ledger', 'saomai', 'so']) {
          const query = { q, facets: ['kind'], highlight: ['name', 'body'] }
          expect(await updated.search('providers', query)).toEqual(await fresh.search('providers', query))
        }
        const need = { text: 'kho lúa và bạn kế toán', limit: 5 }
        expect(await updated.matchText('providers', need)).toEqual(await fresh.matchText('providers', need))
      }),
      { numRuns: 60 },
    )
  })

  it('keeps its counts exact', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const updated = new InvertedIndex(SCHEMA)
        apply(updated, steps)
        const fresh = new InvertedIndex(SCHEMA)
        for (const left of expected(steps)) fresh.put(left)
        expect(updated.size).toBe(fresh.size)
        expect(updated.fields.map(({ total }) => total)).toEqual(fresh.fields.map(({ total }) => total))
        for (const key of ['lua', 'ke', 'toan', 'saomai', 'sao', 'c++', '4.0', 'ban']) {
          const count = (index: InvertedIndex) => index.dictionary.count(index.dictionary.key(key))
          expect([key, count(updated)]).toEqual([key, count(fresh)])
        }
        expect(updated.dictionary.count(updated.dictionary.pair('ke', 'toan'))).toBe(
          fresh.dictionary.count(fresh.dictionary.pair('ke', 'toan')),
        )
      }),
      { numRuns: 200 },
    )
  })

  it('drops its tombstones when they are many, and answers the same', async () => {
    const engine = new LocalEngine()
    await engine.ensureIndex('providers', SCHEMA)
    const doc = (i: number, version: number): SearchDocument => ({
      id: `f${String(i).padStart(3, '0')}`,
      version,
      name: `Hãng ${i}`,
      body: [`kho số ${i % 7}`, version > 1 ? 'kế toán' : 'lúa'],
      kind: i % 2 ? 'x' : 'y',
    })
    for (let version = 1; version <= 5; version++) {
      await engine.upsert(
        'providers',
        Array.from({ length: 120 }, (_, i) => doc(i, version)),
      )
    }
    await engine.remove('providers', ['f000'])
    const found = await engine.search('providers', { q: 'kế toán', limit: 200, facets: ['kind'] })
    expect(found.total).toBe(119)
    expect(found.facets.kind).toEqual({ x: 60, y: 59 })
    expect((await engine.search('providers', { q: 'lúa' })).total).toBe(0)
    expect((await engine.search('providers', { q: 'kho số 3 hãng 10' })).hits[0]?.id).toBe('f010')
  })

  const USUAL = { hotList: 4_096, large: 10_000 }
  it.each([
    ['frozen', USUAL],
    ['frozen and its lists kept read', { ...USUAL, hotList: 1 }],
  ])('is the same when all of it is %s in between', async (_how, sizes) => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), fc.array(step, { maxLength: 25 }), async (before, after) => {
        const index = new InvertedIndex(SCHEMA, undefined, sizes)
        apply(index, before)
        const frozen = await freeze(index, () => undefined)
        expect(frozen.capacity).toBe(index.size)
        await frozen.warm(() => undefined)
        apply(frozen, after)
        const fresh = new InvertedIndex(SCHEMA)
        for (const left of expected([...before, ...after])) fresh.put(left)
        expect(shown(frozen)).toEqual(shown(fresh))
        expect(shown(await freeze(frozen, () => undefined))).toEqual(shown(fresh))
      }),
      { numRuns: 100 },
    )
  })

  it('refuses more text fields than an entry can name', () => {
    const text = Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`f${i}`, { weight: 1, b: 0.5 }]))
    expect(() => new InvertedIndex({ text, filterable: [], sortable: [] })).toThrow(RangeError)
  })
})
