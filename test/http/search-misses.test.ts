import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestProduct, type TestProduct } from '../support/product.js'

let product: TestProduct
let now = new Date('2026-11-24T03:00:00Z')

beforeAll(async () => {
  product = await startTestProduct({ demo: true, unlimited: true, clock: () => now })
})

afterAll(() => product.close())

const DAY_MS = 86_400_000

async function search(path: string, browser: string): Promise<void> {
  const answer = await fetch(product.url + path, { headers: { 'User-Agent': browser } })
  expect(answer.status).toBe(200)
  await answer.text()
  await product.core.searchMisses.settled()
}

const shown = async () => {
  const { misses } = await product.core.searchMisses.shown(product.core.park().id, { page: 1, size: 50 })
  return misses.map(({ text, count }) => `${text} ${count}`)
}

test('words that find nothing are shown once three visits have typed them, and forgotten in time', async () => {
  const { searchMisses, park } = product.core
  await search('/providers?q=zzyzx+qwrtp', 'one')
  await search('/en/providers?q=Zzyzx+QWRTP', 'one')
  await search('/providers?q=zzyzx+qwrtp&service=accounting', 'two')
  expect(await shown()).toEqual([])
  await search('/providers?q=zzyzx+qwrtp', 'three')
  expect(await shown()).toEqual(['zzyzx qwrtp 4'])
  expect(await searchMisses.countShown(park().id)).toBe(1)

  now = new Date(now.getTime() + 59 * DAY_MS)
  await search('/providers?q=zzyzx+qwrtp', 'one')
  await searchMisses.forget(park())
  expect(await shown()).toEqual(['zzyzx qwrtp 5'])
  now = new Date(now.getTime() + 2 * DAY_MS)
  await searchMisses.forget(park())
  expect(await shown(), 'one visit is left').toEqual([])
})

test('what finds something, and what may be about somebody, is not kept', async () => {
  const { db } = product.core
  const before = await db.collection('searchMisses').countDocuments()
  await search('/providers?q=k%E1%BA%BF+to%C3%A1n', 'one')
  await search('/providers?q=zzyzx+0912345678', 'one')
  await search('/providers?q=zzyzx%40qwrtp.vn', 'one')
  expect(await db.collection('searchMisses').countDocuments()).toBe(before)
})

test('a question of which nothing is understood counts too, its words alone', async () => {
  const { db } = product.core
  await search('/match?text=brzgl+vlkst', 'a browser of somebody')
  const row = await db.collection('searchMisses').findOne({ key: 'brzgl vlkst' })
  expect(row).toMatchObject({ count: 1, shown: false })
  expect(JSON.stringify(row)).not.toMatch(/browser|127\.0/)
  expect(product.faults()).toEqual([])
})
