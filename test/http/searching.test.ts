import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { wardsOf } from '../../src/modules/geography/index.js'
import { linksIn, mainOf, textOf } from '../support/html.js'
import { addBusiness, addProvider } from '../support/listings.js'
import { startTestProduct, type TestProduct } from '../support/product.js'

const SCRIPT = { 'HX-Request': 'true' }

let product: TestProduct
let ward: string

beforeAll(async () => {
  product = await startTestProduct({ unlimited: true })
  ward = wardsOf(product.core.park().province).find(({ name }) => name === 'Phường Vị Thanh')?.code ?? ''
  await addProvider(product, {
    name: { vi: 'Sao Mai Số' },
    services: [{ service: 'e-invoice' }, { service: 'accounting' }],
    wards: [ward],
  })
  await addProvider(product, { name: { vi: 'Ruộng Bậc Thang' }, services: [{ service: 'e-invoice' }] })
  await addBusiness(product, { name: { vi: 'Sao Mai Quán' } })
  await addBusiness(product, { name: { vi: 'Sao Mai Kín' }, listed: false })
})

afterAll(async () => {
  expect(product.faults()).toEqual([])
  await product.close()
})

async function get(path: string, headers: Record<string, string> = {}) {
  const response = await fetch(product.url + path, { headers, redirect: 'manual' })
  return { status: response.status, headers: response.headers, html: await response.text() }
}

const suggested = async (q: string, list = 'providers', base = '') => {
  const { html } = await get(`${base}/suggest?list=${list}&q=${encodeURIComponent(q)}`, SCRIPT)
  return linksIn(html).map(({ href, text }) => `${text} -> ${href}`)
}

describe('suggestions', () => {
  test('are services by the beginning of any of their names, firms by theirs, and the words themselves', async () => {
    const short = await suggested('hddt')
    expect(short[0]).toBe('Hóa đơn điện tử hddt -> /providers?service=e-invoice')
    expect(short.at(-1)).toBe('Tìm “hddt” -> /providers?q=hddt')
    const firms = await suggested('sao m')
    expect(firms.filter((one) => one.includes('/providers/'))).toEqual(['Sao Mai Số -> /providers/sao-mai-so'])
    expect(await suggested('traceab', 'providers', '/en')).toContain(
      'Traceability -> /en/providers?service=traceability',
    )
    expect(await suggested('phan men ke toan')).toContain('Phần mềm kế toán -> /providers?service=accounting')
  })

  test('are of the list that is searched, and only of what the viewer may see', async () => {
    const businesses = await suggested('sao mai', 'businesses')
    expect(businesses).toContain('Sao Mai Quán -> /businesses/sao-mai-quan')
    expect(businesses.join()).not.toMatch(/Kín|Sao Mai Số/)
  })

  test('are at most eight, and say how many they are', async () => {
    const { html } = await get('/suggest?q=phan+mem', SCRIPT)
    const count = linksIn(html).length
    expect(count).toBeLessThanOrEqual(8)
    expect(html).toContain(`data-status="${count} gợi ý`)
    expect(html.match(/role="option"/g)).toHaveLength(count)
  })

  test('are kept by the browser for a minute, and lead to the list without the script', async () => {
    expect((await get('/suggest?q=ke+toan', SCRIPT)).headers.get('Cache-Control')).toBe('private, max-age=60')
    const plain = await get('/en/suggest?q=ke+toan&list=needs')
    expect([plain.status, plain.headers.get('Location')]).toEqual([303, '/en/needs?q=ke+toan'])
    expect((await get('/suggest?q=ke', SCRIPT)).headers.get('set-cookie')).toBeNull()
  })

  test.each([
    '',
    'a',
    '!!',
    '"',
    '-',
    '" -" -',
    '<img src=x onerror=alert(1)>',
    '\u0000\uffff',
    '$where',
    '{{7*7}}',
    '😀😀',
    '(a+)+$'.repeat(30),
    'a '.repeat(3_000),
  ])('of %j are harmless', async (q) => {
    const { status, html } = await get(`/suggest?q=${encodeURIComponent(q)}`, SCRIPT)
    expect(status).toBe(200)
    expect(html).not.toMatch(/<img|<script/)
  })

  test.each(['list=everything', 'q[$ne]=x', 'q=a&q=b', 'list=needs&list=x', ''])(
    'of ?%s are none or harmless',
    async (query) => {
      expect((await get(`/suggest?${query}`, SCRIPT)).status).toBe(200)
    },
  )
})

const reading = (html: string) => html.slice(html.indexOf('<div id="reading">'), html.indexOf('id="found"'))
const empty = (html: string) => mainOf(html).slice(mainOf(html).indexOf('class="empty"'))

