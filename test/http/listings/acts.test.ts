import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addPerson, signedIn, type TestPerson } from '../../support/accounts.js'
import type { Guest } from '../../support/guest.js'
import { newGuest } from '../../support/guest.js'
import { linksIn, mainOf, textOf } from '../../support/html.js'
import { addBusiness, addProvider } from '../../support/listings.js'
import { mailsTo } from '../../support/mails.js'
import { startTestProduct, type TestProduct } from '../../support/product.js'

/** What curators do to listings: in the list, as a whole, and through their versions. */

let product: TestProduct
let curator: Guest
let sixth: TestPerson

beforeAll(async () => {
  product = await startTestProduct({ unlimited: true })
  sixth = await addPerson(product, { staff: 'curator', name: 'Lê Thị Sáu' })
  curator = await signedIn(product, sixth)
})

afterAll(async () => {
  expect(product.faults()).toEqual([])
  await product.close()
})

let added = 0
async function firm(more: Parameters<typeof addProvider>[1] = {}) {
  added++
  const record = await addProvider(product, { name: { vi: `Công ty Bến Đò ${added}` }, ...more })
  return { record, path: `/admin/listings/${record.id}` }
}

const now = async (id: string) => {
  const record = await product.core.records.byId<{ contacts: { phone?: { visibility: string } }; tagline?: object }>(
    'provider',
    id,
  )
  if (!record) throw new Error('the firm is gone')
  return record
}

/** Sends an act with the version that is on the page. */
async function act(path: string, fields: Record<string, string>) {
  const page = await curator.get(path)
  const version = /name="version" value="(\d+)"/.exec(page.text)?.[1] ?? ''
  return curator.post(path, { version, ...fields })
}

const publicStatus = async (slug: string) => (await newGuest(product.url).get(`/providers/${slug}`)).status

describe('the list', () => {
  test('finds by words without accents and narrows by what is asked in the address', async () => {
    await firm({ name: { vi: 'Công ty Rạch Giồng' }, taxCode: '0101243150' })
    await addBusiness(product, { name: { vi: 'Hợp tác xã Rạch Giồng' } })
    const names = async (query: string) => {
      const page = await curator.get(`/admin/listings?${query}`)
      expect(page.status).toBe(200)
      return linksIn(mainOf(page.text)).flatMap(({ text }) =>
        /Rạch Giồng/.test(text) && !/Sửa/.test(text) ? [text] : [],
      )
    }
    expect(await names('q=rach+giong')).toEqual(['Công ty Rạch Giồng', 'Hợp tác xã Rạch Giồng'])
    expect(await names('q=rach+giong&type=business')).toEqual(['Hợp tác xã Rạch Giồng'])
    expect(await names('q=0101243150')).toEqual(['Công ty Rạch Giồng'])
    expect(await names('q=rach&standing=suspended')).toEqual([])
    expect(await names('q=rach&owned=no&sort=updated')).toHaveLength(2)
  })

  test('corrects a telephone number in place, and keeps what was typed where somebody else was faster', async () => {
    const { record, path } = await firm({ contacts: { phone: { value: '0290 381 2345', visibility: 'public' } } })
    const list = `/admin/listings?q=ben+do&edit=${record.id}`
    const page = await curator.get(list)
    expect(page.text).toContain('value="+842903812345"')
    const send = (fields: Record<string, string>) =>
      curator.post(`${path}/quick?q=ben+do`, { act: 'save', version: String(record.version), ...fields })
    expect((await send({ phone: 'không có' })).status).toBe(422)
    const saved = await send({ phone: '0290 381 9999' })
    expect([saved.status, saved.location]).toEqual([303, `/admin/listings?q=ben+do#row-${record.id}`])
    expect((await now(record.id)).published?.contacts).toMatchObject({
      phone: { value: '+842903819999', visibility: 'public' },
    })
    const late = await send({ phone: '0290 381 1111' })
    expect(late.status).toBe(409)
    expect(late.text).toContain('value="0290 381 1111"')
    expect((await now(record.id)).version).toBe(2)
  })
})

