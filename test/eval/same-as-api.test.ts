import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asksOf, rankingOf } from '../../scripts/support/measured.js'
import { enterSet, openRetrievalSet } from '../../src/modules/evaluation/index.js'
import { startTestProduct, type TestProduct } from '../support/product.js'
import { writeDemonstrationSet } from '../support/retrieval-set.js'

describe('what is measured', () => {
  const folder = mkdtempSync(join(tmpdir(), 'set-'))
  let product: TestProduct
  let queries: string[]

  beforeAll(async () => {
    queries = writeDemonstrationSet(folder).queries.slice(0, 20)
    product = await startTestProduct({ unlimited: true })
    const { core } = product
    const destination = { change: core.change, records: core.records, clock: core.clock, park: core.park() }
    await enterSet({ ...destination, taxonomy: core.taxonomy().taxonomy }, await openRetrievalSet(folder), () => {})
    await core.indexing.caughtUp()
  })

  afterAll(async () => {
    await product.close()
    rmSync(folder, { recursive: true })
  })

  const firstTen = async (answer: Response): Promise<unknown[]> => {
    expect(answer.status).toBe(200)
    const { results } = (await answer.json()) as { results: Record<string, unknown>[] }
    return results.map(
      (result) => (result.provider as { externalId: string } | undefined)?.externalId ?? result.externalId,
    )
  }

  it('are the very firms that the API finds for the same words', async () => {
    const ask = asksOf(product.core).search
    let found = 0
    for (const text of queries) {
      // Search boxes take a line, not a page.
      const words = text.split(/\s+/).slice(0, 12).join(' ')
      const { ranking } = await ask(words)
      found += ranking.length
      const url = `${product.url}/api/v1/providers?q=${encodeURIComponent(words)}&limit=10`
      expect(await firstTen(await fetch(url))).toEqual(ranking.slice(0, 10))
    }
    expect(found).toBeGreaterThan(queries.length)
  })

  it('are the very firms that the API matches to the same need', async () => {
    const ask = asksOf(product.core).match
    const orderAlone = await rankingOf(product.core)
    for (const text of queries) {
      const { ranking, nobody } = await ask(text)
      expect(ranking.length).toBeGreaterThan(10)
      expect(await orderAlone(text)).toMatchObject({ ranking, nobody })
      const body = JSON.stringify({ text, limit: 10 })
      const request = { method: 'POST', headers: { 'content-type': 'application/json' }, body }
      expect(await firstTen(await fetch(`${product.url}/api/v1/match`, request))).toEqual(ranking.slice(0, 10))
    }
  })

  it.each([
    ['only words that say nothing', 'và của là cho'],
    ['only English ones', 'the of and'],
    ['nothing', ''],
    ['spaces', '   '],
    ['signs', '?!…'],
    ['a NUL', '\u0000'],
    ['one endless word', 'a'.repeat(5_000)],
  ])('stands up to a query of %s', async (_, text) => {
    for (const ask of Object.values(asksOf(product.core))) {
      const { ranking } = await ask(text)
      expect(new Set(ranking).size).toBe(ranking.length)
    }
  })
})
