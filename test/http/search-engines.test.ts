import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addPerson, signedIn } from '../support/accounts.js'
import { freePort } from '../support/free-port.js'
import { type Guest, newGuest } from '../support/guest.js'
import { mainOf, textOf } from '../support/html.js'
import { addProvider } from '../support/listings.js'
import { startTestProduct, type TestProduct } from '../support/product.js'

/** A product whose Meilisearch server is not there, and with a firm that the engines cannot take in. */

let product: TestProduct
let curator: Guest
let administrator: Guest

beforeAll(async () => {
  const env = { MEILI_URL: `http://127.0.0.1:${await freePort()}`, MEILI_KEY: 'x' }
  product = await startTestProduct({ unlimited: true, env })
  curator = await signedIn(product, await addPerson(product, { staff: 'curator' }))
  administrator = await signedIn(product, await addPerson(product, { staff: 'administrator' }))
})
afterAll(() => product.close())

interface Readiness {
  engines: Record<string, { lag: number; setAside: number }>
}
const readiness = async () => (await (await fetch(`${product.url}/readyz`)).json()) as Readiness
const found = (words: string) => pageOf(newGuest(product.url), `/providers?q=${words}`)
const pageOf = async (guest: Guest, path = '/admin/search') => textOf(mainOf((await guest.get(path)).text))

describe('while the built-in engine stands in', () => {
  const BANNER = /Tìm kiếm đang chạy bằng máy dự phòng từ \d{2}:\d{2} \d{2}\/\d{2}\/\d{4}/

  test("the park's staff are told on each of their pages, and nobody else", async () => {
    expect(await pageOf(curator, '/admin')).toMatch(BANNER)
    expect((await curator.get('/admin')).text).not.toContain('href="/admin/search"')
    expect(mainOf((await administrator.get('/admin/overview')).text)).toContain('href="/admin/search"')
    expect(await pageOf(administrator, '/en/admin')).toMatch(/stand-in engine since \d{1,2} \w+ \d{4}, \d{2}:\d{2}/)
    for (const guest of [newGuest(product.url), administrator])
      expect((await guest.get('/providers')).text).not.toContain('dự phòng')
  })

  test('visitors are answered, and readiness says which engine answers and how far each is', async () => {
    await addProvider(product, { name: { vi: 'Hãng Bồ Câu' } })
    expect(await found('bo+cau')).toContain('Hãng Bồ Câu')
    expect(await readiness()).toMatchObject({
      ...{ ready: true, search: 'fallback' },
      engines: { builtin: { lag: 0, setAside: 0 }, meilisearch: { setAside: 0 } },
    })
  })
})

describe('a firm that cannot be taken in', () => {
  let bad: { id: string }
  const breakIt = async () => {
    await product.core.db
      .collection('providers')
      .updateOne({ _id: bad.id as never }, { $unset: { 'published.offers': 1 } })
  }
  const mend = async () => {
    await product.core.db
      .collection('providers')
      .updateOne({ _id: bad.id as never }, { $set: { 'published.offers': [] } })
  }
  const rename = async (slugFrom: string) => {
    const edits = [{ id: bad.id, set: {}, slugFrom }]
    await product.core.change({
      parkId: product.core.park().id,
      type: 'provider',
      by: 'system:test',
      why: 'test',
      edits,
    })
  }

  beforeAll(async () => {
    bad = await addProvider(product, { name: { vi: 'Hãng Gãy Cánh' } })
    await breakIt()
    await rename('hang gay canh moi')
    await addProvider(product, { name: { vi: 'Hãng Đến Sau' } })
  })

  test('holds up nobody, and stays findable', async () => {
    expect(await found('hang+den+sau')).toContain('Hãng Đến Sau')
    const { hits } = await product.core.search.search('providers', { q: 'gay canh' })
    expect(hits.map(({ id }) => id)).toEqual([bad.id])
  })

  test('is counted in readiness, logged with its id, and shown to administrators with what is wrong', async () => {
    const answer = await readiness()
    expect(answer.engines.builtin).toEqual({ lag: 0, setAside: 1 })
    expect(JSON.stringify(answer)).not.toContain(bad.id)
    const [logged] = product.faults().map((line) => JSON.parse(line))
    expect(logged).toMatchObject({ recordId: bad.id, type: 'provider', engine: 'builtin' })
    const page = await pageOf(administrator)
    expect(page).toContain('1 hồ sơ chưa đưa được vào máy tìm kiếm')
    expect(page).toContain('Hãng Gãy Cánh')
    expect(page).toContain('Hồ sơ không đọc được')
    expect((await administrator.get('/admin/search')).text).toContain(`/admin/listings/${bad.id}`)
    expect((await curator.get('/admin/search')).status).toBe(403)
  })

  test('is taken in again when an administrator asks, once it is mended', async () => {
    const page = await administrator.get('/admin/search')
    await administrator.submit(page, { act: 'retry' })
    expect((await readiness()).engines.builtin?.setAside).toBe(1)
    await mend()
    await administrator.submit(page, { act: 'retry' })
    expect((await readiness()).engines.builtin?.setAside).toBe(0)
    expect(await pageOf(administrator)).toContain('Không có hồ sơ nào')
  })
})

describe('what an administrator asks of the indexes', () => {
  const ask = async (act: string) => {
    expect((await administrator.post('/admin/search', { act })).status).toBe(303)
    await product.core.searchWork.run()
    return pageOf(administrator)
  }

  test('is comparing every record, both ways, and repairing', async () => {
    const { hits } = await product.core.search.search('providers', { q: 'bo cau' })
    await product.core.db.collection('providers').updateOne({ _id: hits[0]?.id as never }, { $set: { version: 9 } })
    expect(await ask('verify')).toMatch(/Máy có sẵn: xong\. .*3: thiếu 0, cũ 1, khác 0, thừa 0; chưa sửa được 0/)
    expect(await ask('verify')).toMatch(/Máy có sẵn: xong\. doanh nghiệp công nghệ 3, đều đúng/)
    expect(await pageOf(administrator)).toMatch(/Meilisearch: không làm được/)
  })

  test('is building them anew, while searches go on', async () => {
    expect(await ask('rebuild')).toMatch(/Máy có sẵn: xong\. doanh nghiệp công nghệ 3, \d+ giây/)
    expect(await found('bo+cau')).toContain('Hãng Bồ Câu')
  })

  test('is given up when the product stops, and the old indexes answer', async () => {
    await product.core.searchWork.stop()
    expect(await ask('rebuild')).toMatch(/Máy có sẵn: không làm được\. the product stops/)
    expect(await found('bo+cau')).toContain('Hãng Bồ Câu')
  })

  test('is refused when it is something else', async () => {
    expect((await administrator.post('/admin/search', { act: 'drop' })).status).toBe(422)
  })
})
