import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Membership } from '../../../src/kernel/permissions.js'
import { providerProfile } from '../../../src/modules/providers/index.js'
import { addPerson, signedIn, type TestPerson } from '../../support/accounts.js'
import { type Guest, newGuest } from '../../support/guest.js'
import { linksIn } from '../../support/html.js'
import { startTestProduct, type TestProduct } from '../../support/product.js'

let product: TestProduct
let now = new Date('2026-11-24T02:00:00Z')
let id: string
let people: string
let owner: Guest
let boss: TestPerson

beforeAll(async () => {
  product = await startTestProduct({ unlimited: true, clock: () => now })
})
afterAll(async () => {
  expect(product.faults()).toEqual([])
  await product.close()
})

beforeEach(async () => {
  const { core } = product
  const published = providerProfile.parse({
    ...{ name: { vi: 'Công ty Vàm' }, description: { vi: 'Gom số liệu.' }, park: { status: 'resident' } },
  })
  const [record] = await core.change({
    ...{ parkId: core.park().id, type: 'provider', by: 'system:test', why: 'a firm of the test' },
    edits: [{ slugFrom: 'Vàm', source: 'test', set: { published } }],
  })
  id = record?.id ?? ''
  people = `/organisations/${id}/members`
  boss = await member('owner', { name: 'Chị Bảy' })
  owner = await signedIn(product, boss)
})

const member = (role: Membership['role'], options: { name?: string; email?: string } = {}) =>
  addPerson(product, { ...options, memberships: [{ type: 'provider', organisation: id, role }] })

const roles = async () =>
  Object.fromEntries((await product.core.memberships.members(id)).map(({ personId, role }) => [personId, role]))

const audited = async () => {
  const rows = await product.core.db
    .collection('audit')
    .find({ recordId: id, type: 'membership' })
    .sort({ at: 1 })
    .toArray()
  return rows.map(({ action }) => action as string)
}

/** Sends the form of one member; the page seen last gives the token. */
async function settle(guest: Guest, { personId }: TestPerson, fields: Record<string, string>) {
  await guest.get(people)
  return guest.post(`${people}/${personId}`, fields)
}

const leave = async (guest: Guest) => {
  await guest.get(people)
  return guest.post(`/organisations/${id}/leave`, {})
}

describe('members', () => {
  test('an owner changes roles and removes people, and each act is in the audit log', async () => {
    const lan = await member('viewer')
    await settle(owner, lan, { act: 'role', role: 'editor' })
    expect((await roles())[lan.personId]).toBe('editor')
    await settle(owner, lan, { act: 'remove' })
    expect(await roles()).toEqual({ [boss.personId]: 'owner' })
    expect(await audited()).toEqual(['member-role-changed', 'member-removed'])
  })

  test('who is removed is a stranger at once, on the browser where he is signed in', async () => {
    const lan = await member('editor')
    const browser = await signedIn(product, lan)
    expect((await browser.get(`/organisations/${id}`)).status).toBe(200)
    await settle(owner, lan, { act: 'remove' })
    expect((await browser.get(`/organisations/${id}`)).status).toBe(404)
  })

  test('editors and viewers see who is there, without addresses, and change nothing but leave', async () => {
    const editor = await signedIn(product, await member('editor'))
    const page = await editor.get(people)
    expect(page.text).toContain('Chị Bảy')
    expect(page.text).not.toContain(boss.email)
    expect((await settle(editor, boss, { act: 'remove' })).status).toBe(403)
    expect((await editor.post(people, { email: 'a@b.example', role: 'owner' })).status).toBe(403)
    expect((await leave(editor)).location).toBe('/organisations')
    expect(Object.keys(await roles())).toEqual([boss.personId])
  })

  test('the last owner neither leaves nor gives up the role', async () => {
    await member('editor')
    await leave(owner)
    await settle(owner, boss, { act: 'role', role: 'editor' })
    await settle(owner, boss, { act: 'remove' })
    expect((await roles())[boss.personId]).toBe('owner')
  })

  test.each([1, 2, 3])('two owners who leave at the very same moment: one stays (round %i)', async () => {
    const other = await signedIn(product, await member('owner'))
    await Promise.all([leave(owner), leave(other)])
    expect(Object.values(await roles())).toEqual(['owner'])
  })

  test('two owners who remove each other at the very same moment: one stays', async () => {
    const rival = await member('owner')
    const other = await signedIn(product, rival)
    await Promise.all([settle(owner, rival, { act: 'remove' }), settle(other, boss, { act: 'remove' })])
    expect(Object.values(await roles())).toEqual(['owner'])
  })
})

