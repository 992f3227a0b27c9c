import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { canonicalOf, linksIn, mainOf, textOf, textsIn } from '../support/html.js'
import { addProvider, moveTo } from '../support/listings.js'
import { startTestProduct, type TestProduct } from '../support/product.js'

// 25 November in the park, still the 24th in UTC.
const NOW = new Date('2026-11-24T18:00:00Z')

let product: TestProduct

beforeAll(async () => {
  product = await startTestProduct({ demo: true, clock: () => NOW })
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

/** The words of one firm's row. */
function rowOf(html: string, name: string): string {
  const row = html.split('<div class="row-head">').find((part) => textsIn(part, 'h3')[0] === name)
  if (row === undefined) throw new Error(`there is no row for ${name}`)
  return textOf(row.slice(0, row.indexOf('</li>\n<li>')))
}

describe('the list of firms', () => {
  test('shows twenty a page, each firm on one page only', async () => {
    const pages = await Promise.all([1, 2, 3, 4].map((page) => get(`/providers?page=${page}`)))
    const names = pages.flatMap(({ html }) => namesIn(html))
    expect(pages.map(({ html }) => namesIn(html).length)).toEqual([20, 20, 20, countOf(pages[0]?.html ?? '') - 60])
    expect(new Set(names).size).toBe(names.length)
  })

  test('beyond the last page shows the last one', async () => {
    const [last, beyond] = await Promise.all([get('/providers?page=4'), get('/providers?page=999')])
    expect(namesIn(beyond.html)).toEqual(namesIn(last.html))
  })

  test.each([
    'page=-1',
    'page=abc&page=2x',
    'page=99999999999999999999',
    'sort=price',
    'service=no-such-service',
    'service=%27%3B%20drop&service[$ne]=x',
    'ward=00000&ward=abc',
    'status=elsewhere',
    'language=zz&language=ENGLISH',
    'size=huge',
    'literal=yes',
    '__proto__=x&constructor=y&unknown=z',
    'q=',
    'q=%20%20',
  ])('takes %s for a parameter not given', async (query) => {
    const [plain, odd] = await Promise.all([get('/providers'), get(`/providers?${query}`)])
    expect(odd.status).toBe(200)
    expect(namesIn(odd.html)).toEqual(namesIn(plain.html))
  })

  test('survives words of any length and kind', async () => {
    for (const q of ['x'.repeat(5000), '<script>alert(1)</script>', '\u202e\u0000', '$gt {} .*+?^', '"\'`']) {
      const { status, html } = await get(`/providers?q=${encodeURIComponent(q)}`)
      expect(status).toBe(200)
      expect(html).not.toContain('<script>alert')
    }
  })

  test('says how it read an abbreviation, and searches for the very words on request', async () => {
    const { html } = await get('/providers?q=pm+ke+toan')
    expect(textOf(mainOf(html))).toContain('Đang tìm “phần mềm kế toán” . Tìm đúng chữ “pm ke toan”')
    const literal = linksIn(html).find(({ text }) => text.startsWith('Tìm đúng chữ'))
    expect(literal?.href).toBe('/providers?q=pm+ke+toan&literal=1')
    const asTyped = await get(literal?.href ?? '')
    expect(textOf(mainOf(asTyped.html))).not.toContain('Hiểu là')
    expect(linksIn(asTyped.html).map(({ href }) => href)).toContain('/providers?q=pm+ke+toan')
  })

  test('narrows by several values, offers each chosen one as a chip that removes it, and keeps the others on offer', async () => {
    const [plain, accounting, both] = await Promise.all([
      get('/providers'),
      get('/providers?service=accounting'),
      get('/providers?service=accounting&service=pos&sector=retail'),
    ])
    expect(countOf(accounting.html)).toBeLessThan(countOf(plain.html))
    const removals = linksIn(both.html).filter(({ text }) => text.startsWith('Bỏ '))
    expect(removals.map(({ href }) => href)).toEqual([
      '/providers?service=pos&sector=retail',
      '/providers?service=accounting&sector=retail',
      '/providers?service=accounting&service=pos',
      '/providers',
    ])
    expect(textOf(both.html)).toContain('Lọc · 3')
    expect(accounting.html).toMatch(/id="service-accounting"[^>]*checked/)
    expect(accounting.html).toContain('id="service-pos"')
  })

  test('counts beside each value what choosing it would leave', async () => {
    const { html } = await get('/providers')
    const counted = /id="service-accounting".*?<span class="num muted">(\d+)</s.exec(html)?.[1]
    expect(countOf((await get('/providers?service=accounting')).html)).toBe(Number(counted))
  })

  test('sorts by name when asked to, and keeps words, filters and order in the links to its pages', async () => {
    const { html } = await get('/providers?q=phan+mem&status=resident&sort=name')
    const next = linksIn(html).find(({ text }) => text === 'Trang sau')
    expect(next?.href).toBe('/providers?q=phan+mem&status=resident&sort=name&page=2')
    const all = [...namesIn(html), ...namesIn((await get(next?.href ?? '')).html)]
    expect(all).toEqual([...all].sort((a, b) => a.localeCompare(b, 'vi')))
  })

  test('marks the words in the first lines of a firm', async () => {
    const { html } = await get('/providers?q=ke+toan')
    expect(html).toMatch(/<mark>[Kk]ế toán<\/mark>/)
  })

  test('quotes the passage that a firm was found by when its first lines do not hold the words', async () => {
    const quiet = { name: { vi: 'Lặng Thinh' }, tagline: { vi: 'Làm việc nhỏ' } }
    const told = {
      client: { vi: 'Trại nấm' },
      problem: { vi: 'Trại nấm linh chi bị mốc xanh phủ.' },
      result: { vi: 'Hết mốc.' },
    }
    await addProvider(product, { ...quiet, cases: [told] })
    const { html } = await get('/providers?q=m%E1%BB%91c+xanh')
    const row = html.slice(html.indexOf('Lặng Thinh'))
    expect(row).toContain('“Trại nấm linh chi bị <mark>mốc xanh</mark> phủ.”')
  })

  test('shows an offer as long as its last day lasts in the park', async () => {
    const offer = { kind: 'trial' as const, title: { vi: 'Thử' }, days: 45, from: '2026-01-01' }
    await addProvider(product, { name: { vi: 'Còn Hạn Hôm Nay' }, offers: [{ ...offer, until: '2026-11-25' }] })
    await addProvider(product, { name: { vi: 'Hết Hạn Hôm Qua' }, offers: [{ ...offer, until: '2026-11-24' }] })
    const [valid, over] = await Promise.all([get('/providers?q=Còn+Hạn+Hôm+Nay'), get('/providers?q=Hết+Hạn+Hôm+Qua')])
    expect(rowOf(valid.html, 'Còn Hạn Hôm Nay')).toContain('Dùng thử 45 ngày, nhận đến 25/11/2026')
    expect(rowOf(over.html, 'Hết Hạn Hôm Qua')).not.toContain('Dùng thử')
  })

  test('helps on where the filters leave nothing: without them, to the matcher, to posting the need', async () => {
    const { html } = await get('/providers?q=ke+toan&service=drone&size=large')
    const links = linksIn(html.slice(html.indexOf('class="empty"')))
    const hrefs = links.map(({ href }) => href)
    expect(hrefs[0]).toBe('/providers?q=ke+toan')
    expect(hrefs).toEqual(expect.arrayContaining(['/match?text=ke+toan', '/needs/new?text=ke+toan']))
    const count = countOf((await get('/providers?q=ke+toan')).html)
    expect(links[0]?.text).toBe(`Bỏ hết điều kiện lọc: ${count} doanh nghiệp`)
  })

  test('does not offer to remove filters where nothing would come of it', async () => {
    const { html } = await get('/providers?q=xyzzyqwv&service=accounting')
    const [withoutWords, next] = linksIn(html.slice(html.indexOf('class="empty"')))
    expect([withoutWords?.href, next?.href]).toEqual(['/providers?service=accounting', '/match?text=xyzzyqwv'])
  })

  test('sends htmx the changing parts alone, with the clean address for the history', async () => {
    const { html, headers } = await get('/en/providers?q=&service=accounting&sort=', { 'HX-Request': 'true' })
    expect(headers.get('HX-Push-Url')).toBe('/en/providers?service=accounting')
    expect(html).not.toContain('<html')
    expect(html).toContain('id="facets" hx-swap-oob="innerHTML"')
    const whole = await get('/en/providers?service=accounting')
    expect(namesIn(whole.html)).toEqual(textsIn(html, 'h3'))
    expect(whole.headers.get('HX-Push-Url')).toBeNull()
  })

  test('keeps search engines to the plain list', async () => {
    const [plain, second, found] = await Promise.all([
      get('/providers'),
      get('/providers?page=2'),
      get('/providers?q=erp'),
    ])
    expect(plain.html).not.toContain('noindex')
    expect(canonicalOf(second.html)).toBe('http://127.0.0.1:3000/providers?page=2')
    expect(found.html).toContain('<meta name="robots" content="noindex">')
  })

  test('starts no session for a visitor who only reads', async () => {
    const { headers } = await get('/providers?q=erp')
    expect(headers.get('set-cookie')).toBeNull()
  })
})

describe('the page of a firm', () => {
  test('says what is not known instead of leaving it out', async () => {
    const { slug } = await addProvider(product, {
      name: { vi: 'Kín Tiếng' },
      services: [{ service: 'accounting' }],
    })
    const { html } = await get(`/providers/${slug}`)
    const text = textOf(mainOf(html))
    expect(text).toContain('Phần mềm kế toán Giá lần đầu chưa ghi Từ lúc đặt đến lúc dùng chưa ghi')
    expect(text).toContain('Tới tận nơi chưa ghi Làm từ xa chưa ghi')
    expect(text).toContain('Chưa ghi việc nào đã làm.')
    expect(text).toContain('Xem lại lần cuối chưa ghi')
    expect(text).not.toContain('Dữ liệu minh họa')
  })

  test('shows prices, weeks, offers with the running ones first, cases and places', async () => {
    const offer = { kind: 'discount' as const, percent: 20, until: '2027-12-31' }
    const { slug } = await addProvider(product, {
      name: { vi: 'Đủ Điều' },
      services: [
        { service: 'pos', price: { min: 3_000_000, max: 12_000_000 }, deliveryWeeks: { min: 1, max: 2 } },
        { service: 'crm', price: { min: 5_000_000 }, deliveryWeeks: { min: 4, max: 4 } },
      ],
      offers: [
        { ...offer, title: { vi: 'Ưu đãi sắp tới' }, from: '2027-01-01' },
        { ...offer, title: { vi: 'Ưu đãi đang có' }, from: '2026-01-01' },
        { ...offer, title: { vi: 'Ưu đãi đã qua' }, from: '2025-01-01', until: '2026-11-24' },
      ],
      cases: [{ client: { vi: 'Quán bún' }, problem: { vi: 'Sổ lem.' }, result: { vi: 'Hết lem.' }, year: 2025 }],
      provinces: ['92'],
      remote: false,
      onSite: true,
    })
    const text = textOf(mainOf((await get(`/providers/${slug}`)).html))
    expect(text).toContain('3 đến 12 triệu đồng Từ lúc đặt đến lúc dùng 1 đến 2 tuần')
    expect(text).toContain('từ 5 triệu đồng Từ lúc đặt đến lúc dùng khoảng 4 tuần')
    expect(text.indexOf('Ưu đãi đang có')).toBeLessThan(text.indexOf('Ưu đãi sắp tới'))
    expect(text).toContain('Bắt đầu từ 01/01/2027')
    expect(text).not.toContain('Ưu đãi đã qua')
    expect(text).toContain('Quán bún 2025 Lúc đầu vướng: Sổ lem. Làm xong thì: Hết lem.')
    expect(text).toContain('Nơi tới làm Thành phố Cần Thơ Tới tận nơi có Làm từ xa không')
  })

  test('keeps a contact that is not for everybody out of the whole page source', async () => {
    const { slug } = await addProvider(product, {
      name: { vi: 'Giữ Kẽ' },
      contacts: {
        phone: { value: '0912 345 678', visibility: 'introduced' },
        email: { value: 'rieng@giuke.example', visibility: 'introduced' },
        website: { value: 'https://giuke.example/', visibility: 'public' },
      },
    })
    const { html } = await get(`/providers/${slug}`)
    expect(html).not.toMatch(/rieng@|912345678|912 345 678/)
    expect(linksIn(html).map(({ href }) => href)).toContain('https://giuke.example/')
    expect(textOf(html)).toContain('Điện thoại mở khi hai bên đồng ý gặp nhau')
  })

  test('describes the firm to search engines under its one address in each language', async () => {
    const { slug } = await addProvider(product, {
      name: { vi: 'Công ty </script><b>Lạ' },
      tradeName: 'Lạ Đời',
      founded: 2019,
      contacts: { phone: { value: '0292 3123 456', visibility: 'public' } },
    })
    const { html } = await get(`/en/providers/${slug}`)
    const data = JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/s.exec(html)?.[1] ?? '{}')
    expect(data).toMatchObject({
      '@type': 'Organization',
      name: 'Lạ Đời',
      legalName: 'Công ty </script><b>Lạ',
      url: `http://127.0.0.1:3000/en/providers/${slug}`,
      foundingDate: '2019',
      telephone: '+842923123456',
    })
    expect(html).not.toContain('<b>Lạ')
    expect(canonicalOf(html)).toBe(`http://127.0.0.1:3000/en/providers/${slug}`)
    expect(html).toContain(`hreflang="vi" href="http://127.0.0.1:3000/providers/${slug}"`)
  })

  test('marks texts that are there in the other language only', async () => {
    const { slug } = await addProvider(product, {
      name: { vi: 'Chỉ Tiếng Việt' },
      tagline: { vi: 'Nói tiếng Việt thôi' },
    })
    expect((await get(`/en/providers/${slug}`)).html).toContain('<span lang="vi">Nói tiếng Việt thôi</span>')
    expect((await get(`/providers/${slug}`)).html).not.toContain('<span lang="vi">')
  })

  test('leads from an old address to the present one in the language of the reader', async () => {
    const old = await addProvider(product, { name: { vi: 'Tên Cũ' } })
    const { slug } = await moveTo(product, 'provider', old, 'Tên Mới')
    const moved = await get(`/en/providers/${old.slug}`)
    expect([moved.status, moved.headers.get('location')]).toEqual([301, `/en/providers/${slug}`])
    expect((await get(`/providers/${old.slug}`)).headers.get('location')).toBe('/providers/ten-moi')
  })

  test('offers similar firms, never the firm itself, and marks demonstration data', async () => {
    const { html } = await get('/providers/bong-sung')
    const similar = textsIn(html.slice(html.indexOf('id="similar"')), 'h3')
    expect(similar).toHaveLength(5)
    expect(similar).not.toContain('Bông Súng')
    expect(textOf(html)).toContain('Dữ liệu minh họa')
  })

  test('warns of an entry whose review is overdue', async () => {
    const { slug } = await addProvider(product, { name: { vi: 'Lâu Rồi' }, expires: '2026-11-24' })
    expect(textOf((await get(`/providers/${slug}`)).html)).toContain('quá hạn xem lại từ 24/11/2026')
  })

  test('answers 404 for an address that no firm has or had', async () => {
    const slugs = ['khong-co', 'BONG-SUNG', '%24gt', 'a'.repeat(2000)]
    const answers = await Promise.all(slugs.map((slug) => get(`/providers/${slug}`)))
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404])
  })
})

test('nothing of all this was a fault of the product', () => {
  expect(product.faults()).toEqual([])
})
