import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createIndexing, type EngineIndexing } from '../../../../src/modules/indexing/index.js'
import { createLogger } from '../../../../src/platform/log/logger.js'
import type { StoredRecord } from '../../../../src/platform/records/record.types.js'
import { LocalEngine } from '../../../../src/platform/search/builtin/local-engine.js'
import { EngineUnavailable, type SearchDocument, type SearchPort } from '../../../../src/platform/search/index.js'
import { memoryOffsets, memoryRecords, memorySetAside, SCHEMA } from './memory.js'

/** The built-in engine, with documents that it refuses and times when it is away. */
function moodyEngine() {
  const engine = new LocalEngine()
  const refuses = new Set<string>()
  const mood = { away: false, writes: 0 }
  const check = (documents: readonly SearchDocument[]) => {
    mood.writes++
    if (mood.away) throw new EngineUnavailable('connection refused')
    const bad = documents.find(({ id }) => refuses.has(id))
    if (bad) throw new Error(`field of ${bad.id} is too long`)
  }
  const search = new Proxy(engine, {
    get: (target, name: keyof SearchPort) => {
      if (name === 'upsert')
        return async (...[index, documents]: Parameters<SearchPort['upsert']>) => {
          check(documents)
          return target.upsert(index, documents)
        }
      if (name === 'remove')
        return async (...[index, ids]: Parameters<SearchPort['remove']>) => {
          check([])
          return target.remove(index, ids)
        }
      if (name === 'rebuild')
        return async (...[index, documents]: Parameters<SearchPort['rebuild']>) =>
          target.rebuild(index, checked(documents))
      return (target[name] as () => unknown).bind(target)
    },
  })
  async function* checked(documents: AsyncIterable<SearchDocument>) {
    for await (const document of documents) {
      check([document])
      yield document
    }
  }
  return { search, refuses, mood }
}

describe('a record that an engine cannot take in', () => {
  let records: ReturnType<typeof memoryRecords>
  let engine: ReturnType<typeof moodyEngine>
  let unmakable: Set<string>
  let now: number
  let rows: ReturnType<typeof memorySetAside>
  let offsets: ReturnType<typeof memoryOffsets>
  let indexing: EngineIndexing

  beforeEach(() => {
    records = memoryRecords()
    engine = moodyEngine()
    unmakable = new Set()
    now = 0
    rows = memorySetAside()
    offsets = memoryOffsets()
  })
  afterEach(() => indexing.stop())

  async function start() {
    const document = ({ id, version }: StoredRecord<never>) => {
      if (unmakable.has(id)) throw new Error(`${id} has no name`)
      return { id, version, name: id }
    }
    indexing = createIndexing({
      engine: 'builtin',
      search: engine.search,
      records: records.repository,
      setAsideRows: rows,
      clock: () => new Date(now),
      log: createLogger('silent'),
      projections: {
        provider: { index: 'providers', schema: SCHEMA, document },
        business: { index: 'businesses', schema: SCHEMA, document },
        need: { index: 'needs', schema: SCHEMA, document },
      },
      kept: { offsets, form: () => 'form' },
    })
    await indexing.start()
    await indexing.caughtUp()
  }
  const held = async () => {
    const { hits } = await engine.search.search('providers', { limit: 100 })
    return Object.fromEntries(hits.map(({ id, document }) => [id, document.version]))
  }
  const aside = async () => (await indexing.standing()).setAside.map(({ recordId, cause }) => [recordId, cause])

  const fail = {
    'cannot be read': () => records.unreadable.add('bad'),
    'has no document': () => unmakable.add('bad'),
    'is refused by the engine': () => engine.refuses.add('bad'),
  }

  it.each(Object.entries(fail))('holds up nobody else when it %s, and stays as it was', async (how, break_) => {
    records.change('bad')
    await start()
    break_()
    for (const id of ['a', 'bad', 'b', 'c']) records.change(id)
    await indexing.caughtUp()
    records.change('d')
    await indexing.caughtUp()
    expect(await held()).toEqual({ bad: 1, a: 1, b: 1, c: 1, d: 1 })
    expect(await aside()).toEqual([['bad', how.includes('engine') ? 'engine' : 'document']])
    expect(await indexing.lag()).toBe(0)
    const [row] = await rows.all()
    expect(row).toMatchObject({ type: 'provider', recordId: 'bad', seq: 5, attempts: 1, since: new Date(0) })
    expect(row?.error).toMatch(/bad/)
  })

  it.each(Object.entries(fail))('does not keep an index from being filled when it %s', async (_how, break_) => {
    break_()
    for (const id of ['a', 'bad', 'b']) records.change(id)
    await start()
    expect(await held()).toEqual({ a: 1, b: 1 })
    expect((await aside()).map(([id]) => id)).toEqual(['bad'])
  })

  it.each<[string, () => unknown]>([
    ['with its next change', () => records.change('bad')],
    ['when somebody asks', () => indexing.retry()],
    ['at the next start', () => indexing.stop().then(start)],
  ])('is taken in %s', async (_when, again) => {
    engine.refuses.add('bad')
    records.change('bad')
    records.change('a')
    await start()
    expect(await aside()).toEqual([['bad', 'engine']])
    engine.refuses.clear()
    await again()
    await indexing.caughtUp()
    await expect.poll(aside).toEqual([])
    expect(await rows.all()).toEqual([])
    expect(await held()).toMatchObject({ a: 1, bad: expect.any(Number) })
  })

  it('is forgotten when the record is gone', async () => {
    engine.refuses.add('bad')
    records.change('bad')
    await start()
    records.remove('bad')
    await indexing.caughtUp()
    expect(await aside()).toEqual([])
  })

  it('is never the one to blame while the engine is away', async () => {
    records.change('a')
    await start()
    engine.mood.away = true
    records.change('a')
    records.change('b')
    const before = engine.mood.writes
    const catchingUp = indexing.caughtUp()
    await expect.poll(() => engine.mood.writes).toBeGreaterThan(before + 1)
    expect(await aside()).toEqual([])
    expect(await indexing.lag()).toBe(2)
    engine.mood.away = false
    await catchingUp
    expect(await held()).toEqual({ a: 2, b: 1 })
  })
})

