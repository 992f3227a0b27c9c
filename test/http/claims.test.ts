import sharp from 'sharp'
import request from 'supertest'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { claimData, forgetEvidence } from '../../src/modules/claims/index.js'
import { inTransaction } from '../../src/platform/db/connection.js'
import { addPerson, signedIn, type TestPerson } from '../support/accounts.js'
import { claimActs } from '../support/claims.js'
import { type Guest, newGuest } from '../support/guest.js'
import { linksIn, mainOf, textOf } from '../support/html.js'
import { startTestProduct, type TestProduct } from '../support/product.js'

/** Getting hold of a listed firm’s page by the curators’ word. */

let product: TestProduct
let curator: Guest
let now = new Date('2026-11-24T02:00:00Z')

const HOUR = 60 * 60_000
const later = (ms: number) => {
  now = new Date(now.getTime() + ms)
}
const { listedFirm, claimant, rolesAt, askByNote, claimCase } = claimActs(() => product)

beforeAll(async () => {
  product = await startTestProduct({ unlimited: true, clock: () => now })
})

// Anew each time: the clock of these tests is ahead of what a sign-in of the staff lives for.
beforeEach(async () => {
  curator = await signedIn(product, await addPerson(product, { staff: 'curator', name: 'Lê Thị Sáu' }))
})

afterAll(async () => {
  expect(product.faults()).toEqual([])
  await product.close()
})

