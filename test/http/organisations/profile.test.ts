import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Membership } from '../../../src/kernel/permissions.js'
import { type ProviderProfile, providerProfile } from '../../../src/modules/providers/index.js'
import { addPerson, signedIn } from '../../support/accounts.js'
import type { Guest } from '../../support/guest.js'
import { mainOf, textOf } from '../../support/html.js'
import { startTestProduct, type TestProduct } from '../../support/product.js'

let product: TestProduct
let id: string
let at: string
let owner: Guest

beforeAll(async () => {
  product = await startTestProduct({ unlimited: true })
})
afterAll(async () => {
  expect(product.faults()).toEqual([])
  await product.close()
})

beforeEach(async () => {
  id = await addFirm()
  at = `/organisations/${id}/profile`
  owner = await member('owner')
})

const FIRM = {
  name: { vi: 'Công ty Vàm Số Liệu' },
  description: { vi: 'Gom số liệu thành bảng.' },
  park: { status: 'resident', zone: 'a', unit: 'A6-03' },
  services: [{ service: 'data-ai', price: { min: 28_000_000 } }, { service: 'dx-consulting' }],
  sectors: ['rice'],
  lastReviewed: '2026-10-08',
}

async function addFirm(): Promise<string> {
  const { core } = product
  const [record] = await core.change<ProviderProfile>({
    ...{ parkId: core.park().id, type: 'provider', by: 'system:test', why: 'a firm of the test' },
    edits: [{ slugFrom: 'Vàm Số Liệu', source: 'test', set: { published: providerProfile.parse(FIRM) } }],
  })
  return record?.id ?? ''
}

async function member(role: Membership['role']): Promise<Guest> {
  return signedIn(product, await addPerson(product, { memberships: [{ type: 'provider', organisation: id, role }] }))
}

const stored = async () => {
  const record = await product.core.records.byId<ProviderProfile>('provider', id)
  if (!record) throw new Error('the firm is gone')
  return record
}
const lastCase = () => product.core.cases.latest(id, ['new-listing', 'change'])

/** Fills in one part of the profile and sends it. */
const write = async (guest: Guest, path: string, fields: Record<string, string>) =>
  guest.submit(await guest.get(`${at}/${path}`), fields)

const send = async (guest: Guest) => guest.submit(await guest.get(at), { act: 'send' })

