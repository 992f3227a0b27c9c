import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../src/kernel/ids.js'
import type { Membership } from '../../src/kernel/permissions.js'
import { invitationRepository } from '../../src/modules/organisations/index.js'
import { inTransaction } from '../../src/platform/db/connection.js'
import { addPerson, signedIn, type TestPerson } from '../support/accounts.js'
import { type Answer, newGuest } from '../support/guest.js'
import { dataActs } from '../support/personal-data.js'
import { mailedPage, postNeed } from '../support/posting.js'
import { startTestProduct, type TestProduct } from '../support/product.js'

let product: TestProduct
const now = new Date('2026-11-24T03:00:00Z')

beforeAll(async () => {
  product = await startTestProduct({ demo: true, unlimited: true, clock: () => now })
})
afterAll(async () => {
  expect(product.faults()).toEqual([])
  await product.close()
})

const { traces, rowsOf, agree, own, firms, download } = dataActs(() => product)

describe('erasure', () => {
  const NAME = 'Huỳnh Thị Tư Ếch'
  const EMAIL = 'tu.ech@mientay.example'
  const PHONE = '+84912000777'
  const WORDS = 'Lươn trong bể cứ trồi đầu mỗi sáng'

  it('leaves no trace of somebody who used everything, and touches nobody else', async () => {
    const { core } = product
    const membership = async (role: Membership['role']): Promise<Membership> => {
      for await (const { id } of core.records.each('provider')) return { type: 'provider', organisation: id, role }
      throw new Error('no firm')
    }
    const person = await addPerson(product, { name: NAME, email: EMAIL, memberships: [await membership('owner')] })
    await core.db.collection('people').updateOne({ _id: person.personId as never }, { $set: { phone: PHONE } })
    for (const purpose of ['account', 'introduction', 'guest-need'] as const) await agree(person, purpose)
    const bystander = await addPerson(product, { name: 'Người Ngoài Cuộc', email: 'ngoai@cuoc.example' })
    await agree(bystander, 'account')
    await signedIn(product, bystander)

    const browser = await signedIn(product, person)
    const elsewhere = await signedIn(product, person)
    await elsewhere.submit(await elsewhere.get('/needs/new'), { problem: WORDS })
    await postNeed(newGuest(product.url), {}, { title: WORDS, email: EMAIL, name: NAME })
    await postNeed(newGuest(product.url), {}, { title: 'Việc của cơ sở', email: 'khac@noi.example' })
    const shared = await own(person, 'Việc của cơ sở', 'some-business')
    await browser.get('/account/data')
    await browser.post('/account/data', { kind: 'other', words: `${NAME} đây, xin cho hỏi` })
    await browser.post('/alerts/new', { text: WORDS })
    const introduction = await useEverythingElse(person, shared)
    const copy = await download(browser)
    for (const part of [
      ...['introductions', 'claims', 'invitations', 'mailKeys', 'requests', 'needs', 'mails', 'alerts'],
      'asGuest',
    ])
      expect(copy[part], part).not.toHaveLength(0)
    const before = await rowsOf(bystander.personId)
    expect((await traces([NAME, EMAIL, PHONE, WORDS])).length).toBeGreaterThan(8)

    const page = await browser.get('/account/data/erasure')
    expect(page.text).toContain('Những đơn vị sau chỉ có anh chị là chủ')
    expect((await browser.submit(page, { proof: 'không phải' })).status).toBe(422)
    const done = await browser.submit(page, { proof: person.password })
    expect(done.status).toBe(303)
    expect((await browser.get(done.location)).text).toContain('Đã xóa tài khoản và dữ liệu của anh chị')

    for (const gone of [browser, elsewhere]) expect((await gone.get('/account')).status).toBe(303)
    await expect.poll(() => traces([NAME, EMAIL, PHONE, WORDS])).toEqual([])
    expect(await rowsOf(bystander.personId)).toEqual(before)

    const left = await core.introductions.byId(introduction)
    expect(left).toMatchObject({ state: 'lapsed', lapsed: 'left', live: false, message: null })
    expect(await core.records.byId('need', shared)).toMatchObject({ ownerId: null, archivedAt: null })
    const audit = await core.db.collection('audit').find({ by: person.personId }).toArray()
    expect(audit.map(({ action }) => action)).toContain('left-without-owner')
    const administrator = await signedIn(product, await addPerson(product, { staff: 'administrator' }))
    expect((await administrator.get('/admin/requests')).text).toContain('1 đơn vị không còn chủ')
    expect((await signInAgain(person)).status).toBe(422)
  })

  /** Asks a firm, claims one, is invited, and asks for a link by mail. Returns the introduction. */
  async function useEverythingElse({ personId }: TestPerson, needId: string): Promise<string> {
    const { core } = product
    const parkId = core.park().id
    const [firm, other] = await firms()
    const id = newId()
    const invitations = invitationRepository(core.db, core.clock)
    await inTransaction(core.db, async (session) => {
      const invited = { parkId, type: 'provider', organisation: other, email: EMAIL, role: 'editor' } as const
      await invitations.add({ ...invited, invitedBy: 'somebody-else' }, session)
      await core.claims.add({ parkId, personId, provider: other, state: 'open', note: `${NAME}: ${WORDS}` }, session)
      await core.mailKeys.add({ parkId, purpose: 'reset', personId, email: EMAIL, lang: 'vi' }, session)
      const asked = { parkId, needId, provider: firm, kind: 'request', state: 'open', needPerson: personId } as const
      const course = {
        ...{ dueOn: '2026-11-27', withCuratorsAt: null, remindedAt: null, settledAt: null, declined: null },
        ...{ lapsed: null, outcomeAskedAt: null, outcomes: { need: null, firm: null } },
      }
      const row = { _id: id, ...asked, ...course, firmPerson: null, message: `${NAME} nhờ xem giúp: ${WORDS}` }
      await core.introductions.add({ ...row, createdAt: now, version: 1, live: true, place: 'request:0' }, session)
    })
    return id
  }

  const signInAgain = async ({ email, password }: TestPerson) => {
    const guest = newGuest(product.url)
    return guest.submit(await guest.get('/sign-in'), { email, password })
  }

  it('leaves a firm to its editor where the only owner goes, and says where nobody is left', async () => {
    const { core } = product
    const [firm, other] = await firms()
    const as = (organisation: string, role: Membership['role']) =>
      addPerson(product, { memberships: [{ type: 'provider', organisation, role }] })
    await core.db.collection('memberships').deleteMany({ organisation: { $in: [firm, other] } })
    const [first, second] = [await as(firm, 'owner'), await as(firm, 'owner')]
    await core.memberships.put({
      ...{ parkId: core.park().id, personId: first.personId },
      ...{ type: 'provider', organisation: other, role: 'owner' },
    })
    const [viewer, editor, later] = [await as(firm, 'viewer'), await as(firm, 'editor'), await as(firm, 'editor')]
    const erase = async (person: TestPerson) => {
      const browser = await signedIn(product, person)
      const page = await browser.get('/account/data/erasure')
      return browser.submit(page, { proof: person.password })
    }
    const since = new Date(now.getTime() + 1000)
    await core.db.collection('memberships').updateOne({ personId: later.personId }, { $set: { since } })
    // Both at once: each is seen by the other's erasure, so that the firm is not forgotten between them.
    const done = await Promise.all([erase(first), erase(second)])
    expect(done.map(({ status }) => status)).toEqual([303, 303])
    const roles = Object.fromEntries((await core.memberships.members(firm)).map((m) => [m.personId, m.role]))
    expect(roles).toEqual({ [viewer.personId]: 'viewer', [editor.personId]: 'owner', [later.personId]: 'editor' })
    expect(await core.memberships.members(other)).toEqual([])
    const audit = await core.db
      .collection('audit')
      .find({ recordId: { $in: [firm, other] } })
      .toArray()
    const of = (action: string) => audit.filter((one) => one.action === action).map(({ recordId }) => recordId)
    expect(of('left-without-owner').filter((id) => id === other)).not.toEqual([])
    expect(of('member-role-changed')).toEqual([firm])
    const [request] = await core.requests.of(first.personId)
    expect(request?.withoutOwner).toEqual([expect.objectContaining({ organisation: other })])
    // Whom the firm is left to can go on at once, and who has nobody can be taken over like any other.
    expect((await (await signedIn(product, editor)).get(`/organisations/${firm}/members`)).status).toBe(200)
    const slug = (await core.records.byId('provider', other))?.slug
    expect((await (await signedIn(product, viewer)).get(`/providers/${slug}/claim`)).status).toBe(200)
  })

  it('takes along what was mailed to somebody with an invitation, before he had an account', async () => {
    const [firm] = await firms()
    const owner = await addPerson(product, { memberships: [{ type: 'provider', organisation: firm, role: 'owner' }] })
    const boss = await signedIn(product, owner)
    const email = 'duoc.moi@vuon.example'
    await boss.get(`/organisations/${firm}/members`)
    const sent = await boss.post(`/organisations/${firm}/members`, { email, role: 'editor' })
    expect((await boss.get(sent.location)).text).toContain(email)
    const person = await addPerson(product, { email })
    const browser = await signedIn(product, person)
    expect((await download(browser)).invitations).toEqual([expect.objectContaining({ to: email, role: 'editor' })])
    expect((await traces([email])).length).toBeGreaterThan(2)
    await browser.submit(await browser.get('/account/data/erasure'), { proof: person.password })
    await expect.poll(() => traces([email])).toEqual([])
  })

  it('leaves one of the last two administrators, also when both go at once', async () => {
    const alone = await startTestProduct({ unlimited: true })
    const both = [
      await addPerson(alone, { staff: 'administrator' }),
      await addPerson(alone, { staff: 'administrator' }),
    ]
    const browsers = await Promise.all(both.map((person) => signedIn(alone, person)))
    const pages = await Promise.all(browsers.map((browser) => browser.get('/account/data/erasure')))
    const done = await Promise.all(
      browsers.map((browser, i) => browser.submit(pages[i] as Answer, { proof: both[i]?.password ?? '' })),
    )
    expect(done.map(({ status }) => status).sort()).toEqual([303, 422])
    await alone.close()
  })

  it('is refused to the only administrator', async () => {
    const alone = await startTestProduct({ unlimited: true })
    const boss = await addPerson(alone, { staff: 'administrator' })
    const browser = await signedIn(alone, boss)
    const page = await browser.get('/account/data/erasure')
    const refused = await browser.submit(page, { proof: boss.password })
    expect(refused.status).toBe(422)
    expect(refused.text).toContain('người quản trị duy nhất')
    await alone.close()
  })

  it('is a guest’s too, by his link, together with a copy of what is kept', async () => {
    const words = 'Bè cá nghẹt oxy lúc gần sáng'
    const guest = newGuest(product.url)
    const sent = await postNeed(guest, {}, { title: words, email: 'be.ca@song.example', name: 'Sáu Bè' })
    const location = await mailedPage(product, sent.location)
    expect(await download(guest, `${location}/copy`)).toMatchObject({
      person: { email: 'be.ca@song.example', name: 'Sáu Bè' },
      needs: [{ working: { title: { vi: words } } }],
      mails: [{ to: 'be.ca@song.example' }],
    })
    const page = await guest.get(location)
    expect(page.text).toContain('Xóa ngay mọi dữ liệu của tôi')
    expect((await guest.post(`${location}/erasure`, {})).status).toBe(303)
    await expect.poll(() => traces([words, 'be.ca@song.example', 'Sáu Bè'])).toEqual([])
    expect((await guest.get(location)).status).toBe(404)
  })
})
