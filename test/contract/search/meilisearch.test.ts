import { Meilisearch } from 'meilisearch'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  createMeilisearchEngine,
  EngineUnavailable,
  type Query,
  type SearchPort,
} from '../../../src/platform/search/index.js'
import { freePort } from '../../support/free-port.js'
import { dropIndexes, freshPrefix, meilisearchServer, warnSkipped } from '../../support/meilisearch.js'
import { describeSearchContract } from './contract.js'
import { FIRMS, LEXICON, SCHEMA, stream } from './fixtures.js'

if (!meilisearchServer) warnSkipped('the search contract on Meilisearch', 'MEILI_URL and MEILI_KEY')

describe.skipIf(!meilisearchServer)('Meilisearch', () => {
  const server = meilisearchServer ?? { url: '', key: undefined }
  const run = freshPrefix()
  let made = 0
  afterAll(() => dropIndexes(server, run), 120_000)

  // The server answers in time when it is alone; tests of other files may keep the machine busy.
  describeSearchContract('a Meilisearch server', async () =>
    createMeilisearchEngine({ ...server, prefix: `${run}${made++}_`, timeoutMs: 10_000 }),
  )

  const everything = async (engine: SearchPort) => {
    await engine.ensureIndex('providers', SCHEMA)
    await engine.upsert('providers', FIRMS)
    await engine.rebuild('providers', stream(FIRMS.slice(1)))
    await engine.remove('providers', ['ban'])
    await engine.ensureIndex('providers', { ...SCHEMA, sortable: ['founded'] })
    expect((await engine.search('providers', { q: 'tre' })).hits.map(({ id }) => id)).toEqual(['friend'])
    expect((await engine.search('providers', {})).total).toBe(FIRMS.length - 2)
  }

  it('makes a key of its own of the master key, once, which is all it uses and can do nothing else', async () => {
    const client = new Meilisearch({ host: server.url, ...(server.key !== undefined && { apiKey: server.key }) })
    const own = async () =>
      (await client.getKeys({ limit: 1000 })).results.filter(({ indexes }) => indexes.includes(`${run}own_*`))
    for (let start = 0; start < 2; start++) {
      const engine = createMeilisearchEngine({ ...server, prefix: `${run}own_`, timeoutMs: 10_000 })
      await everything(engine)
      expect(await own()).toHaveLength(1)
    }
    const [key] = await own()
    const stranger = createMeilisearchEngine({ url: server.url, key: key?.key, prefix: `${run}other_` })
    await expect(stranger.ensureIndex('providers', SCHEMA)).rejects.toThrow(/key/)
    const narrow = createMeilisearchEngine({ url: server.url, key: key?.key, prefix: `${run}own_`, timeoutMs: 10_000 })
    await everything(narrow)
    await expect(new Meilisearch({ host: server.url, apiKey: key?.key ?? '' }).getKeys()).rejects.toThrow(/key/)
  })

  it('tells a server that does not let it in, or is not there, from a document that it refuses', async () => {
    const stranger = createMeilisearchEngine({ ...server, key: 'no-such-key', prefix: `${run}no_` })
    await expect(stranger.ensureIndex('providers', SCHEMA)).rejects.toBeInstanceOf(EngineUnavailable)
    const nobody = createMeilisearchEngine({ url: `http://127.0.0.1:${await freePort()}`, key: 'x', timeoutMs: 500 })
    await expect(nobody.ensureIndex('providers', SCHEMA)).rejects.toBeInstanceOf(EngineUnavailable)
    const engine = createMeilisearchEngine({ ...server, prefix: `${run}refuse_`, timeoutMs: 10_000 })
    await engine.ensureIndex('providers', SCHEMA)
    const refused = await engine
      .upsert('providers', [...FIRMS, { id: 'x'.repeat(600), version: 1, name: 'x' }])
      .catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(Error)
    expect(refused).not.toBeInstanceOf(EngineUnavailable)
  })

  it('raises what the server refuses, and says so when it does not answer', async () => {
    const stranger = createMeilisearchEngine({ ...server, key: 'no-such-key', prefix: `${run}no_` })
    await expect(stranger.ensureIndex('providers', SCHEMA)).rejects.toThrow(/key/)
    const nobody = createMeilisearchEngine({ url: `http://127.0.0.1:${await freePort()}`, key: 'x', timeoutMs: 500 })
    expect(await nobody.health()).toMatchObject({ state: 'unavailable', reason: expect.stringMatching(/not answer/) })
    await expect(nobody.ensureIndex('providers', SCHEMA)).rejects.toThrow()
  })

  it('raises a task that fails after the server took the write', async () => {
    const engine = createMeilisearchEngine({ ...server, prefix: `${run}fail_`, timeoutMs: 10_000 })
    await engine.ensureIndex('providers', SCHEMA)
    await engine.upsert('providers', FIRMS)
    // The server takes every request, and refuses keys of more than 511 bytes only when it works on them.
    const tooLong = { id: 'x'.repeat(600), version: 1, name: 'x', description: 'x' }
    await expect(engine.rebuild('providers', stream([tooLong]))).rejects.toThrow(/failed: .*identifier/s)
    expect((await engine.search('providers', {})).total).toBe(FIRMS.length)
  })

  describe('more documents than are ranked', () => {
    const MANY = 450
    let engine: SearchPort
    beforeAll(async () => {
      engine = createMeilisearchEngine({ ...server, prefix: `${run}many_`, timeoutMs: 10_000 })
      await engine.ensureIndex('providers', SCHEMA)
      await engine.useLexicon(LEXICON)
      const documents = Array.from({ length: MANY }, (_, i) => ({
        id: `firm${i}`,
        version: 1,
        name: i === 321 ? 'Song Sinh Song Sinh' : `Hãng ${i}`,
        description: `song sinh ${i % 2 ? 'kế toán' : 'hóa đơn điện tử'}`,
        ward: i % 3 ? 'a' : 'b',
        founded: i,
      }))
      await engine.rebuild('providers', stream(documents))
    }, 300_000)
    afterAll(() => engine.close())

    const pages = async (query: Query) => {
      const ids: string[] = []
      for (let offset = 0; offset < MANY; offset += 90) {
        const { hits, total } = await engine.search('providers', { ...query, offset, limit: 90 })
        expect(total).toBe(MANY)
        ids.push(...hits.map(({ id }) => id))
      }
      return ids
    }

    it('pages hold each of them once, the best first', async () => {
      const ids = await pages({ q: 'song sinh' })
      expect(ids[0]).toBe('firm321')
      expect(new Set(ids).size).toBe(MANY)
    })

    it('sorts all of them', async () => {
      const ids = await pages({ q: 'song sinh', sort: [{ field: 'founded', order: 'desc' }] })
      expect(ids).toEqual(Array.from({ length: MANY }, (_, i) => `firm${MANY - 1 - i}`))
    })

    it('counts all of them', async () => {
      const { facets, total } = await engine.search('providers', { q: 'song sinh', facets: ['ward'], limit: 1 })
      expect([total, facets.ward]).toEqual([MANY, { a: 300, b: 150 }])
      expect((await engine.search('providers', { q: 'ke toan', limit: 1 })).total).toBe(MANY / 2)
    })

    it('matches a need with the fitting ones among them', async () => {
      const found = await engine.matchText('providers', { text: 'cần hóa đơn điện tử', limit: 100 })
      expect(found).toHaveLength(100)
      expect(found.every(({ document }) => String(document.description).includes('hóa đơn'))).toBe(true)
    })
  })
})
