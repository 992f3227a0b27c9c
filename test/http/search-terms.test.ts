import { afterAll, beforeAll, expect, test } from 'vitest'
import { takeOverMisses } from '../../src/modules/search-terms/index.js'
import { addProvider } from '../support/listings.js'
import { startTestProduct, type TestProduct } from '../support/product.js'

let product: TestProduct
let now = new Date('2026-11-24T03:00:00Z')

beforeAll(async () => {
  product = await startTestProduct({ unlimited: true, clock: () => now })
  await addProvider(product, { name: { vi: 'Nhà Sổ Sách' }, services: [{ service: 'accounting' }] })
})

afterAll(() => product.close())

const DAY_MS = 86_400_000

async function ask(path: string, browser: string, headers: Record<string, string> = {}): Promise<void> {
  const answer = await fetch(product.url + path, { headers: { 'User-Agent': browser, ...headers } })
  expect(answer.status).toBe(200)
  await answer.text()
}

async function search(path: string, browser: string): Promise<void> {
  await ask(path, browser)
  await product.core.searchTerms.settled()
}

const shown = async (which: 'all' | 'missing') => {
  const asking = { which, page: 1, size: 50 } as const
  const { terms } = await product.core.searchTerms.shown(product.core.park().id, asking)
  return terms.map(({ text, count, missed }) => `${text} ${count} ${missed}`)
}
const rowOf = (key: string) => product.core.db.collection('searchTerms').findOne({ key })

test('words that find nothing are shown once three visits have typed them, and forgotten in time', async () => {
  const { searchTerms, park } = product.core
  await search('/providers?q=zzyzx+qwrtp', 'one')
  await search('/en/providers?q=Zzyzx+QWRTP', 'one')
  await search('/needs?q=zzyzx+qwrtp&service=accounting', 'two')
  expect(await shown('missing')).toEqual([])
  await search('/businesses?q=zzyzx+qwrtp', 'three')
  expect(await shown('missing')).toEqual(['zzyzx qwrtp 3 3'])
  expect(await searchTerms.countMissing(park().id)).toBe(1)

  now = new Date(now.getTime() + 59 * DAY_MS)
  await search('/providers?q=zzyzx+qwrtp', 'one')
  await searchTerms.forget(park())
  expect(await shown('missing')).toEqual(['zzyzx qwrtp 4 4'])
  now = new Date(now.getTime() + 2 * DAY_MS)
  await searchTerms.forget(park())
  expect(await shown('missing'), 'one visit is left').toEqual([])
})

test('what finds something counts too, a visit once a day whatever pages and filters it goes through', async () => {
  for (const browser of ['one', 'two', 'three']) {
    await search('/providers?q=k%E1%BA%BF+to%C3%A1n', browser)
    await search('/providers?q=k%E1%BA%BF+to%C3%A1n&service=accounting', browser)
    await search('/providers?q=k%E1%BA%BF+to%C3%A1n&page=2', browser)
  }
  expect(await shown('all')).toContain('kế toán 3 0')
  expect(await shown('missing')).toEqual([])
})

test('of letters that are being typed only the last count, and those only when nothing else follows', async () => {
  const typing = { 'HX-Request': 'true', 'X-Typing': 'goes-on' }
  await ask('/providers?q=phun', 'typist', typing)
  await ask('/providers?q=phun+thu', 'typist', typing)
  await product.core.searchTerms.settled()
  expect([await rowOf('phun'), (await rowOf('phun thu'))?.count]).toEqual([null, 1])
  await ask('/providers?q=phun+thuo', 'typist', typing)
  await search('/providers?q=phun+thuoc', 'typist')
  expect([await rowOf('phun thuo'), (await rowOf('phun thuoc'))?.count]).toEqual([null, 1])
})

test('what may be about somebody is not kept', async () => {
  const { db } = product.core
  const before = await db.collection('searchTerms').countDocuments()
  await search('/providers?q=zzyzx+0912345678', 'one')
  await search('/providers?q=zzyzx%40qwrtp.vn', 'one')
  expect(await db.collection('searchTerms').countDocuments()).toBe(before)
})

test('a question of which nothing is understood counts too, its words alone', async () => {
  await search('/match?text=brzgl+vlkst', 'a browser of somebody')
  const row = await rowOf('brzgl vlkst')
  expect(row).toMatchObject({ count: 1, missed: 1, shown: false })
  expect(JSON.stringify(row)).not.toMatch(/browser|127\.0/)
  expect(product.faults()).toEqual([])
})

test('what was counted before of searches without a result is taken over once', async () => {
  const { db, park } = product.core
  const forms = [{ text: 'máy gặt', count: 5 }]
  const day = '2026-12-01'
  const row = { parkId: park().id, key: 'may gat', days: [{ day, count: 5, visits: 3, forms }], until: now }
  await db.collection<{ _id: string }>('searchMisses').insertOne({ _id: 'former', ...row })
  await takeOverMisses(db)
  await takeOverMisses(db)
  expect(await rowOf('may gat')).toMatchObject({ text: 'máy gặt', count: 3, missed: 3, shown: true, missing: true })
  expect(await db.collection('searchMisses').countDocuments()).toBe(0)
})
