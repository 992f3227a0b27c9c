import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Meilisearch } from 'meilisearch'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { addProvider } from '../../support/listings.js'
import { type OwnServer, ownServer, warnSkipped } from '../../support/meilisearch.js'
import { startTestProduct, type TestProduct } from '../../support/product.js'

const program = process.env.MEILISEARCH_BIN
if (!program) warnSkipped('losing a Meilisearch server under writes', 'MEILISEARCH_BIN, the path of the program')

describe.skipIf(!program)('a product whose Meilisearch server goes away', () => {
  const folder = mkdtempSync(join(tmpdir(), 'meilisearch-'))
  let server: OwnServer
  let product: TestProduct
  let added = 0

  beforeAll(async () => {
    server = await ownServer(program ?? '', folder)
    await server.start()
    product = await startTestProduct({ unlimited: true, env: { MEILI_URL: server.url, MEILI_KEY: server.key } })
  }, 300_000)
  afterAll(async () => {
    await product.close()
    await server.kill()
    rmSync(folder, { recursive: true, force: true })
  }, 300_000)

  const readiness = async () => {
    const response = await fetch(`${product.url}/readyz`)
    return { status: response.status, ...((await response.json()) as { search?: string; lag?: number }) }
  }
  const answeredBy = (search: string) =>
    vi.waitFor(async () => expect(await readiness()).toMatchObject({ status: 200, search }), {
      timeout: 60_000,
      interval: 50,
    })
  const add = async () => {
    const name = `Hãng ${wordFor(added++)}`
    await addProvider(product, { name: { vi: name } })
    return name
  }
  const found = async (name: string) => {
    const begun = performance.now()
    const response = await fetch(`${product.url}/providers?q=${encodeURIComponent(name)}`)
    expect(response.status).toBe(200)
    expect(await response.text()).toContain(name)
    return performance.now() - begun
  }
  const onServer = async () => {
    const index = new Meilisearch({ host: server.url, apiKey: server.key }).index('caunoiso_providers')
    return (await index.getDocuments({ limit: 0 })).total
  }

  it('is answered by the server once it holds all records', async () => {
    const name = await add()
    await answeredBy('ok')
    await found(name)
    expect(await onServer()).toBe(added)
  })

  it('goes on reading and writing when the server is killed under writes, and misses nothing when it is back', async () => {
    for (let i = 0; i < 5; i++) await add()
    const killed = server.kill()
    for (let i = 0; i < 10; i++) expect(await found(await add())).toBeLessThan(3_000)
    await killed
    await answeredBy('fallback')
    for (let i = 0; i < 5; i++) await found(await add())

    await server.start()
    for (let i = 0; i < 5; i++) await found(await add())
    await answeredBy('ok')
    await vi.waitFor(async () => expect(await onServer()).toBe(added), { timeout: 30_000 })
    expect((await readiness()).lag).toBe(0)
    for (let i = 0; i < added; i++) await found(`Hãng ${wordFor(i)}`)
    expect((await readiness()).search).toBe('ok')
  }, 300_000)

  it('answers all readers within moments of the first when the server is too slow, and takes in what it missed', async () => {
    server.pause()
    const begun = performance.now()
    const times = await Promise.all(Array.from({ length: 10 }, (_, i) => found(`Hãng ${wordFor(i)}`)))
    expect(performance.now() - begun).toBeLessThan(3_000)
    expect(Math.min(...times)).toBeGreaterThan(500)
    expect((await readiness()).search).toBe('fallback')
    expect(await found(await add())).toBeLessThan(1_000)
    server.goOn()
    await answeredBy('ok')
    await vi.waitFor(async () => expect(await onServer()).toBe(added), { timeout: 30_000 })
    const compared = await Promise.all(product.core.engines.all.map((engine) => engine.verify()))
    for (const one of compared.flat()) expect(one).toMatchObject({ missing: 0, stale: 0, different: 0, orphaned: 0 })
  }, 300_000)

  it('fills a server anew that lost its data', async () => {
    await server.kill()
    await answeredBy('fallback')
    await server.start({ empty: true })
    await answeredBy('ok')
    expect(await onServer()).toBe(added)
    await found(`Hãng ${wordFor(0)}`)
  }, 300_000)
})

/** A word that no other number has, too far from the others to be taken for a slip of one. */
const wordFor = (number: number) =>
  [...String(number + 100)].map((digit) => 'bdghklmnrt'[Number(digit)]?.repeat(2)).join('ua')