describe('what is understood of the words', () => {
  test('is told by chips, each of which can be taken away', async () => {
    const { html } = await get('/providers?q=hddt+o+phuong+vi+thanh')
    const chips = linksIn(reading(html)).filter(({ text }) => text.startsWith('Bỏ '))
    expect(chips.map(({ href }) => href)).toEqual(['/providers?q=o+phuong+vi+thanh', '/providers?q=hddt'])
    expect(textOf(reading(html))).toContain('Hiểu là Bỏ Hóa đơn điện tử Hóa đơn điện tử × Bỏ Phường Vị Thanh')
    // What else the short form may stand for is offered with the place.
    expect(linksIn(reading(html)).map(({ href }) => decodeURIComponent(href))).toContain(
      '/providers?q=hợp+đồng+điện+tử+o+phuong+vi+thanh',
    )
    const alone = await get('/en/providers?q=hddt')
    expect(linksIn(reading(alone.html)).at(-1)?.href).toBe('/en/providers?q=hddt&literal=1')
  })

  test('a place is where the firms serve, and not a word of theirs', async () => {
    const there = textOf((await get('/providers?q=hddt+vi+thanh')).html)
    expect(there).toContain('1 doanh nghiệp')
    expect(there).toContain('Sao Mai Số')
    const literally = await get('/providers?q=hddt+vi+thanh&literal=1')
    expect(textOf(literally.html)).toContain('0 doanh nghiệp')
  })

  test('nothing is where accents that were typed say otherwise, or where the words are taken literally', async () => {
    expect(textOf(reading((await get('/providers?q=hddt+vì+thành')).html))).not.toContain('Vị Thanh')
    expect(textOf(reading((await get('/providers?q=hddt&literal=1')).html))).not.toContain('Hiểu là')
  })
})

describe('an empty list', () => {
  test('says what it is filtered by, and what each filter taken away would leave', async () => {
    const { html } = await get(`/providers?q=hoa+don&ward=${ward}&status=resident&service=accounting`)
    expect(textOf(empty(html))).toContain('Đang lọc theo Dịch vụ: Phần mềm kế toán; Nơi họ tới làm: Phường Vị Thanh')
    const offers = linksIn(empty(html)).map(({ text, href }) => `${text} -> ${href}`)
    expect(offers.slice(0, 2)).toEqual([
      `Bỏ “Trong khu”: 1 doanh nghiệp -> /providers?q=hoa+don&service=accounting&ward=${ward}`,
      'Bỏ hết điều kiện lọc: 2 doanh nghiệp -> /providers?q=hoa+don',
    ])
  })

  test('offers work near to the words that somebody does, and carries the words on to the need', async () => {
    const { html } = await get('/providers?q=xuat+hoa+don+zzyzx&service=accounting&status=resident')
    const offers = linksIn(empty(html))
    expect(offers.map(({ text }) => text)).toContain('Hóa đơn điện tử · 2')
    expect(offers.at(-1)?.href).toBe('/needs/new?text=xuat+hoa+don+zzyzx')
  })

  test('of work that nobody does counts as demand, once and not while somebody is typing', async () => {
    const missed = () => product.core.db.collection('misses').findOne({ service: 'chatbot' })
    await get('/providers?q=chatbot', { ...SCRIPT, 'X-Typing': 'goes-on' })
    expect(await missed()).toBeNull()
    await get('/providers?q=chatbot')
    await get('/providers?q=chatbot')
    expect(await missed()).toMatchObject({ service: 'chatbot', count: 1 })
    await get('/providers?service=farm-drones')
    expect(await product.core.db.collection('misses').findOne({ service: 'farm-drones' })).toMatchObject({ count: 1 })
    await get('/providers?q=hddt&status=resident')
    expect(await product.core.db.collection('misses').findOne({ service: 'e-invoice' })).toBeNull()
  })

  test('that asks for no work looks up nothing of who does which', async () => {
    const counting = vi.spyOn(product.core.providers, 'counts')
    expect((await get('/providers?q=zzyzx+qwrtp&status=resident')).html).toContain('class="empty"')
    expect(counting).not.toHaveBeenCalled()
    await get('/providers?service=farm-drones')
    expect(counting).toHaveBeenCalledOnce()
    counting.mockRestore()
  })
})

test('the history holds one place for letters that go on', async () => {
  const at = async (path: string, headers: Record<string, string>) => {
    const { headers: told } = await get(path, { ...SCRIPT, ...headers })
    return [told.get('HX-Push-Url'), told.get('HX-Replace-Url')]
  }
  const shown = (path: string) => ({ 'HX-Current-URL': product.url + path })
  expect(await at('/providers?q=ke', { 'X-Typing': 'begins' })).toEqual(['/providers?q=ke', null])
  expect(await at('/needs?q=ke+t', { 'X-Typing': 'goes-on' })).toEqual([null, '/needs?q=ke+t'])
  expect(await at('/providers?q=ke+t', shown('/providers?q=ke+t'))).toEqual([null, '/providers?q=ke+t'])
  expect(await at('/providers?q=ke+t&status=resident', shown('/providers?q=ke+t'))).toEqual([
    '/providers?q=ke+t&status=resident',
    null,
  ])
})
