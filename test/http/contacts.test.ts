import { afterAll, beforeAll, expect, it } from 'vitest'
import { type ProviderProfile, providerProfile } from '../../src/modules/providers/index.js'
import { addPerson, signedIn } from '../support/accounts.js'
import { newGuest } from '../support/guest.js'
import { startTestProduct, type TestProduct } from '../support/product.js'

/** Contacts as somebody meets them who collects all firms, and as somebody who looks for one. */

const FIRMS = 500
/** What the product is started with. */
const AN_HOUR = 60
const A_DAY = 150

let product: TestProduct
let slugs: string[]
let now = new Date('2026-11-24T03:00:00Z')

beforeAll(async () => {
  product = await startTestProduct({ clock: () => now })
  slugs = await addFirms()
}, 300_000)
afterAll(async () => {
  expect(product.faults()).toEqual([])
  await product.close()
})

async function addFirms(): Promise<string[]> {
  const { core } = product
  const added: string[] = []
  for (let from = 0; from < FIRMS; from += 100) {
    const edits = Array.from({ length: 100 }, (_, i) => {
      const n = from + i
      const published = providerProfile.parse({
        name: { vi: `Công ty Số ${n}` },
        description: { vi: 'Làm phần mềm.' },
        park: { status: 'resident' },
        contacts: {
          email: { value: `lien-he-${n}@firm.example`, visibility: 'public' },
          phone: { value: '0912345678', visibility: n % 2 ? 'public' : 'introduced' },
        },
      })
      return { set: { published }, slugFrom: `cong-ty-so-${n}`, source: 'test' }
    })
    const records = await core.change<ProviderProfile>({
      ...{ parkId: core.park().id, type: 'provider', by: 'system:test', why: 'test', edits },
    })
    added.push(...records.map(({ slug }) => slug))
  }
  await core.indexing.caughtUp()
  return added
}

const read = async (path: string) => {
  const answer = await fetch(product.url + path)
  expect(answer.status).toBe(200)
  return answer.text()
}
const addresses = (text: string) => new Set(text.match(/lien-he-\d+@firm\.example/g))

it('lists, the answers of the matcher and the sitemap hold no contact', async () => {
  const paths = ['/providers', '/providers?q=phan+mem', '/match?text=can+lam+phan+mem+quan+ly', '/sitemap.xml', '/']
  for (const path of [...paths, '/api/v1/providers?limit=100', '/api/v1/providers?q=phan+mem'])
    expect(await read(path), path).not.toMatch(/firm\.example|tel:|\+84912/)
})

it('somebody who collects every firm gets the contacts of sixty an hour, whichever way, and a person still sees twenty', async () => {
  const got = new Set<string>()
  for (const [i, slug] of slugs.entries()) {
    const text = await read(i % 2 ? `/providers/${slug}` : `/api/v1/providers/${slug}`)
    for (const address of addresses(text)) got.add(address)
    // Structured data goes the same way as the page.
    if (!addresses(text).size) expect(text).not.toContain('+84912345678')
  }
  expect(got.size).toBe(AN_HOUR)

  const closed = await read(`/providers/${slugs.at(-1)}`)
  expect(closed).toContain('Để không ai gom hàng loạt')
  expect(closed).toContain('xem lại sau một giờ')
  expect(JSON.parse(await read(`/api/v1/providers/${slugs.at(-1)}`))).toMatchObject({
    contacts: {},
    contactsWithheld: true,
  })

  const person = await signedIn(product, await addPerson(product))
  for (const slug of slugs.slice(-20)) expect(addresses((await person.get(`/providers/${slug}`)).text).size).toBe(1)
}, 300_000)

it('in a day he gets no more than a day’s share', async () => {
  const got = new Set<string>()
  for (let hour = 0; hour < 6; hour++) {
    now = new Date(now.getTime() + 61 * 60_000)
    for (const slug of slugs.slice(hour * 70, hour * 70 + 70))
      for (const address of addresses((await newGuest(product.url).get(`/api/v1/providers/${slug}`)).text))
        got.add(address)
  }
  expect(got.size).toBeLessThanOrEqual(A_DAY)
}, 300_000)