describe('writing a profile', () => {
  test('a saved part waits with its people; the public page and what the park keeps stay as they were', async () => {
    const saved = await write(owner, 'about', { 'tagline.vi': 'Số liệu cho chủ đọc mỗi sáng' })
    expect([saved.status, saved.location]).toEqual([303, at])
    const { published, working } = await stored()
    expect(published?.tagline).toBeUndefined()
    expect(working).toEqual({ ...published, tagline: { vi: 'Số liệu cho chủ đọc mỗi sáng' } })
    expect(working?.lastReviewed).toBe('2026-10-08')
    expect((await owner.get('/providers')).text).not.toContain('Số liệu cho chủ đọc mỗi sáng')
    expect((await owner.get(`/organisations/${id}/preview`)).text).toContain('Số liệu cho chủ đọc mỗi sáng')
  })

  test('every part is saved as it stands without a change to anything', async () => {
    const before = await stored()
    for (const part of ['basics', 'about', 'reach', 'credentials', 'contacts', 'services/0']) {
      const { status } = await write(owner, part, {})
      expect([part, status]).toEqual([part, 303])
    }
    expect(await stored()).toEqual(before)
  })

  test('an error stands at its field, and nothing that was typed is lost', async () => {
    const page = await write(owner, 'basics', { tradeName: 'Vàm', founded: 'năm ngoái', taxCode: '123' })
    expect(page.status).toBe(422)
    for (const field of ['founded', 'taxCode']) expect(page.text).toContain(`id="f-${field}-error"`)
    for (const typed of ['Vàm', 'năm ngoái', '123']) expect(page.text).toContain(`value="${typed}"`)
    expect((await stored()).working).toBeNull()
  })

  test.each(['park.status', 'park.zone', 'lastReviewed', 'published', 'ownerId', '__proto__.x', 'name.vi.x'])(
    'nobody sets %s through a form',
    async (field) => {
      const page = await write(owner, 'basics', { [field]: 'applying' })
      expect(page.status).toBe(422)
      expect((await stored()).working).toBeNull()
    },
  )

  test('rows are added by a button without a script; those left blank are dropped', async () => {
    const more = await write(owner, 'about', { 'features.0.vi': 'Bảng trên điện thoại', act: 'more-features' })
    expect(more.status).toBe(200)
    expect(more.text).toContain('name="features.3.vi"')
    await owner.submit(more, { 'features.3.vi': 'Báo khi số lạ' })
    expect((await stored()).working?.features).toEqual([{ vi: 'Bảng trên điện thoại' }, { vi: 'Báo khi số lạ' }])
  })

  test('contacts are for those introduced unless the firm says otherwise, each by itself', async () => {
    await write(owner, 'contacts', {
      'phone.value': '0912 345 678',
      'website.value': 'vam.example',
      'website.visibility': 'public',
      consent: 'on',
    })
    expect((await stored()).working?.contacts).toEqual({
      phone: { value: '+84912345678', visibility: 'introduced' },
      website: { value: 'https://vam.example/', visibility: 'public' },
    })
    await write(owner, 'contacts', { 'phone.value': '' })
    expect(Object.keys((await stored()).working?.contacts ?? {})).toEqual(['website'])
  })

  test('a contact is shown to everybody only with consent, which is asked anew and kept with what it allows', async () => {
    const person = await addPerson(product, { memberships: [{ type: 'provider', organisation: id, role: 'editor' }] })
    const editor = await signedIn(product, person)
    const consents = async () =>
      (await product.core.people.consentsOf(person.personId)).map(({ purpose, way, withdrawnAt }) => [
        ...[purpose, way, withdrawnAt === null],
      ])
    const open = { 'phone.value': '0912 345 678', 'phone.visibility': 'public' }
    const form = await editor.get(`${at}/contacts`)
    expect(form.text).toMatch(
      /<input id="f-consent" type="checkbox" name="consent" value="on" aria-describedby="f-consent-hint">/,
    )

    const refused = await editor.submit(form, open)
    expect(refused.status).toBe(422)
    expect(refused.text).toContain('id="f-consent-error"')
    expect(refused.text).toContain('value="0912 345 678"')
    expect([(await stored()).working, await consents()]).toEqual([null, []])

    expect((await editor.submit(refused, { ...open, consent: 'on' })).status).toBe(303)
    expect((await stored()).working?.contacts.phone?.visibility).toBe('public')
    expect(await consents()).toEqual([['firm-contacts', 'profile', true]])

    expect((await editor.get(`${at}/contacts`)).text).not.toMatch(/name="consent"[^>]*checked/)
    expect((await write(editor, 'contacts', { 'website.value': 'vam.example' })).status).toBe(303)
    expect((await write(editor, 'contacts', { 'phone.value': '0912 345 679' })).status).toBe(422)
  })

  test('withdrawing that consent takes the contacts from the public page at once, and nobody else’s', async () => {
    const other = await addFirm()
    const contacts = {
      phone: { value: '+84912345678', visibility: 'public' },
      website: { value: 'https://vam.example/', visibility: 'public' },
    } as const
    for (const firm of [id, other])
      await product.core.change<ProviderProfile>({
        ...{ parkId: product.core.park().id, type: 'provider', by: 'system:test', why: 'for the test' },
        edits: [{ id: firm, set: { published: providerProfile.parse({ ...FIRM, contacts }) } }],
      })
    const person = await addPerson(product, { memberships: [{ type: 'provider', organisation: id, role: 'owner' }] })
    const browser = await signedIn(product, person)
    expect((await write(browser, 'contacts', { 'phone.value': '0912 345 679', consent: 'on' })).status).toBe(303)
    const { slug } = await stored()
    const seen = async () => textOf(mainOf((await browser.get(`/providers/${slug}`)).text)).includes('0912')
    expect(await seen()).toBe(true)

    const data = await browser.get('/account/data')
    expect(data.text).toContain('action="/account/data/consents/firm-contacts"')
    expect((await browser.post('/account/data/consents/firm-contacts', {})).status).toBe(303)
    expect(await seen()).toBe(false)
    const after = await stored()
    for (const version of [after.published, after.working])
      expect(Object.values(version?.contacts ?? {}).map((contact) => contact?.visibility)).toEqual([
        'introduced',
        'introduced',
      ])
    expect(after.published?.contacts.phone?.value).toBe('+84912345678')
    const untouched = await product.core.records.byId<ProviderProfile>('provider', other)
    expect(untouched?.published?.contacts.phone?.visibility).toBe('public')
    expect((await browser.get('/account/data')).text).not.toContain('action="/account/data/consents/firm-contacts"')
    expect((await write(browser, 'contacts', { 'phone.visibility': 'public' })).status).toBe(422)
  })

  test('a change taken back by hand leaves nothing to send', async () => {
    await write(owner, 'basics', { tradeName: 'Vàm' })
    await write(owner, 'basics', { tradeName: '' })
    expect((await stored()).working).toBeNull()
  })
})

