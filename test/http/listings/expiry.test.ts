import { afterAll, beforeAll, expect, test } from 'vitest'
import { mailingOf } from '../../../src/composition.js'
import { expireListings } from '../../../src/modules/listings/index.js'
import { addPerson, signedIn } from '../../support/accounts.js'
import { newGuest } from '../../support/guest.js'
import { mainOf, textOf } from '../../support/html.js'
import { addProvider } from '../../support/listings.js'
import { mailsTo } from '../../support/mails.js'
import { startTestProduct, type TestProduct } from '../../support/product.js'

/** Listings that have to be confirmed, suspended ones that say why, and the park's choice. */

let product: TestProduct
let now = new Date('2026-11-26T02:00:00Z')

beforeAll(async () => {
  product = await startTestProduct({ unlimited: true, clock: () => now })
})

afterAll(async () => {
  expect(product.faults()).toEqual([])
  await product.close()
})

const run = () => expireListings({ ...product.core, ...mailingOf(product.core, () => {}) }, product.core.park())
const status = async (slug: string) => (await newGuest(product.url).get(`/providers/${slug}`)).status

async function firmUntil(expiresOn: string, name: string) {
  const { core } = product
  const record = await addProvider(product, { name: { vi: name } })
  const edits = [{ id: record.id, set: { expiresOn } }]
  await core.change({ parkId: core.park().id, type: 'provider', by: 'system:test', why: 'test', edits })
  return record
}

test('owners are reminded a month and a week before, once each; then the listing leaves until one click renews it', async () => {
  const { core } = product
  const record = await firmUntil('2026-12-20', 'Công ty Cây Dương')
  const member = { memberships: [{ type: 'provider' as const, organisation: record.id, role: 'owner' as const }] }
  const owner = await addPerson(product, { lang: 'en', ...member })
  const subjects = async () => (await mailsTo(product, owner.email)).map(({ subject }) => subject)
  await run()
  await run()
  expect(await subjects()).toEqual(['Công ty Cây Dương: please confirm the listing before 20 Dec 2026'])
  expect(await core.cases.latest(record.id, ['expiry'])).toBeNull()
  now = new Date('2026-12-14T02:00:00Z')
  await run()
  expect(await subjects()).toHaveLength(2)
  expect(await core.cases.latest(record.id, ['expiry'])).toMatchObject({ state: 'open' })
  now = new Date('2026-12-20T15:00:00Z')
  expect(await run()).toBe(0)
  now = new Date('2026-12-20T18:00:00Z')
  expect(await run()).toBe(1)
  expect(await run()).toBe(0)
  expect(await status(record.slug)).toBe(404)
  expect(await subjects()).toHaveLength(3)

  const browser = await signedIn(product, owner)
  const page = await browser.get(`/organisations/${record.id}`)
  const sent = await browser.submit(page)
  expect(sent.location).toBe(`/organisations/${record.id}`)
  const renewed = await core.records.byId('provider', record.id)
  expect(renewed).toMatchObject({ withheld: null, expiresOn: '2027-12-21' })
  expect(await status(record.slug)).toBe(200)
  expect(await core.cases.latest(record.id, ['expiry'])).toMatchObject({ state: 'approved' })
  expect((await browser.get(`/organisations/${record.id}`)).text).not.toContain('/renewal')
})

test('a listing that nobody keeps goes to the curators, who renew it from the queue', async () => {
  const { core } = product
  now = new Date('2027-03-01T02:00:00Z')
  const record = await firmUntil('2027-03-20', 'Công ty Mái Dầm')
  await run()
  const entry = await core.cases.latest(record.id, ['expiry'])
  const curator = await signedIn(product, await addPerson(product, { staff: 'curator' }))
  const path = `/admin/cases/${entry?._id}`
  const page = await curator.get(path)
  expect(textOf(mainOf(page.text))).toMatch(/20\/0?3\/2027/)
  const version = /name="version" value="(\d+)"/.exec(page.text)?.[1] ?? ''
  expect((await curator.post(path, { action: 'renew', version })).status).toBe(303)
  expect(await core.records.byId('provider', record.id)).toMatchObject({ expiresOn: '2028-03-01' })
  expect(await core.cases.byId(entry?._id ?? '')).toMatchObject({ state: 'approved' })
})

