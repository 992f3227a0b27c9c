import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { Worker } from 'node:worker_threads'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { addProvider } from '../support/listings.js'
import { startTestProduct, type TestProduct } from '../support/product.js'

/** What the files do not hold yet is gone with the built-in engine's thread, until the product has filled the next one. */

const THREADS = 'worker_threads'

let product: TestProduct
const threads: Worker[] = []
const note = (message: unknown) => {
  threads.push((message as { worker: Worker }).worker)
}

beforeAll(async () => {
  subscribe(THREADS, note)
  product = await startTestProduct({ unlimited: true })
})
afterAll(async () => {
  unsubscribe(THREADS, note)
  await product.close()
})

const endThread = () => threads.at(-1)?.terminate()
const found = async (q: string) =>
  (await product.core.search.search('providers', { q }).catch(() => ({ total: 0 }))).total
const filling = () => product.core.engines.all.some((engine) => engine.filling())
const failures = () => product.faults().map((line) => JSON.parse(line).err?.message ?? JSON.parse(line).problem)
const WITHIN = { timeout: 10_000 }

describe("when the built-in engine's thread is lost", () => {
  test('a new one is filled with what the former had', async () => {
    await addProvider(product, { name: { vi: 'Hãng Bồ Câu' } })
    expect(await found('bo cau')).toBe(1)
    const before = threads.length
    await endThread()
    await expect.poll(() => found('bo cau'), WITHIN).toBe(1)
    await expect.poll(filling, WITHIN).toBe(false)
    expect(threads.length).toBe(before + 1)
    expect(failures()).toEqual(['the search thread ended; a new one is started'])
  })

  test('that is tried again when it fails at first, and what changes afterwards is found', async () => {
    await addProvider(product, { name: { vi: 'Hãng Chim Én' } })
    const reading = vi.spyOn(product.core.records, 'lastSeq').mockRejectedValueOnce(new Error('the database is away'))
    await endThread()
    await expect.poll(() => found('chim en'), WITHIN).toBe(1)
    expect(failures()).toContain('the database is away')
    reading.mockRestore()
    await addProvider(product, { name: { vi: 'Hãng Đến Sau' } })
    expect(await found('den sau')).toBe(1)
  })
})