describe('services, one by one', () => {
  const services = async () => (await stored()).working?.services

  test('are added, edited, put first and removed', async () => {
    await write(owner, 'services/new', { service: 'accounting', 'price.min': '9.000.000', 'deliveryWeeks.max': '3' })
    expect((await services())?.[2]).toEqual({
      ...{ service: 'accounting', price: { min: 9_000_000 }, deliveryWeeks: { min: 3, max: 3 } },
    })
    await write(owner, 'services/2', { 'evidence.vi': 'Sổ sách cho hợp tác xã' })
    await write(owner, 'services/2', { act: 'first' })
    expect((await services())?.map(({ service }) => service)).toEqual(['accounting', 'data-ai', 'dx-consulting'])
    await write(owner, 'services/0', { act: 'remove' })
    expect((await services()) ?? (await stored()).published?.services).toHaveLength(2)
  })

  test('one that is in the list already, or that there is not, is refused at its field', async () => {
    const twice = await write(owner, 'services/new', { service: 'data-ai' })
    expect([twice.status, twice.text.includes('id="f-service-error"')]).toEqual([422, true])
    const unknown = await write(owner, 'services/new', { service: 'no-such-service' })
    expect([unknown.status, unknown.text.includes('id="f-service-error"')]).toEqual([422, true])
    const wrong = await write(owner, 'services/new', { service: 'accounting', 'price.min': '9', 'price.max': '8' })
    expect([wrong.status, wrong.text.includes('id="f-price.max-error"')]).toEqual([422, true])
  })

  test('an item that is not there is no page', async () => {
    for (const path of ['services/9', 'services/x', 'basics/0', 'nothing', 'listing'])
      expect((await owner.get(`${at}/${path}`)).status).toBe(404)
  })
})

describe('two people at once', () => {
  test('the later one at the same part is told, keeps what he typed, sees the other, and may replace it', async () => {
    const other = await member('editor')
    const page = await owner.get(`${at}/basics`)
    await write(other, 'basics', { tradeName: 'Vàm Một' })
    const late = await owner.submit(page, { tradeName: 'Vàm Hai' })
    expect(late.status).toBe(409)
    expect(late.text).toContain('value="Vàm Hai"')
    expect(textOf(mainOf(late.text))).toContain('Vàm Một')
    expect((await stored()).working?.tradeName).toBe('Vàm Một')
    expect((await owner.submit(late)).status).toBe(303)
    expect((await stored()).working?.tradeName).toBe('Vàm Hai')
  })

  test('at different parts at the very same moment both are kept', async () => {
    const other = await member('editor')
    const saved = await Promise.all([
      write(owner, 'basics', { tradeName: 'Vàm' }),
      write(other, 'about', { 'tagline.vi': 'Mỗi sáng một bảng' }),
      write(other, 'services/1', { 'evidence.vi': 'Khảo sát hai ngày' }),
    ])
    expect(saved.map(({ status }) => status)).toEqual([303, 303, 303])
    const working = (await stored()).working
    expect([working?.tradeName, working?.tagline?.vi, working?.services[1]?.evidence?.vi]).toEqual([
      ...['Vàm', 'Mỗi sáng một bảng', 'Khảo sát hai ngày'],
    ])
  })

  test('an item that has moved meanwhile is still the one that is saved; one taken out is added anew when he insists', async () => {
    const [page, again] = [await owner.get(`${at}/services/1`), await owner.get(`${at}/services/1`)]
    await write(owner, 'services/0', { act: 'remove' })
    await owner.submit(page, { 'evidence.vi': 'Khảo sát hai ngày' })
    expect((await stored()).working?.services).toEqual([
      { service: 'dx-consulting', evidence: { vi: 'Khảo sát hai ngày' } },
    ])
    await write(owner, 'services/0', { act: 'remove' })
    const late = await owner.submit(again, { 'evidence.vi': 'Vẫn muốn' })
    expect(late.status).toBe(409)
    expect((await owner.submit(late)).status).toBe(303)
    expect((await stored()).working?.services).toEqual([{ service: 'dx-consulting', evidence: { vi: 'Vẫn muốn' } }])
  })
})

