import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { matchAnswer } from '../../src/modules/matching/index.js'
import type { ProviderProfile } from '../../src/modules/providers/index.js'
import { type Api, newApi } from '../support/api.js'
import { mainOf, textOf, textsIn } from '../support/html.js'
import { startTestProduct, type TestProduct } from '../support/product.js'

let product: TestProduct
let api: Api
/** All texts of each demonstration firm, as they stand in its record. */
const words = new Map<string, string>()

beforeAll(async () => {
  product = await startTestProduct({ demo: true, unlimited: true })
  api = newApi(product.url)
  for await (const { id, published } of product.core.records.each<ProviderProfile>('provider'))
    words.set(id, stringsIn(published).join('\n'))
})

afterAll(() => product.close())

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : []
}

async function match(body: object, headers?: Record<string, string>) {
  const answer = await api.post('/match', body, headers)
  expect(answer.status).toBe(200)
  expect(matchAnswer.strict().parse(answer.body)).toEqual(answer.body)
  return matchAnswer.parse(answer.body)
}

const SHOP =
  'Tiệm tạp hóa ở Vị Thanh, cuối ngày cộng sổ hay lệch, cần phần mềm bán hàng, kinh phí dưới 20 triệu, tới tận nơi cài'
const DEMANDS = [
  SHOP,
  'htx trái cây cần tem truy xuất nguồn gốc, siêu thị đòi quét mã',
  'can pm ke toan va hddt cho hkd',
  'We need an accounting system for a small rice mill, budget 50 million dong',
  'Trại tôm cần cảm biến đo oxy báo về điện thoại ban đêm',
  'làm website bán hàng cho nhà vườn',
]

describe('POST match', () => {
  test('says what it understood: the work, the place, the money, and whether somebody must come', async () => {
    const { understood, nobody } = await match({ text: SHOP })
    expect(nobody).toBe(false)
    expect(understood.services[0]).toMatchObject({ id: 'pos', name: expect.any(String) })
    expect(understood).toMatchObject({
      language: 'vi',
      budget: { min: null, max: 20_000_000 },
      ward: { code: '31321', name: 'Phường Vị Thanh' },
      onSite: true,
    })
    for (const { confidence } of [...understood.services, ...understood.sectors]) {
      expect(confidence).toBeGreaterThan(0)
      expect(confidence).toBeLessThanOrEqual(1)
    }
  })

  test.each(DEMANDS)('ranks firms by score, each with weighed reasons: %s', async (text) => {
    const { results, nobody } = await match({ text })
    expect(nobody).toBe(false)
    expect(results.length).toBeGreaterThan(0)
    const { nearTie, variety } = product.core.weights().spread
    let lowest = 1
    for (const { score } of results) {
      // A firm may pass others whose scores are hardly higher.
      expect(score).toBeLessThan(lowest + nearTie + variety)
      lowest = Math.min(lowest, score)
    }
    for (const { provider, reasons } of results) {
      expect(words.has(provider.id)).toBe(true)
      expect(new Set(reasons.map(({ evidence }) => evidence)).size).toBe(reasons.length)
      for (const reason of reasons) {
        expect(reason.weight).toBeGreaterThan(0)
        expect(reason.evidence).toMatch(/\S/)
      }
    }
  })

  test.each(DEMANDS)(
    "quotes every firm that does the work in the firm's own words, to the letter: %s",
    async (text) => {
      const { results } = await match({ text, limit: 100 })
      const fitting = results.filter(({ reasons }) =>
        reasons.some((r) => r.criterion === 'service' && r.status === 'met'),
      )
      expect(fitting.length).toBeGreaterThan(0)
      for (const { provider, reasons } of fitting) {
        const quoted = reasons.filter(({ status, quote }) => status === 'met' && quote !== null)
        expect(quoted.length, provider.slug).toBeGreaterThan(0)
      }
      for (const { provider, reasons } of results)
        for (const { quote, evidence } of reasons) {
          if (quote === null) continue
          const whole = quote.replace(/^…\s*|\s*…$/g, '')
          expect(words.get(provider.id), provider.slug).toContain(whole)
          expect(evidence).toContain(quote)
        }
    },
  )

  test('says that nobody here does it where that is so, and names the nearest all the same', async () => {
    const { nobody, vague, results } = await match({ text: 'cần quét 3D tượng cổ trong chùa' })
    expect({ nobody, vague }).toEqual({ nobody: true, vague: false })
    for (const { reasons } of results)
      expect(reasons.filter((r) => r.criterion === 'service' && r.status === 'met')).toEqual([])
  })

  test('says that it was told too little, and counts no demand for that', async () => {
    const misses = async () => {
      const rows = await product.core.db.collection('misses').find().toArray()
      return rows.reduce((sum, { count }) => sum + count, 0)
    }
    const before = await misses()
    for (const text of ['Vị Thanh', 'khóm', 'xin chào']) {
      const { nobody, vague } = await match({ text })
      expect({ nobody, vague }, text).toEqual({ nobody: true, vague: true })
    }
    expect(await misses()).toBe(before)
    await match({ text: 'cần thuê luật sư kiện đòi nợ' })
    expect(await misses()).toBe(before + 1)
    expect(await match({ text: SHOP })).toMatchObject({ nobody: false, vague: false })
  })

  test('takes what the fields say before what the words say', async () => {
    const { understood } = await match({
      text: SHOP,
      sector: 'fruit',
      ward: '31441',
      budget: { min: 1_000_000, max: 5_000_000 },
    })
    expect(understood.sectors.map(({ id }) => id)).toEqual(['fruit'])
    expect(understood).toMatchObject({ ward: { code: '31441' }, budget: { min: 1_000_000, max: 5_000_000 } })
  })

  test('says of a budget what is met, unmet and not known', async () => {
    const statuses = async (max: number) => {
      const { results } = await match({ text: 'phần mềm kế toán', budget: { max }, limit: 100 })
      return new Set(
        results.flatMap(({ reasons }) => reasons.filter((r) => r.criterion === 'budget').map((r) => r.status)),
      )
    }
    expect(await statuses(1_000)).not.toContain('met')
    expect(await statuses(10_000_000_000)).toContain('met')
  })

  test('gives as many firms as asked for, the first of the longer list', async () => {
    const slugs = async (limit?: number) =>
      (await match({ text: SHOP, ...(limit && { limit }) })).results.map(({ provider }) => provider.slug)
    const [one, ten, many] = [await slugs(1), await slugs(), await slugs(100)]
    expect([one.length, ten.length]).toEqual([1, 10])
    expect(many.slice(0, 10)).toEqual(ten)
    expect(many.slice(0, 1)).toEqual(one)
    expect(new Set(many).size).toBe(many.length)
  })

  test('leaves out what the need says it does not want', async () => {
    const { understood } = await match({ text: 'cần phần mềm bán hàng cho tiệm tạp hóa, không cần website' })
    expect(understood.negated.map(({ id }) => id)).toContain('website')
    expect(understood.services.map(({ id }) => id)).not.toContain('website')
  })

  test('speaks the language of Accept-Language in names and reasons', async () => {
    const [vi, en] = [await match({ text: SHOP }), await match({ text: SHOP }, { 'Accept-Language': 'en' })]
    expect(en.understood.services.map(({ id }) => id)).toEqual(vi.understood.services.map(({ id }) => id))
    expect(en.understood.services[0]?.name).not.toBe(vi.understood.services[0]?.name)
    expect(en.results[0]?.reasons[0]?.evidence).not.toBe(vi.results[0]?.reasons[0]?.evidence)
    expect(en.results.map(({ provider }) => provider.slug)).toEqual(vi.results.map(({ provider }) => provider.slug))
  })

  test('answers the same to the same question', async () => {
    expect(await match({ text: SHOP })).toEqual(await match({ text: SHOP }))
  })

  test('answers in the order of the page, which leaves out who does none of it', async () => {
    const { results } = await match({ text: SHOP, limit: 100 })
    const html = await (await fetch(`${product.url}/match?text=${encodeURIComponent(SHOP)}`)).text()
    const shown = textsIn(html.slice(html.indexOf('<ul class="rows')), 'h3')
    expect(shown.length).toBeGreaterThan(1)
    const names = results.map(({ provider }) => provider.name)
    expect(shown).toEqual(names.filter((name) => shown.includes(name)))
  })

  test('reads the longest text it takes', async () => {
    const text = `${SHOP}. `.repeat(50).slice(0, 4_000)
    expect((await match({ text })).results.length).toBeGreaterThan(0)
  })

  test('sets no cookie and changes no record', async () => {
    const before = await product.core.records.lastSeq()
    const { headers } = await api.post('/match', { text: SHOP }, { Cookie: 'sid=s%3Aforged.signature' })
    expect(headers.get('Set-Cookie')).toBeNull()
    expect(await product.core.records.lastSeq()).toBe(before)
  })
})

