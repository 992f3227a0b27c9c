import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { VISITOR } from '../../src/kernel/permissions.js'
import { vectorRepository } from '../../src/modules/embeddings/index.js'
import type { Follower } from '../../src/platform/records/follower.js'
import { followMeaning } from '../../src/upkeep.js'
import { type EmbeddingEndpoint, type Fault, startEmbeddingEndpoint } from '../support/embedding-endpoint.js'
import { startTestProduct, type TestProduct } from '../support/product.js'

/** Far down among those that do it by words alone; the endpoint takes it for the very thing. */
const FAVOURED = 'demo-p-tram-can-so'
const NEED = 'Tui có chín xe tải lạnh chở trái cây, dầu cứ hao, muốn biết ai rút. Gọi 0912 345 678 hay thu@vuon.example'

describe('an embedding endpoint', () => {
  let endpoint: EmbeddingEndpoint
  let product: TestProduct
  let follower: Follower
  let asks = 0

  beforeAll(async () => {
    endpoint = await startEmbeddingEndpoint()
    // A firm that the endpoint will not take, and the one it favours.
    endpoint.words = ['trạm cân số']
    endpoint.refuses = 'Nước Ròng'
    product = await startTestProduct({ demo: true, env: endpoint.env })
    await product.core.indexing.caughtUp()
    follower = await follow()
  })
  beforeEach(() => {
    endpoint.fault = null
    endpoint.words = ['trạm cân số', 'xe tải lạnh']
  })
  afterAll(async () => {
    await follower.stop()
    await product.close()
    await endpoint.close()
  })

  async function follow(): Promise<Follower> {
    const begun = await product.core.meaning?.follow()
    if (!begun) throw new Error('no endpoint is configured')
    await begun.caughtUp()
    return begun
  }

  async function firms() {
    const ids: Record<string, string> = {}
    for await (const { id, externalId } of product.core.records.each('provider')) ids[externalId ?? id] = id
    return ids
  }

  /** The need in other words: an answer is remembered. */
  const another = () => `${NEED} lần ${'x'.repeat(++asks)}`

  /** Of the favoured firm, 0 to 1. */
  async function scoreOf(need: string) {
    const { ranked } = await product.core.matcher.rank(VISITOR, product.core.park(), { text: need })
    const id = (await firms())[FAVOURED]
    return ranked.find((one) => one.id === id)?.score ?? 0
  }

  it('is sent the text of each firm once, with the key, and nothing of contacts', async () => {
    const sent = endpoint.asked.flat()
    expect(new Set(endpoint.keys)).toEqual(new Set([`Bearer ${endpoint.env.EMBEDDINGS_KEY}`]))
    const together = endpoint.asked.filter((texts) => texts.length > 1)
    expect(Math.max(...together.map((texts) => texts.join('').length))).toBeLessThanOrEqual(8000)
    expect(product.logged().filter((line) => line.includes('vectors of firms were made'))).toHaveLength(1)
    expect(sent.filter((text) => text.includes('Trạm Cân Số') && !text.includes('Nước Ròng'))).toHaveLength(1)
    expect(sent.filter((text) => /@|\d{8}/.test(text))).toEqual([])
    const ids = await firms()
    const kept = await vectorRepository(product.core.db).of(
      `small-model at ${endpoint.env.EMBEDDINGS_URL}`,
      Object.values(ids),
    )
    // One text is refused; the others of its request have theirs all the same.
    expect(kept.size).toBe(Object.keys(ids).length - 1)
  })

  it('is sent nothing again after a restart, and what changed when a firm has changed', async () => {
    const before = endpoint.asked.length
    await follower.stop()
    follower = await follow()
    expect(endpoint.asked.length).toBe(before)

    const { core } = product
    const id = (await firms())[FAVOURED] ?? ''
    const record = await core.records.byId<object>('provider', id)
    const published = { ...record?.published, description: { vi: 'Trạm Cân Số nay làm thêm cân xe.' } }
    const edits = [{ id, set: { published } }]
    await core.change({ parkId: core.park().id, type: 'provider', by: 'system:test', why: 'test', edits })
    await follower.caughtUp()
    expect(endpoint.asked.slice(before).flat()).toEqual([expect.stringContaining('nay làm thêm cân xe')])
  })

  it('moves up what it takes for the same, from words without addresses and numbers', async () => {
    endpoint.fault = 'broken down'
    const need = another()
    const without = await scoreOf(need)
    endpoint.fault = null
    expect(await scoreOf(need)).toBeGreaterThan(without)
    expect(endpoint.asked.at(-1)?.[0]).toContain('xe tải lạnh')
    expect(endpoint.asked.at(-1)?.[0]).not.toMatch(/@|345/)
  })

  it('is not asked again for the same words', async () => {
    await scoreOf('Cần canh dầu xe tải lạnh')
    const asked = endpoint.asked.length
    await scoreOf('Cần canh dầu xe tải lạnh')
    expect(endpoint.asked.length).toBe(asked)
  })

  // Between two faults an answer that is well, so that the endpoint is not left alone.
  it.each(['broken down', 'no json', 'too few', 'other dimensions'] satisfies Fault[])(
    'changes nothing when its answer is no good: %s',
    async (fault) => {
      await scoreOf(another())
      endpoint.fault = 'broken down'
      const need = another()
      const without = await scoreOf(need)
      endpoint.fault = fault
      expect(await scoreOf(need)).toBe(without)
    },
  )

  it('is waited for 400 ms, and not at all once it has been slow three times', async () => {
    await scoreOf(another())
    endpoint.fault = 'hangs'
    const asked = endpoint.asked.length
    const times: number[] = []
    for (let i = 0; i < 5; i++) {
      const begun = performance.now()
      expect(await scoreOf(another())).toBeGreaterThan(0)
      times.push(performance.now() - begun)
    }
    expect(Math.min(...times.slice(0, 3))).toBeGreaterThanOrEqual(400)
    expect(endpoint.asked.length).toBe(asked + 3)
    expect(product.logged().filter((line) => line.includes('left alone for a while'))).toHaveLength(1)
  })

  it('is told of on the pages about the ranking and about personal data', async () => {
    const page = async (path: string) => (await fetch(`${product.url}${path}`)).text()
    expect(await page('/privacy')).toContain(new URL(endpoint.url).host)
    expect(await page('/ranking')).toContain('So cả nghĩa, không chỉ so chữ')
  })

  // The last: it takes the vectors from those above.
  it('leaves no vector behind when it is no longer used, and makes them anew when it is again', async () => {
    const { db } = product.core
    endpoint.fault = null
    await follower.stop()
    const maker = `small-model at ${endpoint.env.EMBEDDINGS_URL}`
    expect(await vectorRepository(db).any(maker)).toBe(true)
    await followMeaning({ db, meaning: undefined })
    expect(await vectorRepository(db).any(maker)).toBe(false)
    const asked = endpoint.asked.flat().length
    follower = await follow()
    expect(await vectorRepository(db).any(maker)).toBe(true)
    expect(endpoint.asked.flat().length).toBeGreaterThan(asked + 16)
  })
})