describe('sending to the park', () => {
  test('what will change is shown before, and waits afterwards under the version that was seen', async () => {
    await write(owner, 'basics', { tradeName: 'Vàm' })
    await write(owner, 'services/0', { act: 'remove' })
    const page = await owner.get(at)
    expect(page.text).toMatch(/<ins>Vàm<\/ins>/)
    expect(page.text).toMatch(/<del>[^<]+<\/del>/)
    expect((await owner.submit(page, { act: 'send' })).location).toBe(`/organisations/${id}`)
    const { version } = await stored()
    expect(await lastCase()).toMatchObject({ kind: 'change', state: 'open', version })
  })

  test('editing on renews what waits; taking everything back ends it', async () => {
    await write(owner, 'basics', { tradeName: 'Vàm' })
    await send(owner)
    await write(owner, 'basics', { tradeName: 'Vàm Mới' })
    expect(await lastCase()).toMatchObject({ state: 'open', version: (await stored()).version })
    await owner.submit(await owner.get(at), { act: 'discard' })
    expect((await stored()).working).toBeNull()
    expect((await lastCase())?.state).toBe('moot')
  })

  test('nothing is sent that has changed since it was looked at, and nothing that does not differ', async () => {
    await write(owner, 'basics', { tradeName: 'Vàm' })
    const page = await owner.get(at)
    await write(await member('editor'), 'basics', { tradeName: 'Vàm Khác' })
    expect((await owner.submit(page, { act: 'send' })).location).toBe(at)
    expect(await lastCase()).toBeNull()
    await owner.submit(await owner.get(at), { act: 'discard' })
    await owner.post(at, { act: 'send', version: String((await stored()).version) })
    expect(await lastCase()).toBeNull()
  })

  test('what the curator wrote is shown where the firm goes on from', async () => {
    await write(owner, 'basics', { tradeName: 'Vàm' })
    await send(owner)
    const waiting = await lastCase()
    const { core } = product
    const session = await core.db.startSession()
    await core.cases.decide(
      waiting?._id ?? '',
      { state: 'sent-back', note: 'Xin ghi tên như trên giấy phép.', by: 'c' },
      session,
    )
    await session.endSession()
    for (const path of ['/organisations', `/organisations/${id}`, at])
      expect((await owner.get(path)).text).toContain('Xin ghi tên như trên giấy phép.')
  })
})

describe('who may', () => {
  const paths = () =>
    ['', '/preview', '/profile', '/profile/basics', '/profile/services/0', '/members'].map(
      (p) => `/organisations/${id}${p}`,
    )

  test('a stranger finds none of it, not even that it is there', async () => {
    const stranger = await signedIn(product, await addPerson(product))
    for (const path of [...paths(), '/organisations/no-such-firm']) expect((await stranger.get(path)).status).toBe(404)
    await stranger.get('/needs/new')
    for (const path of paths().slice(2)) {
      const { status } = await stranger.post(path, { act: 'send', tradeName: 'Của tôi' })
      expect([path, status]).toEqual([path, 404])
    }
    expect((await stored()).working).toBeNull()
  })

  test('a viewer looks and does not write', async () => {
    const viewer = await member('viewer')
    expect((await viewer.get(`/organisations/${id}`)).status).toBe(200)
    await viewer.get('/needs/new')
    expect((await viewer.post(`${at}/basics`, { 'name.vi': 'Của tôi' })).status).toBe(403)
    expect((await stored()).working).toBeNull()
  })

  test('a firm that was taken down is no place any more', async () => {
    await product.core.change({
      ...{ parkId: product.core.park().id, type: 'provider', by: 'system:test', why: 'taken down' },
      edits: [{ id, set: { archivedAt: product.core.clock() } }],
    })
    expect((await owner.get(`/organisations/${id}`)).status).toBe(404)
    expect((await owner.get('/organisations')).text).not.toContain(id)
  })
})
