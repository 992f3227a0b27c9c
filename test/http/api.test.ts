import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { type BusinessProfile, businessAnswer, businessesAnswer } from '../../src/modules/businesses/index.js'
import { type NeedContent, needAnswer, needsAnswer } from '../../src/modules/needs/index.js'
import { type ProviderProfile, providerAnswer, providersAnswer } from '../../src/modules/providers/index.js'
import type { RecordType, StoredRecord } from '../../src/platform/records/record.types.js'
import { type Api, newApi } from '../support/api.js'
import { addBusiness, addProvider, moveTo } from '../support/listings.js'
import { startTestProduct, type TestProduct } from '../support/product.js'

let product: TestProduct
let api: Api

beforeAll(async () => {
  product = await startTestProduct({ demo: true, unlimited: true })
  api = newApi(product.url)
})

afterAll(() => product.close())

async function stored<C>(type: RecordType): Promise<StoredRecord<C>[]> {
  const all: StoredRecord<C>[] = []
  for await (const record of product.core.records.each<C>(type)) all.push(record)
  // Ids are random; every run looks at the same records.
  return all.sort((a, b) => String(a.externalId).localeCompare(String(b.externalId)))
}

/** Everything a list call returns, by pages of 25. */
async function wholeList(list: string): Promise<{ id: string; slug: string }[]> {
  const all = []
  for (let offset = 0; ; offset += 25) {
    const { body } = await api.get(`/${list}?limit=25&offset=${offset}`)
    all.push(...body.results)
    if (body.results.length < 25) return all
  }
}

const LISTS = [
  { list: 'providers', type: 'provider', listSchema: providersAnswer, schema: providerAnswer },
  { list: 'businesses', type: 'business', listSchema: businessesAnswer, schema: businessAnswer },
  { list: 'needs', type: 'need', listSchema: needsAnswer, schema: needAnswer },
] as const satisfies readonly { list: string; type: RecordType; listSchema: z.ZodObject; schema: z.ZodObject }[]

describe.each(LISTS)('GET $list', ({ list, listSchema, schema }) => {
  test('answers twenty results with the total and the facets, as its schema says and no more', async () => {
    const { status, type, body } = await api.get(`/${list}`)
    expect([status, type]).toEqual([200, 'application/json'])
    expect(listSchema.strict().parse(body)).toEqual(body)
    expect(body.results).toHaveLength(20)
    expect(body.total).toBeGreaterThanOrEqual(40)
    expect(Object.keys(body.facets).length).toBeGreaterThanOrEqual(4)
  })

  test('gives every result once over its pages, as many as the total says', async () => {
    const ids = (await wholeList(list)).map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect((await api.get(`/${list}?limit=0`)).body).toMatchObject({ total: ids.length, results: [] })
  })

  test('behind the end gives nothing, and the same total', async () => {
    const { status, body } = await api.get(`/${list}?offset=100000`)
    expect([status, body.results, body.total]).toEqual([200, [], (await api.get(`/${list}`)).body.total])
  })

  test('tells of every record it lists what its schema says and no more, in both languages', async () => {
    for (const { slug, id } of await wholeList(list)) {
      for (const language of ['vi', 'en']) {
        const { status, body } = await api.get(`/${list}/${slug}`, { 'Accept-Language': language })
        expect([status, body.id]).toEqual([200, id])
        expect(schema.strict().parse(body)).toEqual(body)
      }
    }
  })

  test('counts beside each value of a facet what choosing it returns', async () => {
    const { facets } = (await api.get(`/${list}?limit=0`)).body
    for (const [facet, values] of Object.entries<Record<string, number>>(facets)) {
      const [value, count] = Object.entries(values)[0] ?? []
      expect(value, `${facet} has values`).toBeDefined()
      expect((await api.get(`/${list}?limit=0&${facet}=${value}`)).body.total, `${facet}=${value}`).toBe(count)
    }
  })

  test('takes several values of one filter for either, and several filters for all', async () => {
    const { sector } = (await api.get(`/${list}?limit=0`)).body.facets
    const [first = '', second = ''] = Object.keys(sector)
    const total = async (query: string) => (await api.get(`/${list}?limit=0&${query}`)).body.total
    const [one, other, either] = await Promise.all([
      total(`sector=${first}`),
      total(`sector=${second}`),
      total(`sector=${first},${second}`),
    ])
    expect(either).toBeGreaterThanOrEqual(Math.max(one, other))
    expect(either).toBeLessThanOrEqual(one + other)
    expect(await total(`sector=${first}&ward=00000`)).toBe(0)
  })

  test('finds nothing under a value that no record has', async () => {
    expect((await api.get(`/${list}?sector=no-such-sector`)).body).toMatchObject({ total: 0, results: [] })
  })

  test('answers a problem that tells nothing more for an address that leads nowhere', async () => {
    const { status, type, body } = await api.get(`/${list}/no-such-record`)
    expect([status, type]).toEqual([404, 'application/problem+json'])
    expect(body).toEqual({
      type: 'urn:cau-noi-so:problem:not-found',
      title: expect.any(String),
      status: 404,
      detail: expect.any(String),
      requestId: expect.stringMatching(/^\w{16}$/),
    })
  })

  test('sets no cookie and takes no notice of one', async () => {
    const cookie = { Cookie: 'sid=s%3Aforged.signature; csrf=forged; admin=true' }
    const [plain, forged] = await Promise.all([api.get(`/${list}`), api.get(`/${list}`, cookie)])
    expect(forged.headers.get('Set-Cookie')).toBeNull()
    expect(forged.body).toEqual(plain.body)
  })

  test('answers HEAD like GET without the body', async () => {
    const response = await fetch(`${product.url}/api/v1/${list}`, { method: 'HEAD' })
    expect([response.status, await response.text()]).toEqual([200, ''])
    expect(response.headers.get('Content-Type')).toMatch(/^application\/json/)
  })
})

