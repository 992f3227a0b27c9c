import request from 'supertest'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { NeedContent } from '../../src/modules/needs/index.js'
import type { StoredRecord } from '../../src/platform/records/record.types.js'
import { newGuest, unescaped } from '../support/guest.js'
import { startTestProduct, type TestProduct } from '../support/product.js'

type Need = StoredRecord<NeedContent>

let product: TestProduct
/** The demonstration needs that everybody may see. */
let needs: Need[]

beforeAll(async () => {
  product = await startTestProduct({ demo: true, unlimited: true })
  needs = []
  for await (const need of product.core.records.each<NeedContent>('need')) {
    if (need.published?.visibility === 'public') needs.push(need)
  }
  // Ids are random; every run looks at the same needs.
  needs.sort((a, b) => String(a.externalId).localeCompare(String(b.externalId)))
})
afterAll(() => product.close())

const visitor = () => newGuest(product.url)
const read = async (path: string) => unescaped((await visitor().get(path)).text)
const slugsIn = (html: string) => Array.from(html.matchAll(/<h3><a href="\/needs\/([\w-]+)"/g), ([, slug]) => slug)
const withStatus = (status: string) => needs.filter((need) => need.status === status)
const one = (fits: (need: Need) => boolean): Need => {
  const found = needs.find(fits)
  if (!found) throw new Error('the demonstration data has no such need')
  return found
}

/** The address of the first demonstration need whose page is so. */
async function needWhosePage(isSo: (html: string) => boolean): Promise<string> {
  for (const { slug } of needs) if (isSo(await read(`/needs/${slug}`))) return slug
  throw new Error('no demonstration need has such a page')
}

describe('the list of needs', () => {
  it('shows the open ones first and says how many there are', async () => {
    const html = await read('/needs')
    expect(html).toContain(`${withStatus('published').length} nhu cầu đang mở`)
    expect(slugsIn(html)).toHaveLength(20)
  })

  it('shows the closed and the expired ones when asked, and says of each that it has ended', async () => {
    const closed = await read('/needs?state=closed')
    expect(slugsIn(closed).sort()).toEqual(
      withStatus('closed')
        .map((need) => need.slug)
        .sort(),
    )
    expect(closed.match(/<p class="aside">Đã đóng<\/p>/g)).toHaveLength(withStatus('closed').length)
    expect(await read('/needs?state=all')).toContain(`${needs.length} nhu cầu`)
  })

  it('narrows by service, sector and ward, and offers to drop each again', async () => {
    const html = await read('/needs?sector=rice&ward=31441')
    const fitting = withStatus('published').filter(
      (n) => n.published?.sector === 'rice' && n.published.ward === '31441',
    )
    expect(slugsIn(html).sort()).toEqual(fitting.map((need) => need.slug).sort())
    expect(fitting.length).toBeGreaterThan(0)
    expect(html).toContain('href="/needs?ward=31441"')
    expect(html).toContain('href="/needs?sector=rice"')
  })

  it('puts the nearest deadline first when asked, those without one last', async () => {
    const slugs = slugsIn(await read('/needs?sort=deadline'))
    const deadlines = slugs.map((slug) => one((n) => n.slug === slug).published?.deadline ?? '9999')
    expect(deadlines).toEqual([...deadlines].sort())
  })

  it('finds by words and marks them', async () => {
    const html = await read('/needs?q=tem+truy+xuat')
    expect(slugsIn(html).length).toBeGreaterThan(0)
    const rows = html.split('<h3><a href="/needs/').slice(1)
    expect(rows.filter((row) => !row.includes('<mark>'))).toEqual([])
  })

  it('helps on where nothing fits', async () => {
    const html = await read('/needs?q=zzqqxx&sector=rice')
    expect(html).toContain('Không thấy nhu cầu nào như vậy')
    expect(html).toContain('href="/needs/new?text=zzqqxx"')
    expect(html).toContain('href="/needs?q=zzqqxx"')
  })

  it.each([
    ['an unknown state', 'state=nonsense'],
    ['unknown terms', 'service=no-such-service&sector=&ward=00000'],
    ['an unknown order and a negative page', 'sort=up&page=-3'],
    ['a page beyond all numbers', 'page=99999999999999999999'],
    ['repeated parameters', 'page=1&page=2&state=open&state=closed'],
    ['operators', 'q[$gt]=&service[$ne]=1&__proto__[x]=1'],
    ['words of 20,000 letters', `q=${'a'.repeat(20_000)}`],
    ['null bytes and broken UTF-8', 'q=%00%FF%C3%28'],
    ['parameters that are not its own', 'business=anything&visibility=hidden&parkId=other'],
  ])('takes a query with %s without complaint', async (_, query) => {
    expect((await visitor().get(`/needs?${query}`)).status).toBe(200)
  })

  it('shows the last page to who asks for one behind it', async () => {
    const last = Math.ceil(withStatus('published').length / 20)
    const html = await read('/needs?page=400')
    expect(html).toContain(`aria-label="Trang ${last}" aria-current="page"`)
    expect(slugsIn(html).length).toBeGreaterThan(0)
  })

  it('gives htmx only what changes', async () => {
    const answer = await request(product.url).get('/needs?sector=rice').set('HX-Request', 'true')
    expect(answer.text).not.toContain('<html')
    expect(answer.text).toContain('id="facets" hx-swap-oob')
    expect(answer.headers['hx-push-url']).toBe('/needs?sector=rice')
  })

  it('speaks English under /en', async () => {
    expect(await read('/en/needs')).toContain(`${withStatus('published').length} open needs`)
  })

  it('starts no session and sets no cookie for a visitor who only reads', async () => {
    const guest = visitor()
    const slug = withStatus('published')[0]?.slug
    for (const path of ['/needs', `/needs/${slug}`, '/needs?sector=rice', '/en/needs']) {
      expect((await guest.get(path)).cookies, path).toEqual([])
    }
  })
})

