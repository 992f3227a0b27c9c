import { Writable } from 'node:stream'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { buildApp, mailingOf } from '../../src/composition.js'
import type { Core } from '../../src/core.js'
import { listen, type RunningServer } from '../../src/platform/http/server.js'
import { startTestProduct, type TestProduct } from '../support/product.js'

let product: TestProduct
const servers: RunningServer[] = []

beforeAll(async () => {
  product = await startTestProduct({ demo: true, unlimited: true })
})

afterAll(async () => {
  for (const server of servers) await server.drain()
  await product.close()
})

interface Variant {
  url: string
  logged: { requestId?: string; level: number; err?: { message: string } }[]
}

/** The same product with a part of its core exchanged, or still starting. */
async function variant({
  core = {},
  starting = null,
}: {
  core?: Partial<Core>
  starting?: string | null
}): Promise<Variant> {
  const logged: Variant['logged'] = []
  const sink = new Writable({
    write: (line, _encoding, done) => {
      logged.push(JSON.parse(String(line)))
      done()
    },
  })
  const log = pino({ level: 'error', base: null }, sink)
  const app = buildApp(
    { ...product.core, ...core, log },
    { mailing: mailingOf(product.core, () => {}), starting: () => starting },
  )
  const server = await listen(app, { host: '127.0.0.1', port: 0, graceMs: 100 })
  servers.push(server)
  return { url: `http://127.0.0.1:${server.port}`, logged }
}

const readiness = async (url: string) => {
  const response = await fetch(`${url}/readyz`)
  expect(response.headers.get('Cache-Control')).toBe('no-store')
  return { status: response.status, body: await response.json() }
}

describe('/healthz', () => {
  test('says that the process is alive, even while it is starting', async () => {
    const { url } = await variant({ starting: 'adding demonstration data' })
    for (const at of [product.url, url]) {
      const response = await fetch(`${at}/healthz`)
      expect([response.status, await response.json()]).toEqual([200, { alive: true }])
    }
  })
})

describe('/readyz', () => {
  test('says that database and search can be used, and how far the search is behind', async () => {
    await product.core.indexing.caughtUp()
    expect(await readiness(product.url)).toEqual({
      status: 200,
      body: { ...{ ready: true, database: 'ok', search: 'ok', lag: 0 }, engines: { builtin: { lag: 0, setAside: 0 } } },
    })
  })

  test('tells the lag of the engine that answers, and asks each engine once', async () => {
    const standing = vi.fn(async () => ({ engine: 'builtin' as const, lag: 2, setAside: [] }))
    const far = async () => ({ engine: 'meilisearch' as const, lag: 5, setAside: [] })
    const all = product.core.engines.all.flatMap((own) => [
      { ...own, standing },
      { ...own, standing: far },
    ])
    const lagOf = async (serving: 'builtin' | 'meilisearch') => {
      const engines = { ...product.core.engines, all, serving: () => serving }
      return (await readiness((await variant({ core: { engines } })).url)).body
    }
    const each = { builtin: { lag: 2, setAside: 0 }, meilisearch: { lag: 5, setAside: 0 } }
    expect(await lagOf('meilisearch')).toMatchObject({ lag: 5, engines: each })
    expect(standing).toHaveBeenCalledOnce()
    expect(await lagOf('builtin')).toMatchObject({ lag: 2, engines: each })
  })

  test('answers 503 with the step that is going on while the product is starting', async () => {
    const { url } = await variant({ starting: 'building the search indexes' })
    expect(await readiness(url)).toEqual({ status: 503, body: { ready: false, reason: 'building the search indexes' } })
  })

  test('answers 503 while an engine is filled that has nothing to answer from, and not while its indexes are built anew', async () => {
    const search = {
      ...product.core.search,
      health: async () => ({ state: 'building' as const, reason: 'rebuilding providers' }),
    }
    const { url } = await variant({ core: { search } })
    expect((await readiness(url)).status).toBe(200)
    const all = product.core.engines.all.map((engine) => ({ ...engine, filling: () => true }))
    const filling = await variant({ core: { search, engines: { ...product.core.engines, all } } })
    expect(await readiness(filling.url)).toMatchObject({ status: 503, body: { reason: 'rebuilding providers' } })
  })

  test('answers 503 with the reason when no search engine can be used', async () => {
    const search = {
      ...product.core.search,
      health: async () => ({ state: 'unavailable' as const, reason: 'disk full' }),
    }
    expect(await readiness((await variant({ core: { search } })).url)).toEqual({
      status: 503,
      body: { ready: false, reason: 'disk full', database: 'ok', search: 'unavailable' },
    })
  })
})