describe('the words of a search', () => {
  test('find the same firms with accents, without them and abbreviated, and are highlighted in the texts', async () => {
    const [accented, plain] = await Promise.all([
      api.get(`/providers?limit=5&q=${encodeURIComponent('hóa đơn điện tử')}`),
      api.get('/providers?limit=5&q=hoa+don+dien+tu'),
    ])
    const slugs = ({ body }: typeof plain) => body.results.map(({ slug }: { slug: string }) => slug)
    expect(slugs(plain)[0]).toBe(slugs(accented)[0])
    expect((await api.get('/providers?limit=100&q=hddt')).body.results.length).toBeGreaterThan(0)
    const parts: { text: string; match: boolean }[][] = Object.values(
      accented.body.results[0].highlights,
    ).flat() as never
    expect(parts.flat().some(({ text, match }) => match && /hóa đơn/i.test(text))).toBe(true)
    const { body } = await api.get(`/providers/${slugs(accented)[0]}`)
    const texts = parts.map((one) => one.map(({ text }) => text).join(''))
    expect(texts).toEqual(expect.arrayContaining([body.tagline, body.services[0].evidence]))
  })

  test('leave the order to relevance unless another is asked for', async () => {
    const names = async (query: string): Promise<string[]> =>
      (await api.get(`/providers?limit=100&${query}`)).body.results.map(({ name }: { name: string }) => name)
    const byName = await names('q=phan+mem&sort=name')
    const byRelevance = await names('q=phan+mem')
    expect(byName).toEqual([...byName].sort((a, b) => a.localeCompare(b, 'vi')))
    expect([...byRelevance].sort()).toEqual([...byName].sort())
    expect(byRelevance).not.toEqual(byName)
  })
})

describe('the language of an answer', () => {
  test.each([
    ['en', 'Accounting'],
    ['en-GB,en;q=0.9,vi;q=0.1', 'Accounting'],
    ['vi', 'Phần mềm kế toán'],
    ['fr', 'Phần mềm kế toán'],
    ['', 'Phần mềm kế toán'],
    ['*;q=x,,;;\t', 'Phần mềm kế toán'],
  ])('follows Accept-Language "%s"', async (language, name) => {
    const { status, body, headers } = await api.get('/providers?service=accounting', { 'Accept-Language': language })
    const service = body.results[0].services.find(({ id }: { id: string }) => id === 'accounting')
    expect([status, service.name]).toEqual([200, name])
    expect(headers.get('Vary')).toContain('Accept-Language')
  })

  test('is that of a problem too', async () => {
    const [vi, en] = await Promise.all([
      api.get('/providers/no-such-firm'),
      api.get('/providers/no-such-firm', { 'Accept-Language': 'en' }),
    ])
    expect(en.body.title).not.toBe(vi.body.title)
    expect(en.body.type).toBe(vi.body.type)
  })
})

describe('a record that has moved', () => {
  test('is found under its old address by a redirect for good', async () => {
    const firm = await addProvider(product, { name: { vi: 'Hãng Đổi Tên' } })
    const shop = await addBusiness(product, { name: { vi: 'Quán Đổi Tên' } })
    const movedFirm = await moveTo(product, 'provider', firm, 'hang-ten-moi')
    const movedShop = await moveTo(product, 'business', shop, 'quan-ten-moi')
    for (const [path, slug] of [
      [`/providers/${firm.slug}`, `/providers/${movedFirm.slug}`],
      [`/businesses/${shop.slug}`, `/businesses/${movedShop.slug}`],
    ] as const) {
      const { status, headers } = await api.get(path)
      expect([status, headers.get('Location')]).toEqual([301, `/api/v1${slug}`])
      expect((await api.get(slug)).status).toBe(200)
    }
  })
})