describe('the page of a need', () => {
  it('tells all that the need says', async () => {
    const need = one(
      (n) =>
        (n.published?.mustHaves.length ?? 0) > 0 &&
        (n.published?.niceToHaves.length ?? 0) > 0 &&
        n.status === 'published',
    )
    const content = need.published
    const html = await read(`/needs/${need.slug}`)
    const told = [
      content?.title.vi,
      content?.outcome?.vi,
      ...(content?.mustHaves ?? []),
      ...(content?.niceToHaves ?? []),
    ]
    for (const words of told.filter(Boolean)) expect(html).toContain(words)
    expect(html).toContain((content?.problem.vi ?? '').split('\n')[0])
    expect(html).toContain('Dữ liệu minh họa')
  })

  it('ranks the firms that could do it, each with its reasons in words and as a bridge', async () => {
    const need = one((n) => n.published?.services.includes('traceability') === true && n.status === 'published')
    const html = await read(`/needs/${need.slug}`)
    const rows = html.split('<div class="row-head">').slice(1)
    expect(rows.length).toBeGreaterThan(0)
    expect(rows.length).toBeLessThanOrEqual(5)
    for (const row of rows) {
      expect(row).toMatch(/<a href="\/providers\/[\w-]+">/)
      expect(row).toContain('<svg class="bridge"')
      expect(row).toMatch(/<span class="sr">(Đáp ứng|Đáp ứng một phần|Chưa đáp ứng|Chưa rõ): <\/span>/)
    }
  })

  it('shows as many firms as it counts when all are asked for', async () => {
    const slug = await needWhosePage((html) => html.includes('?all=1#firms'))
    const html = await read(`/needs/${slug}?all=1`)
    const counted = Number(/id="firms">(\d+) doanh nghiệp có thể làm/.exec(html)?.[1])
    expect(counted).toBeGreaterThan(5)
    expect(html.split('<div class="row-head">')).toHaveLength(Math.min(counted, 20) + 1)
    expect(html).not.toContain('?all=1#firms')
  })

  it('says it honestly when nobody here does it, and leads to the demand of the market', async () => {
    const html = await read(
      `/needs/${await needWhosePage((page) => page.includes('Chưa có ai trong khu làm việc này'))}`,
    )
    expect(html).not.toMatch(/doanh nghiệp có thể làm/)
    expect(html).toContain('href="/demand"')
    expect(html).not.toContain('?all=1')
  })

  it('leads to the business that posted it under its name', async () => {
    const listed = new Map<string, string>()
    for await (const b of product.core.records.each<{ listed: boolean }>('business'))
      if (b.published?.listed) listed.set(b.id, b.slug)
    const need = one(
      (n) => !n.published?.anonymous && listed.has(n.published?.business ?? '') && n.status === 'published',
    )
    expect(await read(`/needs/${need.slug}`)).toContain(
      `href="/businesses/${listed.get(need.published?.business ?? '')}"`,
    )
  })

  it.each([
    ['closed', 'Nơi đăng không còn tìm người nữa'],
    ['expired', 'Hạn của nhu cầu này đã qua'],
  ])('says plainly that it is %s', async (status, words) => {
    const need = one((n) => n.status === status)
    expect(await read(`/needs/${need.slug}`)).toContain(words)
  })

  it('describes itself to search engines without a word that is not on the page', async () => {
    const need = one((n) => n.status === 'published' && Boolean(n.published?.deadline && n.published.title.vi))
    const html = (await visitor().get(`/needs/${need.slug}`)).text
    const data = JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/s.exec(html)?.[1] ?? '{}')
    expect(data).toMatchObject({
      '@type': 'Demand',
      name: need.published?.title.vi,
      availabilityEnds: need.published?.deadline,
    })
  })

  it('moves with its address: an old one redirects for good, an unknown one is not found', async () => {
    const need = one((n) => n.status === 'published')
    const [moved] = await product.core.change<NeedContent>({
      parkId: need.parkId,
      type: 'need',
      by: 'system:test',
      why: 'renamed',
      edits: [{ id: need.id, set: {}, slugFrom: `${need.slug} doi ten` }],
    })
    const answer = await visitor().get(`/en/needs/${need.slug}`)
    expect([answer.status, answer.location]).toEqual([301, `/en/needs/${moved?.slug}`])
    expect((await visitor().get('/needs/khong-co-nhu-cau-nay')).status).toBe(404)
  })

  it.each(['%00', '..%2f..%2fetc', '%F0%9F%92%A9', '$ne', '__proto__', 'constructor'])(
    'does not fail at the address %s',
    async (slug) => {
      expect((await visitor().get(`/needs/${slug}`)).status).toBeGreaterThanOrEqual(400)
      expect((await visitor().get(`/needs/${slug}`)).status).toBeLessThan(500)
    },
  )
})