describe('the page of the matcher', () => {
  const page = async (query: string) => {
    const response = await fetch(`${product.url}/match?${query}`)
    return { status: response.status, html: await response.text() }
  }

  test('says honestly that nobody here does it', async () => {
    const { html } = await page(`text=${encodeURIComponent('cần quét 3D tượng cổ trong chùa')}`)
    expect(textOf(mainOf(html))).toContain('Chưa ai trong khu làm việc này')
  })

  test('asks for more words where it was told a place alone, and shows no firm', async () => {
    const { html } = await page(`text=${encodeURIComponent('Vị Thanh')}`)
    expect(textOf(mainOf(html))).toContain('Anh chị kể thêm một chút')
    expect(textOf(mainOf(html))).not.toContain('Chưa ai trong khu làm việc này')
    expect(html).not.toContain('<ul class="rows')
  })

  test.each([
    'text=',
    'text=%20%00',
    'drop=service:pos',
    'text=a&drop=__proto__&add=constructor&ward=00000&all=2',
    `text=a&${'add=service:pos&'.repeat(200)}`,
    `text=a&add=service:${'x'.repeat(500)}`,
    'text=a&text=b',
    'text[]=a&add[$gt]=',
    'text=a&add=service:constructor&drop=sector:__proto__',
  ])('takes %s', async (query) => {
    expect((await page(query)).status).toBe(200)
  })

  test('gives a text back that is too long to read, and says so', async () => {
    const { status, html } = await page(`text=${'a'.repeat(4_001)}`)
    expect(status).toBe(422)
    expect(html).toContain('a'.repeat(4_000))
  })
})

test('nothing of all this was a fault of the product', () => expect(product.faults()).toEqual([]))