test.each([
  ['renew', 'vi', /^Công ty Bảy Ngàn.*: hồ sơ được xác nhận tới 0?1\/0?3\/2028$/],
  ['renew', 'en', /^Công ty Bảy Ngàn.*: the listing is confirmed until 1 Mar 2028$/],
  ['archive', 'vi', /^Trang của Công ty Bảy Ngàn.* đã được cất$/],
  ['archive', 'en', /^The page of Công ty Bảy Ngàn.* was archived$/],
] as const)('%s from the queue is told its owners (%s)', async (action, lang, subject) => {
  const { core } = product
  now = new Date('2027-03-01T02:00:00Z')
  const record = await firmUntil('2027-03-05', `Công ty Bảy Ngàn ${action} ${lang}`)
  const member = { memberships: [{ type: 'provider' as const, organisation: record.id, role: 'owner' as const }] }
  const owner = await addPerson(product, { lang, ...member })
  await run()
  now = new Date(now.getTime() + 60_000)
  const path = `/admin/cases/${(await core.cases.latest(record.id, ['expiry']))?._id}`
  const curator = await signedIn(product, await addPerson(product, { staff: 'curator' }))
  const version = /name="version" value="(\d+)"/.exec((await curator.get(path)).text)?.[1] ?? ''
  expect((await curator.post(path, { action, version })).status).toBe(303)
  const mail = (await mailsTo(product, owner.email)).at(-1)
  expect(mail?.subject).toMatch(subject)
  expect(mail?.text).toMatch(lang === 'vi' ? /^Chào anh chị/ : /^Hello/)
  expect(mail?.text).not.toMatch(/\{\{|undefined/)
})

test('a suspended listing shows its notice in the reader’s language, and nothing of itself', async () => {
  const { core } = product
  const record = await addProvider(product, { name: { vi: 'Công ty Ngã Bảy' }, tagline: { vi: 'Ghe hàng' } })
  const notice = { vi: 'Đang xác minh giấy phép.', en: 'The licence is being checked.' }
  const edits = [{ id: record.id, set: { withheld: { kind: 'suspended' as const, since: now, notice } } }]
  await core.change({ parkId: core.park().id, type: 'provider', by: 'system:test', why: 'test', edits })
  const vi = await newGuest(product.url).get(`/providers/${record.slug}`)
  expect(vi.status).toBe(200)
  expect(textOf(mainOf(vi.text))).toContain('Đang xác minh giấy phép.')
  expect(vi.text).not.toContain('Ghe hàng')
  expect(vi.text).toContain('noindex')
  expect((await newGuest(product.url).get(`/en/providers/${record.slug}`)).text).toContain(
    'The licence is being checked.',
  )
  expect((await newGuest(product.url).get(`/api/v1/providers/${record.slug}`)).status).toBe(404)
})

test('the park’s choice is marked where the firm stands, and stands where it stood', async () => {
  const { core } = product
  const names = ['Một', 'Hai', 'Ba'].map((word) => `Trạm đo mặn ${word}`)
  const firms = await Promise.all(
    names.map((vi) => addProvider(product, { name: { vi }, description: { vi: 'Đo mặn' } })),
  )
  const guest = newGuest(product.url)
  const order = async (path: string) => {
    await core.indexing.caughtUp()
    const { text } = await guest.get(path)
    return {
      order: [...text.matchAll(/Trạm đo mặn (Một|Hai|Ba)/g)].map(([, word]) => word),
      marks: text.split('Khu chọn').length - 1,
    }
  }
  const paths = ['/providers?q=do+man', '/providers', '/match?text=can+tram+do+man+cho+vuon']
  const before = await Promise.all(paths.map(order))
  const last = firms.at(-1)
  const edits = [{ id: last?.id ?? '', set: { featuredAt: now } }]
  await core.change({ parkId: core.park().id, type: 'provider', by: 'system:test', why: 'test', edits })
  const after = await Promise.all(paths.map(order))
  expect(after.map((one) => one.order)).toEqual(before.map((one) => one.order))
  expect(before.map(({ marks }) => marks)).toEqual([0, 0, 0])
  expect(after.slice(0, 2).map(({ marks }) => marks)).toEqual([1, 1])
})