describe('an anonymous need', () => {
  const anonymous = () => needs.filter((n) => n.published?.anonymous && n.source === 'demonstration')

  it('never leads back to its business, on its page or in the API', async () => {
    expect(anonymous().length).toBeGreaterThan(5)
    for (const need of anonymous()) {
      const business = await product.core.records.byId<{ name: { vi?: string; en?: string } }>(
        'business',
        need.published?.business ?? '',
      )
      if (!business) throw new Error('an anonymous demonstration need has a business')
      const telling = [
        business.id,
        business.slug,
        business.externalId,
        business.published?.name.vi,
        business.published?.name.en,
        need.externalId,
      ]
      const page = await visitor().get(`/needs/${need.slug}`)
      const api = await visitor().get(`/api/v1/needs/${need.slug}`)
      expect([page.status, api.status]).toEqual([200, 200])
      for (const word of telling.filter(Boolean)) {
        expect(unescaped(page.text)).not.toContain(word)
        expect(api.text).not.toContain(word)
      }
      expect(JSON.parse(api.text).business).toBeNull()
    }
  })

  it('is not found by its business: not on its page, not by a parameter, not in the search', async () => {
    for (const need of anonymous()) {
      const business = await product.core.records.byId<{ listed: boolean; name: { vi?: string } }>(
        'business',
        need.published?.business ?? '',
      )
      const page = await visitor().get(`/businesses/${business?.slug}`)
      expect(page.status).toBe(business?.published?.listed ? 200 : 404)
      expect(page.text).not.toContain(need.slug)
      const filtered = await visitor().get(`/api/v1/needs?business=${business?.id}`)
      expect(filtered.status).toBe(422)
      const byId = await product.core.needs.list({ kind: 'visitor' }, need.parkId, {
        selected: { business: [business?.id ?? ''] },
      })
      expect(byId.found.map(({ record }) => record.id)).not.toContain(need.id)
    }
  })

  it('is listed the same whatever business is asked for', async () => {
    const business = anonymous()[0]?.published?.business
    expect(slugsIn(await read(`/needs?business=${business}`))).toEqual(slugsIn(await read('/needs')))
  })
})

it('has answered everything so far without a fault', () => expect(product.faults()).toEqual([]))