describe('while the product is starting', () => {
  test('pages and calls answer 503 and what to do, files do not fail', async () => {
    const { url } = await variant({ starting: 'bringing the data to its present form' })
    const [vi, en, api] = await Promise.all([
      fetch(url),
      fetch(`${url}/en/providers`),
      fetch(`${url}/api/v1/providers`),
    ])
    expect([vi.status, en.status, api.status]).toEqual([503, 503, 503])
    expect(await vi.text()).toContain('<html lang="vi">')
    expect(await en.text()).toContain('<html lang="en">')
    expect(await api.json()).toMatchObject({ status: 503, type: 'urn:cau-noi-so:problem:unavailable' })
    expect((await fetch(`${url}/robots.txt`)).status).toBe(200)
    expect((await fetch(`${url}/sitemap.xml`)).status).toBe(503)
  })
})

describe('while the database is away', () => {
  test('pages and calls answer 503 with a reference, and the log has the cause', async () => {
    const away = Object.assign(new Error('connect ECONNREFUSED 10.0.0.5:27017'), { name: 'MongoServerSelectionError' })
    const list = () => Promise.reject(away)
    const { url, logged } = await variant({ core: { providers: { ...product.core.providers, list } } })
    const [page, call] = await Promise.all([fetch(`${url}/providers`), fetch(`${url}/api/v1/providers`)])
    expect([page.status, call.status]).toEqual([503, 503])
    const html = await page.text()
    expect(html).toContain(page.headers.get('X-Request-Id'))
    expect(html).not.toContain('ECONNREFUSED')
    expect(await call.json()).toMatchObject({ status: 503, type: 'urn:cau-noi-so:problem:unavailable' })
    expect(logged.map(({ err }) => err?.message)).toEqual([away.message, away.message])
  })
})

describe('a fault that nobody foresaw', () => {
  const CAUSE = 'connect ECONNREFUSED mongodb://user:secret@10.0.0.5'
  const list = async () => {
    throw new Error(CAUSE)
  }
  const broken = () => variant({ core: { providers: { ...product.core.providers, list } } })

  test.each([
    ['vi', '/providers'],
    ['en', '/en/providers'],
  ])('gives a page in %s with a reference and nothing of the cause; the log has both', async (lang, path) => {
    const { url, logged } = await broken()
    const response = await fetch(url + path)
    const html = await response.text()
    const reference = response.headers.get('X-Request-Id') ?? ''
    expect(response.status).toBe(500)
    expect(response.headers.get('Cache-Control')).toBe('no-store')
    expect(html).toContain(`<html lang="${lang}">`)
    expect(reference).toMatch(/^\w{16}$/)
    expect(html).toContain(reference)
    expect(html).not.toMatch(/ECONNREFUSED|mongodb|secret|10\.0\.0\.5|Error:|node_modules|\.ts:\d/)
    expect(logged).toEqual([
      expect.objectContaining({ requestId: reference, err: expect.objectContaining({ message: CAUSE }) }),
    ])
  })

  test('gives programs a problem with the same reference and nothing of the cause', async () => {
    const { url, logged } = await broken()
    const response = await fetch(`${url}/api/v1/providers`)
    const text = await response.text()
    expect([response.status, response.headers.get('Content-Type')]).toEqual([
      500,
      'application/problem+json; charset=utf-8',
    ])
    expect(JSON.parse(text)).toEqual({
      type: 'urn:cau-noi-so:problem:internal',
      title: expect.any(String),
      status: 500,
      detail: expect.any(String),
      requestId: response.headers.get('X-Request-Id'),
    })
    expect(text).not.toContain('ECONNREFUSED')
    expect(logged[0]?.requestId).toBe(response.headers.get('X-Request-Id'))
  })

  test('leaves the other pages alone', async () => {
    const { url } = await broken()
    expect((await fetch(`${url}/about`)).status).toBe(200)
    expect((await fetch(`${url}/businesses`)).status).toBe(200)
  })
})