describe('what is not for everybody', () => {
  test('a contact that waits for an introduction is in no answer', async () => {
    const firm = await addProvider(product, {
      name: { vi: 'Giữ Số Riêng Zyxqv' },
      services: [{ service: 'accounting', evidence: { vi: 'Phần mềm kế toán Zyxqv cho hộ kinh doanh.' } }],
      contacts: {
        phone: { value: '0912 345 678', visibility: 'introduced' },
        email: { value: 'rieng@zyxqv.example', visibility: 'introduced' },
        website: { value: 'https://zyxqv.example/', visibility: 'public' },
      },
    })
    const answers = await Promise.all([
      api.get(`/providers/${firm.slug}`),
      api.get('/providers?q=zyxqv'),
      api.get('/providers?q=rieng@zyxqv.example'),
      api.post('/match', { text: 'phần mềm kế toán Zyxqv, gọi 0912345678', limit: 100 }),
    ])
    expect(answers[0].body.contacts).toEqual({ website: 'https://zyxqv.example/' })
    for (const { body } of answers) expect(JSON.stringify(body)).not.toMatch(/rieng@|912345678|912 345 678/)
    expect((await api.get('/providers?q=0912345678')).body.results.map((r: { id: string }) => r.id)).not.toContain(
      firm.id,
    )
  })

  test('a contact of the demonstration firms that waits for an introduction is in no answer either', async () => {
    const firms = await stored<ProviderProfile>('provider')
    const hidden = firms.flatMap(({ slug, published }) =>
      Object.values(published?.contacts ?? {}).flatMap((c) =>
        c?.visibility === 'introduced' ? [[slug, c.value]] : [],
      ),
    )
    expect(hidden.length).toBeGreaterThan(0)
    for (const [slug, value] of hidden)
      expect(JSON.stringify((await api.get(`/providers/${slug}`)).body)).not.toContain(value)
  })

  test('a business that did not agree to be listed is in no list, count or answer', async () => {
    const businesses = await stored<BusinessProfile>('business')
    const unlisted = businesses.filter(({ published }) => published && !published.listed)
    const listed = await wholeList('businesses')
    expect(unlisted.length).toBeGreaterThan(0)
    expect(listed).toHaveLength(businesses.length - unlisted.length)
    for (const { id, slug, published } of unlisted) {
      expect(listed.map((one) => one.id)).not.toContain(id)
      expect((await api.get(`/businesses/${slug}`)).status).toBe(404)
      const name = published?.name.vi ?? ''
      const { body } = await api.get(`/businesses?q=${encodeURIComponent(name)}`)
      expect(JSON.stringify(body)).not.toContain(id)
    }
  })

  test('the business of an anonymous need is named by no answer', async () => {
    const businesses = new Map((await stored<BusinessProfile>('business')).map((one) => [one.id, one]))
    const needs = (await stored<NeedContent>('need')).filter((n) => n.published?.visibility === 'public')
    const anonymous = needs.filter(({ published }) => published?.anonymous && published.business)
    expect(anonymous.length).toBeGreaterThan(5)
    for (const { slug, published } of anonymous) {
      const business = businesses.get(published?.business ?? '')
      const { body } = await api.get(`/needs/${slug}`)
      expect([body.business, body.externalId]).toEqual([null, null])
      const text = JSON.stringify(body)
      for (const trace of [business?.id, business?.slug, business?.published?.name.vi, business?.externalId])
        if (trace) expect(text).not.toContain(trace)
    }
    for (const query of ['business=x', `business=${anonymous[0]?.published?.business}`])
      expect((await api.get(`/needs?${query}`)).status).toBe(422)
  })

  test('a need that only the park may see is in no answer', async () => {
    const hidden = (await stored<NeedContent>('need')).filter((n) => n.published && n.published.visibility !== 'public')
    const listed = (await wholeList('needs')).map(({ id }) => id)
    expect(hidden.length).toBeGreaterThan(0)
    for (const { id, slug } of hidden) {
      expect(listed).not.toContain(id)
      expect((await api.get(`/needs/${slug}`)).status).toBe(404)
    }
  })
})

test('nothing of all this was a fault of the product', () => expect(product.faults()).toEqual([]))
