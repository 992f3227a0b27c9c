import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { countsTable, fuzz } from '../support/fuzzing.js'
import { formOf, newGuest } from '../support/guest.js'
import { attackPayloads, naughtyStrings } from '../support/hostile-strings.js'
import { shapesOfTemplates } from '../support/known-shapes.js'
import { shapesIn } from '../support/markup.js'
import { startTestProduct, type TestProduct } from '../support/product.js'
import { apiFields, formFields, pageFields } from '../support/product-fields.js'

const strings = naughtyStrings()
const payloads = attackPayloads()

/** Payloads of one class that are sent; the rest is more of the same. */
const MOST_OF_A_CLASS = 20

let product: TestProduct
let known: Set<string>

beforeAll(async () => {
  if (!strings && !payloads) return
  product = await startTestProduct({ demo: true, unlimited: true })
  known = new Set([...shapesOfTemplates(), ...(await shapesOfOrdinaryPages())])
})

afterAll(() => product?.close())

/** The markup that the product's pages have when nobody means harm; from them all else is told. */
async function shapesOfOrdinaryPages(): Promise<Set<string>> {
  const guest = newGuest(product.url)
  const q = 'ke+toan'
  const paths = [
    '/',
    '/providers',
    '/providers?q=pm+ke+toan',
    '/providers?q=zzqq',
    `/providers?q=${q}&service=drone`,
    '/providers?page=2',
    '/providers?q=kt&literal=1',
    '/providers?service=accounting&sort=name',
    '/businesses',
    '/businesses?q=zzqq',
    '/businesses?page=2',
    `/businesses?q=${q}&sector=rice`,
    '/businesses?sector=rice',
    '/needs',
    '/needs?q=tem',
    '/needs?q=zzqq',
    '/needs?page=2',
    '/needs?state=all&sector=rice',
    '/match',
    `/match?text=${q}`,
    `/match?text=${q}&drop=service:accounting&add=service:pos`,
    '/match?text=scan+3D',
    '/match?text=zzqq',
    `/match?text=${'a'.repeat(4001)}`,
    '/match?text=khong+can+website',
    '/needs/new',
    '/needs/new?text=abc&sector=rice',
    '/demand',
    '/about',
    '/nothing',
    '/my-need/x',
    '/%00',
  ]
  const shapes = new Set<string>()
  const look = ({ text }: { text: string }) => {
    for (const shape of shapesIn(text)) shapes.add(shape)
  }
  for (const path of paths.flatMap((one) => [one, `/en${one === '/' ? '' : one}`])) look(await guest.get(path))
  for (const path of ['/en/providers?q=zzqq', '/en/providers?q=erp']) look(await inParts(path))
  const first = await guest.get('/needs/new')
  look(await guest.post('/needs/new', { problem: 'ngắn' }))
  const second = await guest.get(
    (await guest.submit(first, { problem: 'Vựa mít cần phần mềm kế toán dưới 20 triệu' })).location,
  )
  const details = formOf(second.text).action
  look(second)
  const wrong = Object.fromEntries(
    ['services', 'sector', 'ward', 'budget', 'deadline', 'onSite', 'nonsense'].map((name) => [name, 'wrong']),
  )
  look(
    await guest.post(details, {
      ...wrong,
      outcome: 'a'.repeat(700),
      tools: 'a'.repeat(400),
      mustHaves: 'a'.repeat(2500),
    }),
  )
  const right = {
    outcome: 'Hết lệch',
    tools: 'sổ, Zalo',
    mustHaves: 'tiếng Việt\nrẻ',
    sector: 'fruit',
    ward: '31441',
    onSite: 'yes',
  }
  const third = await guest.get((await guest.post(details, right)).location)
  look(third)
  look(await guest.submit(third, { title: '', email: 'x', name: 'a'.repeat(200) }))
  const contact = { title: 'Sổ hay lệch', email: 'a@b.example', consent: 'on' }
  const page = await guest.get((await guest.submit(third, contact)).location)
  look(page)
  look(await guest.get(`${formOf(page.text).action.replace('/withdraw', '')}?all=1`))
  return shapes
}

/** What htmx is sent of a page. */
async function inParts(path: string) {
  const response = await fetch(product.url + path, { headers: { 'HX-Request': 'true' } })
  return { text: await response.text() }
}

describe.skipIf(!strings)('naughty strings', () => {
  test('go through every field of every page, form and call: none is a fault, each is read, and all that is printed stays text', async () => {
    const fields = [...pageFields(product.url), ...(await formFields(product.url)), ...apiFields(product.url)]
    const result = await fuzz(fields, strings ?? [], { known })
    console.log(countsTable(result))
    expect(result.faults).toEqual([])
    expect([...result.counts.keys()].sort()).toEqual(fields.map(({ name }) => name).sort())
    expect(product.faults()).toEqual([])
  }, 300_000)
})

describe.skipIf(!payloads)('attack payloads', () => {
  test('of every class do nothing in the boxes that take any text', async () => {
    const boxes = new Set(['page providers q', 'page match text', 'api match text'])
    const lines = Object.values(payloads ?? {}).flatMap((of) => of.slice(0, MOST_OF_A_CLASS))
    const fields = [...pageFields(product.url), ...apiFields(product.url)]
      .filter(({ name }) => boxes.has(name))
      .map((field) => ({ ...field, every: 3 }))
    const result = await fuzz(fields, lines, { known })
    console.log(countsTable(result))
    expect(result.faults).toEqual([])
    expect(product.faults()).toEqual([])
  }, 300_000)
})
