import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ProviderProfile } from '../../../src/modules/providers/index.js'
import { addPerson, signedIn } from '../../support/accounts.js'
import { type Guest, newGuest } from '../../support/guest.js'
import { addProvider } from '../../support/listings.js'
import { linkIn, mailsTo } from '../../support/mails.js'
import { startTestProduct, type TestProduct } from '../../support/product.js'

/** A firm that a curator enters, and his editor. */

let product: TestProduct
let curator: Guest

beforeAll(async () => {
  product = await startTestProduct({ unlimited: true })
  curator = await signedIn(product, await addPerson(product, { staff: 'curator' }))
})

afterAll(async () => {
  expect(product.faults()).toEqual([])
  await product.close()
})

const now = async (id: string) => {
  const record = await product.core.records.byId<ProviderProfile>('provider', id)
  if (!record) throw new Error('the firm is gone')
  return record
}

const versionOn = (text: string) => /name="version" value="(\d+)"/.exec(text)?.[1] ?? ''

test('a firm is entered with name and tax code, told more of, published, and given an owner', async () => {
  await curator.get('/admin/listings/new')
  const wrong = await curator.post('/admin/listings/new', {
    name: 'Công ty Kinh Cùng',
    taxCode: '0101243151',
    status: 'resident',
  })
  expect(wrong.status).toBe(422)
  const sent = await curator.post('/admin/listings/new', {
    name: 'Công ty Kinh Cùng',
    taxCode: '0101243150',
    status: 'resident',
  })
  expect(sent.status).toBe(303)
  const id = sent.location.replace('/admin/listings/', '')
  expect(await now(id)).toMatchObject({ published: null, source: 'curator', working: { taxCode: '0101243150' } })

  const again = await curator.post('/admin/listings/new', {
    name: 'Kinh Cùng',
    taxCode: '0101243150',
    status: 'resident',
  })
  expect(again.status).toBe(422)
  expect(again.text).toContain(sent.location)

  const publish = async () => {
    const page = await curator.get(sent.location)
    return curator.post(sent.location, { act: 'publish', version: versionOn(page.text) })
  }
  expect((await publish()).status).toBe(409)
  const about = `${sent.location}/edit/about`
  const written = await curator.submit(await curator.get(about), { 'description.vi': 'Đào kinh, lắp trạm đo mặn.' })
  expect([written.status, written.location]).toEqual([303, sent.location])
  expect((await publish()).status).toBe(303)
  const { slug } = await now(id)
  expect((await newGuest(product.url).get(`/providers/${slug}`)).status).toBe(200)

  await curator.get(sent.location)
  await curator.post(`${sent.location}/owner`, { email: 'chu@kinhcung.example' })
  const [mail] = await mailsTo(product, 'chu@kinhcung.example')
  expect(linkIn(product, mail)).toContain('/invitations/')
})

test('what a curator writes is public at once and follows into what its people prepare, where they wrote elsewhere', async () => {
  const { core } = product
  const record = await addProvider(product, { name: { vi: 'Công ty Vàm Lẽo' }, tagline: { vi: 'Cũ' }, founded: 2001 })
  const { published } = record
  const working = { ...published, tagline: { vi: 'Người của nơi đó viết' } }
  const edits = [{ id: record.id, set: { working } }]
  await core.change({ parkId: core.park().id, type: 'provider', by: 'somebody', why: 'test', edits })
  const base = `/admin/listings/${record.id}/edit`
  await curator.submit(await curator.get(`${base}/basics`), { founded: '2003' })
  await curator.submit(await curator.get(`${base}/about`), { 'tagline.vi': 'Ban quản lý viết' })
  expect(await now(record.id)).toMatchObject({
    published: { founded: 2003, tagline: { vi: 'Ban quản lý viết' } },
    working: { founded: 2003, tagline: { vi: 'Người của nơi đó viết' } },
  })
  const item = await curator.submit(await curator.get(`${base}/cases/new`), {
    ...{ 'client.vi': 'Hợp tác xã 40 hộ', 'problem.vi': 'Ghi sổ tay', 'result.vi': 'Khỏi ghi nữa' },
  })
  expect(item.status).toBe(303)
  expect((await now(record.id)).published?.cases).toHaveLength(1)
})

test('with a case it is the version that waits that is edited, and the way leads back to the case', async () => {
  const { core } = product
  const record = await addProvider(product, { name: { vi: 'Công ty Cái Tắc' }, tagline: { vi: 'Cũ' } })
  const parkId = core.park().id
  let entry = ''
  await core.change({
    ...{ parkId, type: 'provider' as const, by: 'somebody', why: 'test' },
    edits: [{ id: record.id, set: { working: { ...record.published, tagline: { vi: 'Xin sửa' } } } }],
    alongside: async (session) => {
      const about = { parkId, kind: 'change' as const, type: 'provider' as const, recordId: record.id, subjectId: null }
      entry = await core.cases.submit({ ...about, version: 2, personId: null }, session)
    },
  })
  const page = await curator.get(`/admin/listings/${record.id}/edit/about?case=${entry}`)
  expect(page.text).toContain('Xin sửa')
  const sent = await curator.submit(page, { 'tagline.vi': 'Xin sửa cho gọn' })
  expect(sent.location).toBe(`/admin/cases/${entry}`)
  expect(await now(record.id)).toMatchObject({
    published: { tagline: { vi: 'Cũ' } },
    working: { tagline: { vi: 'Xin sửa cho gọn' } },
  })
  expect(await core.cases.byId(entry)).toMatchObject({ version: 3 })
})

test('where there is an owner, others and curators themselves come in by him alone', async () => {
  const self = await addPerson(product, { staff: 'curator' })
  const guest = await signedIn(product, self)
  const { id } = await addProvider(product, { name: { vi: 'Công ty Rạch Gòi' } })
  const invite = async (email: string) => {
    await guest.get(`/admin/listings/${id}`)
    const { status, location } = await guest.post(`/admin/listings/${id}/owner`, { email })
    expect([status, location]).toEqual([303, `/admin/listings/${id}#owner`])
  }
  await invite(self.email)
  expect(await mailsTo(product, self.email)).toEqual([])

  // Invited while there was none, and too late.
  const late = await addPerson(product)
  await invite(late.email)
  const [mail] = await mailsTo(product, late.email)
  await addPerson(product, { memberships: [{ type: 'provider', organisation: id, role: 'owner' }] })
  const invited = await signedIn(product, late)
  const page = await invited.get(new URL(linkIn(product, mail), product.url).pathname)
  await invited.submit(page)
  expect((await product.core.memberships.members(id)).map(({ personId }) => personId)).not.toContain(late.personId)

  expect((await guest.get(`/admin/listings/${id}`)).text).not.toContain('id="owner"')
  await invite('nguoi.khac@vi-du.example')
  expect(await mailsTo(product, 'nguoi.khac@vi-du.example')).toEqual([])
})