describe('invitations', () => {
  const invite = async (email: string, role = 'editor') => {
    await owner.get(people)
    return owner.post(people, { email, role })
  }
  const mailTo = async (email: string) => {
    const mails = await product.core.db
      .collection('mails')
      .find({ to: email })
      .sort({ createdAt: -1, _id: 1 })
      .toArray()
    return mails.map(({ subject, text }) => ({
      subject: String(subject),
      path: linkIn(String(text)),
      text: String(text),
    }))
  }
  const linkIn = (text: string) => new URL(/http\S+/.exec(text)?.[0] ?? '').pathname
  const settleInvitation = async (act: string) => {
    const page = await owner.get(people)
    const action = /action="([^"]*\/invitations\/[^"]*)"/.exec(page.text)?.[1] ?? ''
    return owner.post(action, { act })
  }
  let count = 0
  const address = () => `lan${++count}@nguoi.example`

  test('a colleague signs in under the invited address and accepts, once', async () => {
    const email = address()
    const lan = await addPerson(product, { email, name: 'Lan' })
    expect((await invite(email)).status).toBe(303)
    const [mail] = await mailTo(email)
    expect(mail?.text).toContain('Chị Bảy')
    const browser = await signedIn(product, lan)
    const page = await browser.get(mail?.path ?? '')
    expect(page.text).toContain('Công ty Vàm')
    expect((await roles())[lan.personId]).toBeUndefined()
    const accepted = await Promise.all([browser.submit(page), browser.submit(page)])
    expect(accepted.map(({ status }) => status).sort()).toEqual([303, 404])
    expect((await roles())[lan.personId]).toBe('editor')
    expect((await browser.get(mail?.path ?? '')).status).toBe(404)
    expect(await audited()).toEqual(['invitation-sent', 'invitation-accepted'])
  })

  test('only the hash of its key is kept', async () => {
    const email = address()
    await invite(email)
    const key = (await mailTo(email))[0]?.path.split('/').at(-1) ?? ''
    const row = await product.core.db.collection('invitations').findOne({ email })
    expect(key).toMatch(/^[0-9a-z]{32}$/)
    expect(JSON.stringify(row)).not.toContain(key)
  })

  test('who is not signed in is led in and back; after that it also waits in his list', async () => {
    const email = address()
    await invite(email)
    const path = (await mailTo(email))[0]?.path ?? ''
    const stranger = newGuest(product.url)
    const page = await stranger.get(path)
    expect(page.status).toBe(200)
    expect(linksIn(page.text).map(({ href }) => href)).toContain(`/sign-in?next=${encodeURIComponent(path)}`)
    expect(page.text).not.toContain(email)
    await stranger.get('/needs/new')
    expect((await stranger.post(path, {})).location).toMatch(/^\/sign-in/)
    const lan = await addPerson(product, { email })
    const browser = await signedIn(product, lan)
    const joined = await browser.submit(await browser.get('/organisations'))
    expect(joined.location).toBe(`/organisations/${id}`)
    expect((await roles())[lan.personId]).toBe('editor')
  })

  test('somebody with another address is told which is meant, half hidden, and does not get in', async () => {
    const email = address()
    await invite(email)
    const path = (await mailTo(email))[0]?.path ?? ''
    const other = await addPerson(product)
    const browser = await signedIn(product, other)
    const page = await browser.get(path)
    expect(page.text).toContain('@nguoi.example')
    expect(page.text).not.toContain(email)
    await browser.get('/needs/new')
    const refused = await browser.post(path, {})
    expect([refused.status, refused.text.includes('@nguoi.example')]).toEqual([403, true])
    const row = await product.core.db.collection('invitations').findOne({ email })
    expect((await browser.post(`/account/invitations/${row?._id}`, {})).status).toBe(404)
    expect((await roles())[other.personId]).toBeUndefined()
  })

  test('sent again it has a new key and the old one is dead; withdrawn or after a week it leads nowhere', async () => {
    const email = address()
    await invite(email)
    const [first] = await mailTo(email)
    now = new Date(now.getTime() + 60_000)
    await settleInvitation('resend')
    const second = (await mailTo(email)).find(({ path }) => path !== first?.path)
    const stranger = newGuest(product.url)
    expect((await stranger.get(first?.path ?? '')).status).toBe(404)
    expect((await stranger.get(second?.path ?? '')).status).toBe(200)
    now = new Date(now.getTime() + 7 * 24 * 60 * 60_000 - 1_000)
    expect((await stranger.get(second?.path ?? '')).status).toBe(200)
    now = new Date(now.getTime() + 2_000)
    expect((await stranger.get(second?.path ?? '')).status).toBe(404)
    owner = await signedIn(product, boss)
    await settleInvitation('resend')
    await settleInvitation('revoke')
    expect(await product.core.db.collection('invitations').countDocuments({ email })).toBe(0)
    expect(await audited()).toEqual(['invitation-sent', 'invitation-resent', 'invitation-resent', 'invitation-revoked'])
  })

  test('nobody is invited twice, or where he is already, and no address gets more than five a day', async () => {
    const lan = await member('viewer', { email: address() })
    expect((await invite(lan.email)).status).toBe(422)
    const email = address()
    expect((await invite(email)).status).toBe(303)
    expect((await invite(email)).status).toBe(422)
    for (let sent = 2; sent <= 7; sent++) await settleInvitation('resend')
    expect(await mailTo(email)).toHaveLength(5)
  })

  test('an invitation does not lower who is there by then, and goes out in the language of who gets it', async () => {
    const email = address()
    const lan = await addPerson(product, { email, lang: 'en' })
    await invite(email, 'viewer')
    expect((await mailTo(email))[0]?.subject).toBe('Help to look after Công ty Vàm')
    await product.core.memberships.put({
      ...{ parkId: product.core.park().id, personId: lan.personId, type: 'provider', organisation: id, role: 'owner' },
    })
    const browser = await signedIn(product, lan)
    await browser.submit(await browser.get('/organisations'))
    expect((await roles())[lan.personId]).toBe('owner')
  })

  test("the invitation of another firm is not this one's to withdraw", async () => {
    const email = address()
    await invite(email)
    const row = await product.core.db.collection('invitations').findOne({ email })
    const other = await signedIn(product, await addPerson(product))
    await other.get('/needs/new')
    expect((await other.post(`/organisations/${id}/invitations/${row?._id}`, { act: 'revoke' })).status).toBe(404)
    expect(await product.core.db.collection('invitations').countDocuments({ email })).toBe(1)
  })
})
