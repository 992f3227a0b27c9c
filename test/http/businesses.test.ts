import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type NeedContent, needContent } from '../../src/modules/needs/index.js'
import { linksIn, mainOf, textOf, textsIn } from '../support/html.js'
import { addBusiness, moveTo } from '../support/listings.js'
import { startTestProduct, type TestProduct } from '../support/product.js'

let product: TestProduct

beforeAll(async () => {
  product = await startTestProduct({ demo: true })
})

afterAll(async () => {
  await product.close()
})

async function get(path: string, headers: Record<string, string> = {}) {
  const response = await fetch(product.url + path, { headers, redirect: 'manual' })
  return { status: response.status, headers: response.headers, html: await response.text() }
}

const countOf = (html: string) => Number(/id="results-title">(\d+)/.exec(html)?.[1])
const namesIn = (html: string) => textsIn(html.slice(html.indexOf('id="results"')), 'h3')

async function addNeed(business: string, title: string, anonymous: boolean) {
  const { core } = product
  const published = needContent.parse({
    title: { vi: title },
    problem: { vi: `${title}, cần người làm.` },
    business,
    anonymous,
  })
  const edits = [{ set: { published, status: 'published' }, slugFrom: title, source: 'test' }]
  await core.change<NeedContent>({ parkId: core.park().id, type: 'need', by: 'system:test', why: 'test', edits })
  await core.indexing.caughtUp()
}

describe('the list of businesses', () => {
  test('narrows by sector, ward, size and kind together', async () => {
    const profile = { kind: 'cooperative', sector: 'fruit', ward: '31321', sizeBand: 'large', founded: 2001 } as const
    await addBusiness(product, { name: { vi: 'HTX Duy Nhất Kiểu Này' }, ...profile })
    const { html } = await get('/businesses?sector=fruit&ward=31321&size=large&kind=cooperative')
    expect(namesIn(html)).toEqual(['HTX Duy Nhất Kiểu Này'])
    expect(textOf(html)).toContain('Lọc · 4')
    expect((await get('/businesses?sector=rice&ward=31321&size=large&kind=cooperative')).html).toContain(
      'class="empty"',
    )
  })

  test('names none that did not agree, by no word, filter or address', async () => {
    const before = countOf((await get('/businesses')).html)
    const { slug } = await addBusiness(product, { name: { vi: 'Tiệm Giấu Tên Wxyz' }, listed: false })
    expect(countOf((await get('/businesses')).html)).toBe(before)
    expect(mainOf((await get('/businesses?q=Giấu+Tên+Wxyz')).html)).not.toContain('tiem-giau-ten')
    expect((await get(`/businesses/${slug}`)).status).toBe(404)
  })

  test.each(['page=-5', 'kind=bank', 'sector=x%00y', 'size[]=micro', 'ward=1&ward=2', 'sort=__proto__'])(
    'takes %s for a parameter not given',
    async (query) => {
      const [plain, odd] = await Promise.all([get('/businesses'), get(`/businesses?${query}`)])
      expect([odd.status, namesIn(odd.html)]).toEqual([200, namesIn(plain.html)])
    },
  )

  test('begins the description in the place of a tagline that is not there', async () => {
    const description = { vi: 'Bảy Xệ đóng xuồng gỗ mù u từ năm bảy lăm. Chở bằng ghe.' }
    await addBusiness(product, { name: { vi: 'Nhà Bảy Xệ' }, description })
    const { html } = await get('/businesses?q=xuong')
    expect(html).toContain('<p>Bảy Xệ đóng <mark>xuồng</mark> gỗ mù u từ năm bảy lăm. Chở bằng ghe.</p>')
  })

  test('leads on to the needs where nothing is found', async () => {
    const { html } = await get('/en/businesses?q=xyzzyqwv')
    expect(
      linksIn(html.slice(html.indexOf('class="empty"')))
        .map(({ href }) => href)
        .slice(0, 2),
    ).toEqual(['/en/businesses', '/en/needs?q=xyzzyqwv'])
  })
})

describe('the page of a business', () => {
  test('shows the needs it posted in its own name and no trace of those it posted without', async () => {
    const { id, slug } = await addBusiness(product, { name: { vi: 'Trại Ếch Mười Rắc' } })
    await addNeed(id, 'Cân ếch bằng máy', false)
    await addNeed(id, 'Vay tiền mua cám', true)
    const { html } = await get(`/businesses/${slug}`)
    expect(textsIn(html, 'h3')).toEqual(['Cân ếch bằng máy'])
    expect(html).not.toMatch(/Vay tiền|vay-tien/)
  })

  test('says what is not known, and that no need is posted', async () => {
    const { slug } = await addBusiness(product, { name: { vi: 'Quán Không Nói' } })
    const text = textOf(mainOf((await get(`/en/businesses/${slug}`)).html))
    expect(text).toContain('They have posted no need in their own name.')
    expect(text).toContain('What they work with today not stated')
    expect(text).toContain('Trade not stated Where not stated Size not stated Founded not stated')
  })

  test('shows the tools in use, the place with its province, and the others of its trade', async () => {
    const { slug } = await addBusiness(product, {
      name: { vi: 'Vựa Khóm Tư Ếch' },
      sector: 'fruit',
      ward: '31321',
      tools: ['sổ tay', '<b>Zalo</b>'],
    })
    const { html } = await get(`/businesses/${slug}`)
    expect(textsIn(html, 'li')).toEqual(expect.arrayContaining(['sổ tay', '<b>Zalo</b>']))
    expect(textOf(html)).toContain('Phường Vị Thanh, Thành phố Cần Thơ')
    expect(linksIn(html).map(({ href }) => href)).toContain('/businesses?sector=fruit')
  })

  test('leads from an old address to the present one in the language of the reader', async () => {
    const old = await addBusiness(product, { name: { vi: 'Nhà Cũ' } })
    await moveTo(product, 'business', old, 'Nhà Mới')
    const moved = await get('/en/businesses/nha-cu')
    expect([moved.status, moved.headers.get('location')]).toEqual([301, '/en/businesses/nha-moi'])
  })
})

test('nothing of all this was a fault of the product', () => {
  expect(product.faults()).toEqual([])
})