describe('comparing an engine with the database', () => {
  function wellEngine() {
    const records = memoryRecords()
    const search = new LocalEngine()
    const document = ({ id, version }: StoredRecord<never>) => ({ id, version, name: id })
    const indexing = createIndexing({
      engine: 'builtin',
      search,
      records: records.repository,
      setAsideRows: memorySetAside(),
      clock: () => new Date(0),
      log: createLogger('silent'),
      projections: {
        provider: { index: 'providers', schema: SCHEMA, document },
        business: { index: 'businesses', schema: SCHEMA, document },
        need: { index: 'needs', schema: SCHEMA, document },
      },
    })
    return { records, search, indexing }
  }

  it('finds what is missing, stale, different and orphaned, repairs it, and then finds nothing', async () => {
    const { records, search, indexing } = wellEngine()
    for (const id of ['well', 'missing', 'stale', 'other', 'newer']) records.change(id)
    await indexing.start()
    await search.remove('providers', ['missing'])
    records.changeUnseen('stale', 2)
    await search.upsert('providers', [
      { id: 'other', version: 1, name: 'something else' },
      { id: 'newer', version: 9, name: 'newer' },
      { id: 'orphan', version: 1, name: 'orphan' },
    ])
    // On its way, and no difference.
    records.change('late')

    const [providers] = await indexing.verify()
    expect(providers).toEqual({
      ...{ index: 'providers', documents: 6 },
      ...{ missing: 1, stale: 1, different: 2, orphaned: 1, left: 0 },
    })
    const { hits } = await search.search('providers', {})
    expect(Object.fromEntries(hits.map(({ id, document: d }) => [id, [d.version, d.name]]))).toEqual({
      ...{ well: [1, 'well'], missing: [1, 'missing'], stale: [2, 'stale'] },
      ...{ other: [1, 'other'], newer: [1, 'newer'], late: [1, 'late'] },
    })
    const [again] = await indexing.verify()
    expect(again).toMatchObject({ missing: 0, stale: 0, different: 0, orphaned: 0, left: 0 })
    await indexing.stop()
  })

  it('builds every index anew while changes come, and loses none', async () => {
    const { records, search, indexing } = wellEngine()
    records.change('a')
    await indexing.start()
    // What another process writes to the former index meanwhile is gone with it, and known to the log alone.
    const rebuilding = indexing.rebuild(({ index }) => {
      if (index === 'needs') void search.remove('providers', ['b'])
    })
    records.change('b')
    await indexing.caughtUp()
    await rebuilding
    expect((await search.search('providers', {})).hits.map(({ id }) => id)).toEqual(['a', 'b'])
    await indexing.stop()
  })
})