describe('a listing', () => {
  test('is suspended with a reason that its owner reads in his language, and comes back', async () => {
    const { record, path } = await firm()
    const owner = await addPerson(product, {
      lang: 'en',
      memberships: [{ type: 'provider', organisation: record.id, role: 'owner' }],
    })
    expect((await act(path, { act: 'suspend' })).status).toBe(422)
    const sent = await act(path, { act: 'suspend', why: 'Trang web báo lừa đảo' })
    expect(sent.status).toBe(303)
    expect(await now(record.id)).toMatchObject({ withheld: { kind: 'suspended', notice: null } })
    expect(await publicStatus(record.slug)).toBe(404)
    const [mail] = await mailsTo(product, owner.email)
    expect(mail?.subject).toBe(`The page of ${record.published?.name.vi} is suspended`)
    expect(mail?.text).toContain('Trang web báo lừa đảo')
    expect((await act(path, { act: 'resume' })).status).toBe(303)
    expect(await publicStatus(record.slug)).toBe(200)
    expect(await mailsTo(product, owner.email)).toHaveLength(2)
    const audit = await product.core.db.collection('audit').find({ recordId: record.id }).sort({ at: 1 }).toArray()
    expect(audit.map(({ action }) => action)).toEqual(['create', 'suspend', 'resume'])
    expect(audit.at(-1)?.by).toBe(sixth.personId)
  })

  test('is given its place in the park, in what is public and in what its people are preparing', async () => {
    const { record, path } = await firm()
    const page = await curator.get(path)
    expect(page.text).toMatch(/<option value="associated" selected/)
    expect((await act(path, { act: 'place', status: 'resident', zone: 'nowhere' })).status).toBe(422)
    const draft = { ...record.published, tagline: { vi: 'Sắp đổi' } }
    await product.core.change({
      ...{ parkId: product.core.park().id, type: 'provider', by: 'system:test', why: 'test' },
      edits: [{ id: record.id, set: { working: draft } }],
    })
    expect((await act(path, { act: 'place', status: 'resident', unit: 'Lô B2' })).status).toBe(303)
    const park = { status: 'resident', unit: 'Lô B2' }
    expect(await now(record.id)).toMatchObject({ published: { park }, working: { park, tagline: { vi: 'Sắp đổi' } } })
    expect((await newGuest(product.url).get(`/providers/${record.slug}`)).text).toContain('Lô B2')
    const business = await addBusiness(product, { name: { vi: 'Vựa Bảy Hiền' } })
    expect((await curator.get(`/admin/listings/${business.id}`)).text).not.toContain('value="place"')
  })

  test('goes into the archive and out of it; what does not fit its state is refused', async () => {
    const { record, path } = await firm()
    const page = await curator.get(path)
    expect(page.text).not.toContain('value="unarchive"')
    expect((await act(path, { act: 'archive', why: 'đã giải thể' })).status).toBe(303)
    expect(await publicStatus(record.slug)).not.toBe(200)
    expect((await act(path, { act: 'feature' })).status).toBe(409)
    expect((await act(path, { act: 'unarchive' })).status).toBe(303)
    expect(await publicStatus(record.slug)).toBe(200)
  })

  test('is not decided on by who belongs to it', async () => {
    const { record, path } = await firm()
    const own = await signedIn(
      product,
      await addPerson(product, {
        staff: 'curator',
        memberships: [{ type: 'provider', organisation: record.id, role: 'viewer' }],
      }),
    )
    const page = await own.get(path)
    expect(page.text).not.toContain('name="act"')
    const sent = await own.post(path, { act: 'archive', version: String(record.version), why: 'x' })
    expect(sent.status).toBe(403)
    const restored = await own.post(`${path}/versions/1`, { version: String(record.version) })
    expect(restored.status).toBe(403)
  })

  test('an act on a version that is no longer the newest changes nothing and keeps the words', async () => {
    const { record, path } = await firm()
    await act(path, { act: 'feature' })
    const late = await curator.post(path, { act: 'suspend', version: String(record.version), why: 'lời đã gõ' })
    expect(late.status).toBe(409)
    expect(late.text).toContain('lời đã gõ')
    expect((await now(record.id)).withheld).toBeNull()
  })
})

describe('versions', () => {
  test('any two are compared, and an earlier one is restored as a new one', async () => {
    const { record, path } = await firm({ tagline: { vi: 'Chở khách qua sông' } })
    const { core } = product
    const edit = { id: record.id, set: { published: { ...record.published, tagline: { vi: 'Chở hàng qua sông' } } } }
    await core.change({ parkId: core.park().id, type: 'provider', by: sixth.personId, why: 'test', edits: [edit] })
    await act(path, { act: 'feature', why: 'có nhiều việc hay' })
    const shown = textOf(mainOf((await curator.get(path)).text))
    expect(shown).toContain('Lê Thị Sáu')
    expect(shown).toContain('có nhiều việc hay')
    const compared = await curator.get(`${path}/versions?from=1&to=3`)
    expect(compared.text).toMatch(/<del>.*khách.*<\/del>/s)
    expect(textOf(mainOf(compared.text))).toContain('Khu chọn từ')
    const sent = await curator.submit(compared, { why: 'bản sau ghi nhầm' })
    expect([sent.status, sent.location]).toEqual([303, path])
    const after = await now(record.id)
    expect(after).toMatchObject({ version: 4, published: record.published })
    expect(after.featuredAt).not.toBeNull()
    const versions = await core.db.collection('versions').find({ recordId: record.id }).sort({ version: 1 }).toArray()
    expect(versions.map(({ action }) => action)).toEqual(['create', 'change', 'feature', 'restore'])
    const late = await curator.post(`${path}/versions/2`, { version: '3' })
    expect(late.status).toBe(409)
    expect((await curator.get(`${path}/versions?from=7&to=9`)).status).toBe(404)
  })

  test('what was taken from the public page since stays from it', async () => {
    const contacts = { phone: { value: '0912345678', visibility: 'public' } } as const
    const { id, published } = await addProvider(product, { name: { vi: 'Công ty Bảy Ngàn' }, contacts })
    const hidden = { phone: { value: '0912345678', visibility: 'introduced' } } as const
    const edits = [{ id, set: { published: { ...published, tagline: { vi: 'Mới' }, contacts: hidden } } }]
    await product.core.change({ parkId: product.core.park().id, type: 'provider', by: 'system:test', why: '', edits })
    await curator.get(`/admin/listings/${id}`)
    expect((await curator.post(`/admin/listings/${id}/versions/1`, { version: '2' })).status).toBe(303)
    const record = await now(id)
    expect(record.published?.tagline).toBeUndefined()
    expect(record.published?.contacts.phone?.visibility).toBe('introduced')
  })
})