describe('by the curators', () => {
  async function sendWithPicture(person: TestPerson, path: string, picture: Buffer) {
    const agent = request.agent(product.url)
    const token = (text: string) => /name="_csrf" value="([^"]+)"/.exec(text)?.[1] ?? ''
    const enter = token((await agent.get('/sign-in')).text)
    await agent.post('/sign-in').type('form').send({ _csrf: enter, email: person.email, password: person.password })
    const _csrf = token((await agent.get(path)).text)
    return agent
      .post(path)
      .field({ _csrf, way: 'note', note: 'Tôi là kế toán trưởng' })
      .attach('picture', picture, 'giay-phep.jpg')
  }

  test('a claim with a note waits in the queue, and who is believed becomes the owner', async () => {
    const { firm, path } = await listedFirm()
    const { person, browser } = await claimant()
    expect((await askByNote(browser, path)).status).toBe(303)
    expect(textOf(mainOf((await browser.get(path)).text))).toContain('Ban quản lý đang xem')
    const casePath = (await claimCase(person)) ?? ''
    const page = await curator.get(casePath)
    expect(textOf(page.text)).toContain('số bàn 0293 388 1234')
    expect((await curator.post(casePath, { action: 'approve' })).status).toBe(303)
    expect(await rolesAt(firm)).toEqual([[person.personId, 'owner']])
    const mail = await product.core.db.collection('mails').findOne({ to: person.email })
    expect(String(mail?.text)).toContain(`/organisations/${firm.id}`)
  })

  test('one that is refused is told why, and may ask again', async () => {
    const { firm, path } = await listedFirm()
    const { person, browser } = await claimant()
    await askByNote(browser, path)
    const casePath = (await claimCase(person)) ?? ''
    await curator.get(casePath)
    expect((await curator.post(casePath, { action: 'send-back' })).status).toBe(422)
    await curator.post(casePath, { action: 'send-back', note: 'Anh gửi giấy phép giúp' })
    expect(await rolesAt(firm)).toEqual([])
    expect(textOf((await browser.get(path)).text)).toContain('Anh gửi giấy phép giúp')
    expect((await askByNote(browser, path)).status).toBe(303)
    expect(await claimCase(person)).not.toBeNull()
  })

  test('rivals stand beside each other, and each is decided by itself', async () => {
    const { firm, path } = await listedFirm()
    const [one, two] = [await claimant('Người thứ nhất'), await claimant('Người thứ hai')]
    await askByNote(one.browser, path, 'Tôi là chủ')
    await askByNote(two.browser, path, 'Tôi mới là chủ')
    const casePath = (await claimCase(one.person)) ?? ''
    const page = textOf((await curator.get(casePath)).text)
    for (const words of ['Người thứ nhất', 'Người thứ hai', 'Tôi là chủ', 'Tôi mới là chủ'])
      expect(page).toContain(words)
    await curator.post(casePath, { action: 'approve' })
    expect(await rolesAt(firm)).toEqual([[one.person.personId, 'owner']])
    expect(textOf((await curator.get((await claimCase(two.person)) ?? '')).text)).toContain(
      'đang do Người thứ nhất giữ',
    )
  })

  test('two curators at once hand it over once', async () => {
    const { firm, path } = await listedFirm()
    const { person, browser } = await claimant()
    await askByNote(browser, path)
    const colleague = await signedIn(product, await addPerson(product, { staff: 'administrator' }))
    const casePath = (await claimCase(person)) ?? ''
    await Promise.all([curator.get(casePath), colleague.get(casePath)])
    const answers = await Promise.all([
      curator.post(casePath, { action: 'approve' }),
      colleague.post(casePath, { action: 'send-back', note: 'Chưa rõ' }),
    ])
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 409])
    const entry = await product.core.cases.byId(casePath.split('/').at(-1) ?? '')
    expect(await rolesAt(firm)).toHaveLength(entry?.state === 'approved' ? 1 : 0)
  })

  test('who belongs to the firm, or has asked already, is told so and nothing is sent', async () => {
    const { firm, path } = await listedFirm()
    const { person, browser } = await claimant()
    await askByNote(browser, path)
    expect(mainOf((await browser.get(path)).text)).not.toContain('<form')
    await browser.get('/needs/new')
    await browser.post(path, { way: 'note', note: 'lần nữa' })
    expect(await product.core.db.collection('claims').countDocuments({ personId: person.personId })).toBe(1)
    const viewer = await addPerson(product, {
      memberships: [{ type: 'provider', organisation: firm.id, role: 'viewer' }],
    })
    const inside = await signedIn(product, viewer)
    expect(mainOf((await inside.get(path)).text)).not.toContain('<form')
    await inside.get('/needs/new')
    await inside.post(path, { way: 'note', note: 'cho tôi làm chủ' })
    expect(await product.core.db.collection('claims').countDocuments({ personId: viewer.personId })).toBe(0)
  })

  test('a curator does not decide his own claim', async () => {
    const { path } = await listedFirm()
    const person = await addPerson(product, { staff: 'curator' })
    const own = await signedIn(product, person)
    await askByNote(own, path)
    const casePath = (await claimCase(person)) ?? ''
    expect(mainOf((await own.get(casePath)).text)).not.toContain('name="action"')
    await own.get('/needs/new')
    expect((await own.post(casePath, { action: 'approve' })).status).toBe(403)
  })

  test('a picture is seen by the curators alone, and gone with the note 30 days after the decision', async () => {
    const { firm, path } = await listedFirm()
    const { person, browser } = await claimant()
    const picture = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#0a0' } })
      .jpeg()
      .toBuffer()
    expect((await sendWithPicture(person, path, picture)).status).toBe(303)
    const casePath = (await claimCase(person)) ?? ''
    const picturePath = linksIn((await curator.get(casePath)).text).find(({ href }) => href.endsWith('/picture'))?.href
    expect(picturePath).toBe(`${casePath}/picture`)
    const seen = await curator.get(picturePath ?? '')
    expect([seen.status, seen.headers['content-type'], seen.headers['cache-control']]).toEqual([
      200,
      'image/webp',
      'private, no-store',
    ])
    expect((await browser.get(picturePath ?? '')).status).toBe(403)
    // A curator who works at the firm himself does not read what claimants say of each other.
    const membership = { type: 'provider', organisation: firm.id, role: 'viewer' } as const
    const kin = await signedIn(product, await addPerson(product, { staff: 'curator', memberships: [membership] }))
    expect((await kin.get(picturePath ?? '')).status).toBe(404)
    expect(textOf((await kin.get(casePath)).text)).not.toContain('Tôi là kế toán trưởng')
    expect((await newGuest(product.url).get(picturePath ?? '')).status).toBe(303)
    await curator.get(casePath)
    await curator.post(casePath, { action: 'approve' })
    later(29 * 24 * HOUR)
    await forgetEvidence(product.core)
    expect((await fresh(picturePath)).status).toBe(200)
    later(2 * 24 * HOUR)
    await forgetEvidence(product.core)
    expect((await fresh(picturePath)).status).toBe(404)
    expect(await product.core.claims.lastOf(person.personId, (await firmIdOf(person)) ?? '')).toMatchObject({
      note: null,
    })
  })

  /** Asked by a curator who has signed in just now: weeks have passed in between. */
  async function fresh(path: string | undefined) {
    return (await signedIn(product, await addPerson(product, { staff: 'curator' }))).get(path ?? '')
  }

  const firmIdOf = async ({ personId }: TestPerson) =>
    (await product.core.memberships.of(personId)).map(({ organisation }) => organisation)[0]

  test('what is no picture is refused at its field, and the note stays', async () => {
    const { path } = await listedFirm()
    const { person } = await claimant()
    const answer = await sendWithPicture(person, path, Buffer.from('<svg onload=alert(1)>'))
    expect(answer.status).toBe(422)
    expect(answer.text).toContain('href="#f-picture"')
    expect(answer.text).toContain('Tôi là kế toán trưởng')
    expect(await claimCase(person)).toBeNull()
  })
})

test('what a claimant has sent is in the copy of his data, and goes with him', async () => {
  const { path } = await listedFirm()
  const { person, browser } = await claimant()
  await askByNote(browser, path, 'Tôi là quản đốc')
  const { core } = product
  const source = claimData(core)
  const subject = { parkId: core.park().id, personId: person.personId }
  expect(await source.exportFor(subject)).toMatchObject([{ state: 'open', note: 'Tôi là quản đốc' }])
  const casePath = (await claimCase(person)) ?? ''
  await inTransaction(core.db, (session) => source.erase(subject, session))
  expect(await source.exportFor(subject)).toEqual([])
  const page = await curator.get(casePath)
  expect(textOf(page.text)).not.toContain('Tôi là quản đốc')
  expect((await curator.post(casePath, { action: 'end' })).status).toBe(303)
  expect((await curator.get('/admin?kind=claim')).text).not.toContain(casePath)
})

test('strangers are led to where one signs in, and there is nothing to claim at a firm that is not listed', async () => {
  const { path } = await listedFirm()
  expect((await newGuest(product.url).get(path)).location).toBe(`/sign-in?next=${encodeURIComponent(path)}`)
  const { browser } = await claimant()
  expect((await browser.get('/providers/no-such-firm/claim')).status).toBe(404)
})
