import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addPerson, signedIn, type TestPerson } from '../support/accounts.js'
import { type Guest, newGuest } from '../support/guest.js'
import { linksIn, mainOf, textOf } from '../support/html.js'
import { addProvider } from '../support/listings.js'
import { startTestProduct, type TestProduct } from '../support/product.js'

/** Duplicates and merging as curators meet them on their pages. */

let product: TestProduct
let person: TestPerson
let curator: Guest
let named = 0

beforeAll(async () => {
  product = await startTestProduct({ unlimited: true })
  person = await addPerson(product, { staff: 'curator', name: 'Lê Thị Sáu' })
  curator = await signedIn(product, person)
})

afterAll(async () => {
  expect(product.faults()).toEqual([])
  await product.close()
})

/** Two firms of one name, found as a pair. */
async function pair() {
  named++
  const name = `Bông Súng ${'abcdefgh'[named]}${named}`
  const a = await addProvider(product, { name: { vi: `Công ty TNHH ${name}` }, tagline: { vi: 'Của a' } })
  const b = await addProvider(product, { name: { vi: `Công ty CP ${name}` }, tagline: { vi: 'Của b' }, founded: 2011 })
  await product.core.duplicates.catchUp()
  const [found] = await product.core.pairs.of([a.id])
  return { a, b, id: found?._id ?? '', path: `/admin/merge/${a.id}/${b.id}` }
}

describe('a pair', () => {
  test('waits in the list and in the queue with its reason, and is asked about no more once it is said to be two', async () => {
    const { a, b, id } = await pair()
    const list = await curator.get('/admin/duplicates')
    expect(linksIn(mainOf(list.text)).map(({ href }) => href)).toContain(
      `/admin/merge/${[a.id, b.id].sort().join('/')}`,
    )
    expect(textOf(mainOf(list.text))).toContain('cùng tên')
    const entry = await product.core.cases.ofSubject(id)
    const casePage = await curator.get(`/admin/cases/${entry?._id}`)
    expect(textOf(mainOf(casePage.text))).toContain('Giống 75%')
    expect((await curator.post(`/admin/cases/${entry?._id}`, { action: 'apart' })).status).toBe(303)
    expect(await product.core.pairs.byId(id)).toMatchObject({ state: 'apart', by: person.personId })
    expect((await curator.get('/admin/duplicates')).text).not.toContain(id)
    expect((await curator.get('/admin/duplicates?state=apart')).text).toContain(id)
    await curator.post(`/admin/duplicates/${id}`, { state: 'open' })
    expect(await product.core.pairs.byId(id)).toMatchObject({ state: 'open', by: null })
    const audit = await product.core.db.collection('audit').find({ recordId: id }).toArray()
    expect(audit.map(({ action }) => action)).toEqual(['duplicate.apart', 'duplicate.reopen'])
  })

  test('is not judged by who belongs to one of the two', async () => {
    const { b, id, path } = await pair()
    const own = await addPerson(product, {
      ...{ staff: 'curator', memberships: [{ type: 'provider', organisation: b.id, role: 'viewer' }] },
    })
    const guest = await signedIn(product, own)
    await guest.get('/admin/duplicates')
    expect((await guest.post(`/admin/duplicates/${id}`, { state: 'apart' })).status).toBe(403)
    expect((await guest.get(path)).status).toBe(403)
  })
})

describe('merging', () => {
  test('shows what it leads to before it is done, does it, and takes it back', async () => {
    const { a, b, id, path } = await pair()
    const choose = await curator.get(path)
    expect(choose.text).toContain('name="f.tagline"')
    const preview = await curator.get(`${path}/preview?f.tagline=other&f.name=survivor`)
    expect(textOf(mainOf(preview.text))).toContain('Thêm: b')
    const done = await curator.submit(preview, {})
    expect(done.status).toBe(303)
    expect(await product.core.records.byId('provider', a.id)).toMatchObject({
      published: { tagline: { vi: 'Của b' }, founded: 2011, name: a.published?.name },
    })
    expect((await newGuest(product.url).get(`/providers/${b.slug}`)).location).toBe(`/providers/${a.slug}`)
    expect(await product.core.cases.ofSubject(id)).toMatchObject({ state: 'approved' })
    const page = await curator.get(done.location)
    expect((await curator.submit(page, {})).status).toBe(303)
    expect((await newGuest(product.url).get(`/providers/${b.slug}`)).status).toBe(200)
    expect(textOf(mainOf((await curator.get(done.location)).text))).toContain('Đã tách lại ngày')
  })

  test('of a listing that has changed since the preview is refused with the newer state and the choices kept', async () => {
    const { a, path } = await pair()
    const preview = await curator.get(`${path}/preview?f.tagline=other`)
    await product.core.change({
      ...{ parkId: product.core.park().id, type: 'provider', by: 'system:test', why: 'test' },
      edits: [{ id: a.id, set: { published: { ...a.published, tagline: { vi: 'Mới' } } } }],
    })
    const refused = await curator.submit(preview, {})
    expect(refused.status).toBe(409)
    expect(refused.text).toContain('name="f.tagline" value="other"')
    expect(textOf(mainOf(refused.text))).toContain('Mới')
    expect((await curator.submit(refused, {})).status).toBe(303)
  })

  test("asks what becomes of people who would come to hold what is others'", async () => {
    const { a, b, path } = await pair()
    const membership = (organisation: string) => ({
      memberships: [{ type: 'provider' as const, organisation, role: 'owner' as const }],
    })
    await addPerson(product, membership(a.id))
    const theirs = await addPerson(product, { name: 'Trần Văn Tư', ...membership(b.id) })
    const refused = await curator.get(`${path}/preview`)
    expect(refused.status).toBe(422)
    expect(textOf(mainOf(refused.text))).toContain('Trần Văn Tư')
    const preview = await curator.get(`${path}/preview?m.${theirs.personId}=none`)
    expect(textOf(mainOf(preview.text))).toContain('Trần Văn Tư không đi theo.')
  })

  test('finds the other listing by name', async () => {
    const { a, b } = await pair()
    const found = await curator.get(`/admin/merge/${a.id}?q=${encodeURIComponent(b.published?.name.vi ?? '')}`)
    expect(linksIn(mainOf(found.text)).map(({ href }) => href)).toContain(`/admin/merge/${a.id}/${b.id}`)
  })
})
