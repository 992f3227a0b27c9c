import request from 'supertest'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { alertingOf } from '../../src/alerting.js'
import { mailingOf } from '../../src/composition.js'
import { DAY_MS, RETENTION } from '../../src/kernel/retention.js'
import type { WatchRow } from '../../src/modules/alerts/alerts.model.js'
import { digestService, forgetAlerts } from '../../src/modules/alerts/index.js'
import { type NeedContent, needContent } from '../../src/modules/needs/index.js'
import type { ProviderProfile } from '../../src/modules/providers/index.js'
import { inTransaction } from '../../src/platform/db/connection.js'
import type { Edit, StoredRecord } from '../../src/platform/records/record.types.js'
import { addPerson, PASSWORD, signedIn, type TestPerson } from '../support/accounts.js'
import { type Guest, newGuest } from '../support/guest.js'
import { mainOf, textOf } from '../support/html.js'
import { addProvider } from '../support/listings.js'
import { linkTo, mailsTo } from '../support/mails.js'
import { mailedPage, postNeed } from '../support/posting.js'
import { startTestProduct, type TestProduct } from '../support/product.js'

/** Somebody is told by mail of what is new and fits: once a day, the same never twice, and by one press no more. */

let product: TestProduct
// Half past seven in the morning in Vietnam.
const START = Date.parse('2026-11-24T00:30:00Z')
let now = new Date(START)
// Each look is later than the one before, so that the newest of two mails can be told.
const clock = () => {
  now = new Date(now.getTime() + 1)
  return now
}
let firms = 0

beforeAll(async () => {
  product = await startTestProduct({ unlimited: true, clock, env: { TRUST_PROXY: 'on' } })
})
afterAll(async () => {
  expect(product.faults()).toEqual([])
  await product.close()
})
beforeEach(async () => {
  for (const name of ['watches', 'told', 'mails']) await product.core.db.collection(name).deleteMany({})
  const edits: { id: string; set: { archivedAt: Date } }[] = []
  for await (const { id } of product.core.records.each('provider')) edits.push({ id, set: { archivedAt: now } })
  await change(edits)
})

const ACCOUNTING = 'can phan mem ke toan cho cua hang'
const ACCOUNTING_FIRM = {
  tagline: { vi: 'Phần mềm kế toán cho hộ kinh doanh' },
  services: [{ service: 'accounting' }],
}

const addFirm = (profile: Parameters<typeof addProvider>[1] = ACCOUNTING_FIRM) =>
  addProvider(product, { name: { vi: `Công ty Sổ Sách ${++firms}` }, ...profile })

async function change(edits: Edit<ProviderProfile>[]) {
  await product.core.change<ProviderProfile>({
    parkId: product.core.park().id,
    type: 'provider',
    by: 'system:test',
    why: 'test',
    edits,
  })
  await product.core.indexing.caughtUp()
}
const archive = (id: string) => change([{ id, set: { archivedAt: now } }])
const rewrite = (firm: StoredRecord<ProviderProfile>, profile: Partial<ProviderProfile>) =>
  change([{ id: firm.id, set: { published: { ...(firm.published as ProviderProfile), ...profile } } }])

/** The job as an instance runs it; each has one of its own. */
function instance() {
  const { core } = product
  const alerting = alertingOf(
    core,
    mailingOf(core, () => {}),
  )
  return digestService({ ...alerting, caughtUp: core.indexing.caughtUp })
}
const runJob = () => instance().run(product.core.park())

const nextMorning = () => {
  now = new Date(now.getTime() + DAY_MS)
}

const rows = () => product.core.db.collection<WatchRow>('watches').find({}).sort({ createdAt: 1 }).toArray()
const digests = async (to: string) => {
  const all = await product.core.db.collection('mails').find({ to, kind: 'event' }).sort({ createdAt: 1 }).toArray()
  return all.map(({ subject, text, unsubscribe }) => ({
    ...{ subject: String(subject), text: String(text), unsubscribe: String(unsubscribe) },
  }))
}

/** From the page of the matcher, as a reader goes. */
async function askFrom(browser: Guest, text: string, fields: Record<string, string> = {}, prefix = '') {
  const page = await browser.get(`${prefix}/match?text=${encodeURIComponent(text)}`)
  const link = new RegExp(`href="(${prefix}/alerts/new[^"]*)"`).exec(page.text)?.[1]?.replaceAll('&amp;', '&') ?? ''
  return browser.submit(await browser.get(link.replaceAll('&#x3D;', '=')), fields)
}

/** A browser at an address of its own. */
let clients = 0
const someone = () => newGuest(product.url, { 'X-Forwarded-For': `203.0.113.${++clients}` })

async function confirmedGuest(email: string, text = ACCOUNTING, prefix = '') {
  const browser = someone()
  expect((await askFrom(browser, text, { email }, prefix)).status).toBe(303)
  const link = await linkTo(product, email, `${prefix}/alerts/confirmation/`)
  const pressed = await browser.submit(await browser.get(link))
  expect(pressed.status).toBe(200)
  return browser
}

async function person(options: Parameters<typeof addPerson>[1] = {}): Promise<{ who: TestPerson; browser: Guest }> {
  const who = await addPerson(product, options)
  return { who, browser: await signedIn(product, who) }
}

describe('a guest', () => {
  test('is asked for an address, and nothing is mailed to it but a link until that is pressed', async () => {
    const browser = someone()
    const nobody = await browser.get(`/match?text=${encodeURIComponent(ACCOUNTING)}`)
    expect(textOf(mainOf(nobody.text))).toContain('Báo cho tôi khi có doanh nghiệp làm được')
    expect((await askFrom(browser, ACCOUNTING, { email: 'không phải thư' })).status).toBe(422)
    expect((await askFrom(browser, ACCOUNTING)).status).toBe(422)
    expect(await rows()).toEqual([])

    const sent = await askFrom(browser, ACCOUNTING, { email: 'bay@khach.example' })
    expect(sent.status).toBe(303)
    expect((await browser.get(sent.location)).text).toContain('Đã gửi thư tới bay@khach.example')
    await addFirm()
    nextMorning()
    expect(await runJob()).toBe(0)
    const link = await linkTo(product, 'bay@khach.example', '/alerts/confirmation/')
    const page = await browser.get(link)
    expect(page.text).toContain(ACCOUNTING)
    expect(page.headers['referrer-policy']).toBe('no-referrer')
    expect((await rows())[0]).toMatchObject({ state: 'asked' })

    expect((await browser.submit(page)).text).toContain('Đã bắt đầu báo tin')
    expect((await browser.get(link)).text).toContain('Đang báo tin cho anh chị')
    // What came between asking and confirming is news too.
    await product.core.db.collection('watches').updateMany({}, { $set: { checkedOn: '2026-11-23' } })
    expect(await runJob()).toBe(1)
    expect(await digests('bay@khach.example')).toHaveLength(1)
  })

  test('who does not confirm is forgotten, and his link leads nowhere', async () => {
    const browser = someone()
    await askFrom(browser, ACCOUNTING, { email: 'quen@khach.example' })
    const link = await linkTo(product, 'quen@khach.example', '/alerts/confirmation/')
    now = new Date(now.getTime() + RETENTION.alertConfirmDays * DAY_MS + 1)
    expect((await browser.get(link)).status).toBe(404)
    expect((await browser.post(link, {})).status).toBe(404)
    expect(await forgetAlerts(product.core)).toBe(1)
    for (const name of ['watches', 'told', 'mails'])
      expect(await product.core.db.collection(name).countDocuments()).toBe(0)
    expect(await product.core.db.collection('people').countDocuments({ email: 'quen@khach.example' })).toBe(0)
  })

  test('cannot have an address written to more than a few times a day, and is not told that', async () => {
    const browser = someone()
    for (let n = 0; n < 8; n++)
      expect((await askFrom(browser, `${ACCOUNTING} so ${n}`, { email: 'nan@khach.example' })).status).toBe(303)
    expect(await mailsTo(product, 'nan@khach.example')).toHaveLength(5)
    expect(await rows()).toHaveLength(5)
    for (let n = 0; n < 3; n++) await askFrom(browser, `${ACCOUNTING} lan ${n}`, { email: `x${n}@khach.example` })
    expect((await rows()).length).toBeLessThan(8)
  })

  test('who confirms several gets one mail; who signs in under the address has them in his account', async () => {
    await confirmedGuest('nhieu@khach.example')
    await confirmedGuest('nhieu@khach.example', 'can cham cong va tinh luong cho xuong')
    await confirmedGuest('nhieu@khach.example', ACCOUNTING)
    const own = await rows()
    expect(own).toHaveLength(2)
    expect(new Set(own.map(({ personId }) => personId)).size).toBe(1)
    await addFirm()
    await addFirm({ tagline: { vi: 'Chấm công, tính lương' }, services: [{ service: 'hr-payroll' }] })
    nextMorning()
    expect(await runJob()).toBe(1)
    const [mail] = await digests('nhieu@khach.example')
    expect(mail?.subject).toBe('2 tin mới phù hợp với anh chị')
    expect(mail?.text.match(/Ngừng báo riêng mục này/g)).toHaveLength(2)

    const { browser, who } = await person({ email: 'chu@tiem.example' })
    await confirmedGuest('chu@tiem.example')
    expect((await browser.get('/account/alerts')).text).toContain(ACCOUNTING)
    expect((await rows()).at(-1)).toMatchObject({ personId: who.personId, guest: false })
  })

  test('who has posted a need is told of firms for it by the link in his mail, and by no other', async () => {
    const posting = someone()
    const { location } = await postNeed(posting, { services: ['traceability'] }, { email: 'khom@tiem.example' })
    expect((await posting.get(`${location}/alert`)).status).toBe(404)
    const mailed = await mailedPage(product, location)
    const page = await posting.get(mailed)
    expect(page.text).toContain(`href="${mailed}/alert"`)
    expect((await posting.submit(await posting.get(`${mailed}/alert`))).location).toBe(mailed)
    await addFirm({ tagline: { vi: 'Tem truy xuất nguồn gốc' }, services: [{ service: 'traceability' }] })
    nextMorning()
    expect(await runJob()).toBe(1)
    expect((await digests('khom@tiem.example'))[0]?.text).toContain('Dán tem truy xuất cho khóm')
  })
})

describe('the mail of the day', () => {
  test('comes from seven in the morning on, says why, and tells nothing that was there before', async () => {
    const old = await addFirm()
    const { who, browser } = await person()
    const started = await askFrom(browser, ACCOUNTING)
    expect(started.location).toBe('/account/alerts')
    expect((await browser.get('/account/alerts')).text).toContain(ACCOUNTING)
    const fresh = await addFirm()
    const day = START + Math.ceil((now.getTime() - START) / DAY_MS + 1) * DAY_MS
    now = new Date(day - 31 * 60_000)
    expect(await runJob()).toBe(0)
    now = new Date(day - 30 * 60_000)
    expect(await runJob()).toBe(1)
    const [mail] = await digests(who.email)
    expect(mail?.text).toContain(`/providers/${fresh.slug}`)
    expect(mail?.text).toContain('Phần mềm kế toán là việc chính của họ')
    expect(mail?.text).not.toContain(`/providers/${old.slug}`)
    expect(mail?.unsubscribe).toMatch(/^http:\/\/.*\/alerts\/stop\/p-/)
  })

  test('is one a day, tells nothing twice, and does not come when there is nothing new', async () => {
    const { who, browser } = await person()
    await askFrom(browser, ACCOUNTING)
    const firm = await addFirm()
    nextMorning()
    expect(await runJob()).toBe(1)
    await addFirm()
    expect(await runJob()).toBe(0)
    nextMorning()
    expect(await runJob()).toBe(1)
    nextMorning()
    expect(await runJob()).toBe(0)
    // Other words are no news; more that fits is.
    await rewrite(firm, { description: { vi: 'Văn mới của công ty.' } })
    nextMorning()
    expect(await runJob()).toBe(0)
    const all = (await digests(who.email)).map(({ text }) => text).join('\n')
    expect(all.match(new RegExp(`/providers/${firm.slug}\\b`, 'g'))).toHaveLength(1)
  })

  test('tells of a firm that was changed and does it now, and of one that fits in more than it did', async () => {
    const text = `${ACCOUNTING} tap hoa ban le, ngan sach 40 trieu`
    const other = await addFirm({ tagline: { vi: 'Bán máy tính' }, services: [{ service: 'cloud-hosting' }] })
    const near = await addFirm()
    const { who, browser } = await person()
    await askFrom(browser, text)
    await rewrite(other as StoredRecord<ProviderProfile>, {
      tagline: ACCOUNTING_FIRM.tagline,
      services: (near.published as ProviderProfile).services,
    })
    nextMorning()
    expect(await runJob()).toBe(1)
    const services = [{ service: 'accounting', price: { min: 5_000_000, max: 10_000_000 } }]
    await rewrite(near as StoredRecord<ProviderProfile>, { sectors: ['retail'], services })
    nextMorning()
    const again = await runJob()
    const mails = await digests(who.email)
    expect(mails[0]?.text).toContain(`/providers/${other.slug}`)
    expect(mails[0]?.text).not.toContain('vừa sửa lại')
    expect(again).toBe(1)
    expect(mails[1]?.text).toContain('(vừa sửa lại, nay hợp hơn)')
    expect(mails[1]?.text).toContain(`/providers/${near.slug}`)
  })

  test('goes once to each when several instances run at the same moment', async () => {
    const people = await Promise.all(Array.from({ length: 3 }, () => person()))
    for (const { browser } of people) await askFrom(browser, ACCOUNTING)
    await addFirm()
    nextMorning()
    const sent = await Promise.all([runJob(), runJob(), runJob()])
    expect(sent.reduce((sum, n) => sum + n, 0)).toBe(3)
    for (const { who } of people) expect(await digests(who.email)).toHaveLength(1)
  })

  test('even when two have looked for the same person at once', async () => {
    const { who, browser } = await person()
    await askFrom(browser, ACCOUNTING)
    await askFrom(browser, `${ACCOUNTING} thu hai`)
    await addFirm()
    nextMorning()
    // As if the lease of the first were over while it still looks.
    const { core } = product
    const eager = {
      ...alertingOf(
        core,
        mailingOf(core, () => {}),
      ),
      caughtUp: core.indexing.caughtUp,
    }
    const claims = [who.personId, null]
    const watches = { ...core.watches, claim: async () => claims.shift() ?? null }
    const late = { ...core.watches, claim: watches.claim }
    const first = digestService({ ...eager, watches })
    const second = digestService({ ...eager, watches: { ...late, claim: oneClaim(who.personId) } })
    const sent = await Promise.all([first.run(core.park()), second.run(core.park())])
    expect(sent.sort()).toEqual([0, 1])
    expect(await digests(who.email)).toHaveLength(1)
  })

  test('is neither lost nor doubled by a stop between the mail and the note of it', async () => {
    const { who, browser } = await person()
    await askFrom(browser, ACCOUNTING)
    const firm = await addFirm()
    nextMorning()
    const { core } = product
    const dies = {
      ...core.told,
      noteMailed: async () => {
        throw new Error('the power went out')
      },
    }
    const dying = digestService({
      ...{
        ...alertingOf(
          core,
          mailingOf(core, () => {}),
        ),
        told: dies,
      },
      caughtUp: core.indexing.caughtUp,
    })
    await expect(dying.run(core.park())).rejects.toThrow(/could not be told/)
    expect(await digests(who.email)).toEqual([])
    // Its lease keeps the others away for a time.
    expect(await runJob()).toBe(0)
    now = new Date(now.getTime() + 11 * 60_000)
    expect(await runJob()).toBe(1)
    expect((await digests(who.email))[0]?.text).toContain(firm.slug)
    // Noted already, it cannot be noted with a second mail.
    const [row] = await rows()
    const note = [{ item: firm.id, version: firm.version, met: [] }]
    await expect(
      inTransaction(core.db, (session) => core.told.noteMailed(row?._id ?? '', note, now, session)),
    ).rejects.toThrow(/duplicate/i)
  })

  test('is written in the language of its reader', async () => {
    await confirmedGuest('ann@guest.example', 'need accounting software for my shop', '/en')
    const { who, browser } = await person({ lang: 'en' })
    await askFrom(browser, ACCOUNTING)
    await addFirm()
    nextMorning()
    await runJob()
    for (const to of ['ann@guest.example', who.email]) {
      const [mail] = await digests(to)
      expect(mail?.subject).toBe('Something new that fits')
      expect(mail?.text).toMatch(/^Hello,/)
      expect(mail?.text).toContain(`${product.core.config.publicUrl}/en/providers/`)
      expect(mail?.text).not.toMatch(/Chào|Ngừng/)
    }
  })
})

describe('a firm', () => {
  const NEED = { problem: { vi: 'Cửa hàng cần phần mềm kế toán, sổ sách làm tay hay sai' }, services: ['accounting'] }

  async function publishNeed(title: string, over: Partial<NeedContent> = {}) {
    const { core } = product
    const published = needContent.parse({ title: { vi: title }, ...NEED, ...over })
    const edits = [{ slugFrom: title, source: 'test', set: { status: 'published', published } }]
    const at = { parkId: core.park().id, type: 'need', by: 'system:test', why: 'test' } as const
    const [need] = await core.change<NeedContent>({ ...at, edits })
    await core.indexing.caughtUp()
    return need
  }

  test('is told of new needs that it could serve, as long as one belongs to it', async () => {
    const firm = await addFirm()
    const membership = { type: 'provider', organisation: firm.id, role: 'viewer' } as const
    const { who, browser } = await person({ memberships: [membership] })
    const { browser: stranger } = await person()
    await publishNeed('Nhu cầu đã có')
    const page = await browser.get(`/organisations/${firm.id}/matches`)
    expect(page.text).toContain(`/alerts/new?firm`)
    expect((await stranger.get(`/alerts/new?firm=${firm.id}`)).status).toBe(404)
    const asking = await browser.get(`/alerts/new?firm=${firm.id}`)
    expect(textOf(mainOf(asking.text))).toContain('Báo cho tôi khi có nhu cầu hợp với đơn vị')
    expect((await browser.submit(asking)).location).toBe('/account/alerts')

    const fresh = await publishNeed('Sổ sách cửa hàng')
    await publishNeed('Chỉ cho khu', { visibility: 'park' })
    await publishNeed('Chỉ cho người được ghép', { visibility: 'matched' })
    await publishNeed('Bơm nước', { problem: { vi: 'Máy bơm hay hư' }, services: ['smart-farming'] })
    nextMorning()
    expect(await runJob()).toBe(1)
    const [mail] = await digests(who.email)
    expect(mail?.subject).toBe('2 tin mới phù hợp với anh chị')
    expect(mail?.text).toContain(`/needs/${fresh?.slug}`)
    expect(mail?.text).toContain('Chỉ cho khu')
    expect(mail?.text).not.toMatch(/Nhu cầu đã có|Chỉ cho người được ghép|Bơm nước/)

    await product.core.memberships.remove(firm.id, who.personId)
    await publishNeed('Sau khi rời đi')
    nextMorning()
    expect(await runJob()).toBe(0)
    expect((await rows())[0]).toMatchObject({ state: 'ended' })
  })
})

describe('ending', () => {
  const stopLink = (text: string, kind: 'p' | 'w') =>
    new RegExp(`/alerts/stop/${kind}-[0-9a-z-]+`).exec(text)?.[0] ?? ''

  test('by the press in a mail program, without cookie or token; reading the page changes nothing', async () => {
    await confirmedGuest('nghi@khach.example')
    await confirmedGuest('nghi@khach.example', 'can cham cong va tinh luong cho xuong')
    await addFirm()
    nextMorning()
    await runJob()
    const [mail] = await digests('nghi@khach.example')
    const one = stopLink(mail?.text ?? '', 'w')
    const page = await request(product.url).get(one)
    expect(page.status).toBe(200)
    expect(page.text).toContain(ACCOUNTING)
    expect(page.headers['set-cookie']).toBeUndefined()
    expect((await rows()).map(({ state }) => state)).toEqual(['on', 'on'])

    // RFC 8058, section 3.1: the form may come in either encoding.
    const pressed = await request(product.url).post(one).field('List-Unsubscribe', 'One-Click')
    expect(pressed.status).toBe(200)
    expect((await rows()).map(({ state }) => state)).toEqual(['ended', 'on'])
    expect((await request(product.url).post(one).type('form').send('List-Unsubscribe=One-Click')).status).toBe(200)

    const { pathname } = new URL(mail?.unsubscribe ?? '')
    expect((await request(product.url).post(pathname).type('form').send('List-Unsubscribe=One-Click')).status).toBe(200)
    // Nothing is kept of who was here for this alone.
    expect(await rows()).toEqual([])
    expect(await product.core.db.collection('people').countDocuments({ email: 'nghi@khach.example' })).toBe(0)
    await addFirm()
    nextMorning()
    expect(await runJob()).toBe(0)
    expect((await request(product.url).post(pathname)).status).toBe(200)
  })

  test('not by a token that was made up or changed', async () => {
    await confirmedGuest('vung@khach.example')
    const [row] = await rows()
    const { stopTokens } = await import('../../src/modules/alerts/unsubscribing.js')
    const token = stopTokens(product.core.secrets.unsubscribing).make({ kind: 'watch', id: row?._id ?? '' })
    const last = token.endsWith('0') ? '1' : '0'
    for (const forged of [
      ...[token.slice(0, -1) + last, token.slice(0, -1), token.replace(/^w/, 'p'), `w-${row?._id}-${'0'.repeat(32)}`],
      ...[stopTokens('another secret').make({ kind: 'watch', id: row?._id ?? '' }), `${token}0`, row?._id ?? ''],
    ]) {
      expect((await request(product.url).post(`/alerts/stop/${forged}`)).status, forged).toBe(404)
      expect((await request(product.url).get(`/alerts/stop/${forged}`)).status, forged).toBe(404)
    }
    expect((await rows())[0]).toMatchObject({ state: 'on' })
  })

  test('in the account; what was ended stays so, and what was told is not told again when it is begun anew', async () => {
    const { who, browser } = await person()
    const { browser: stranger } = await person()
    await askFrom(browser, ACCOUNTING)
    const firm = await addFirm()
    nextMorning()
    await runJob()
    const [row] = await rows()
    await stranger.get('/account/details')
    await stranger.post('/account/alerts', { watch: row?._id ?? '' })
    expect((await rows())[0]).toMatchObject({ state: 'on' })
    expect((await browser.submit(await browser.get('/account/alerts'))).status).toBe(303)
    expect((await rows())[0]).toMatchObject({ state: 'ended', typed: null, place: null })
    const second = await addFirm()
    nextMorning()
    expect(await runJob()).toBe(0)
    await askFrom(browser, ACCOUNTING)
    expect(await rows()).toHaveLength(1)
    await archive(firm.id)
    await change([{ id: firm.id, set: { archivedAt: null } }])
    nextMorning()
    expect(await runJob()).toBe(0)
    expect(await digests(who.email)).toHaveLength(1)
    expect(second.id).not.toBe(firm.id)
  })

  test('by itself: after its time, and with the need', async () => {
    const { who, browser } = await person()
    await askFrom(browser, ACCOUNTING)
    const { core } = product
    const content = needContent.parse({
      title: { vi: 'Sổ sách' },
      problem: { vi: ACCOUNTING },
      services: ['accounting'],
    })
    const [need] = await core.change<NeedContent>({
      ...{ parkId: core.park().id, type: 'need', by: 'system:test', why: 'test' },
      edits: [
        {
          slugFrom: 'so sach',
          source: 'test',
          set: { status: 'published', published: content, ownerId: who.personId },
        },
      ],
    })
    const page = await browser.get(`/account/needs/${need?.id}`)
    expect(page.text).toContain('/alerts/new?need')
    expect((await browser.submit(await browser.get(`/alerts/new?need=${need?.id}`))).location).toBe('/account/alerts')
    const { browser: stranger } = await person()
    expect((await stranger.get(`/alerts/new?need=${need?.id}`)).status).toBe(404)
    expect((await newGuest(product.url).get(`/alerts/new?need=${need?.id}`)).location).toContain('/sign-in')
    await core.change<NeedContent>({
      ...{ parkId: core.park().id, type: 'need', by: 'system:test', why: 'test' },
      edits: [{ id: need?.id ?? '', set: { status: 'closed' } }],
    })
    await addFirm()
    nextMorning()
    expect(await runJob()).toBe(1)
    expect((await digests(who.email))[0]?.text).not.toContain('Sổ sách”')
    expect((await rows()).map(({ kind, state }) => [kind, state])).toEqual([
      ['words', 'on'],
      ['need', 'ended'],
    ])
    now = new Date(now.getTime() + 366 * DAY_MS)
    await addFirm()
    expect(await runJob()).toBe(0)
    expect((await rows()).every(({ state }) => state === 'ended')).toBe(true)
    now = new Date(now.getTime() + (RETENTION.alertEndedDays + 1) * DAY_MS)
    await forgetAlerts(core)
    expect(await rows()).toEqual([])
    expect(await core.db.collection('told').countDocuments()).toBe(0)
  })
})

describe('one person', () => {
  test('watches twenty things and no more, however quickly he asks', async () => {
    const { browser, who } = await person()
    await browser.get('/account/details')
    const ask = (n: number) => browser.post('/alerts/new', { text: `${ACCOUNTING} so ${n}` })
    for (let n = 0; n < 18; n++) await ask(n)
    const answers = await Promise.all([18, 19, 20, 21].map(ask))
    expect(answers.map(({ status }) => status)).toEqual([303, 303, 303, 303])
    expect((await rows()).filter(({ state, personId }) => state === 'on' && personId === who.personId)).toHaveLength(20)
    expect((await browser.get('/account/alerts')).text).toContain('20 trên 20 mục')
  })

  test('has what he watches in the copy of his data, and is erased with it', async () => {
    const { browser, who } = await person()
    await askFrom(browser, ACCOUNTING)
    const firm = await addFirm()
    nextMorning()
    await runJob()
    await browser.get('/account/data')
    const copy = JSON.parse((await browser.get('/account/data/copy')).text)
    expect(JSON.stringify(copy.alerts)).toContain(ACCOUNTING)
    expect(copy.alerts[0].told).toMatchObject([{ item: firm.id }])
    const erasure = await browser.get('/account/data/erasure')
    expect((await browser.submit(erasure, { proof: who.password })).status).toBe(303)
    expect(await rows()).toEqual([])
    expect(await product.core.db.collection('told').countDocuments()).toBe(0)
  })

  test('takes along what he watched as a guest when he signs up under the address', async () => {
    await confirmedGuest('moi@khach.example')
    const [before] = await rows()
    const browser = someone()
    await browser.submit(await browser.get('/sign-up'), { email: 'moi@khach.example' })
    const link = await browser.get(await linkTo(product, 'moi@khach.example', '/sign-up/'))
    const { status } = await browser.submit(link, { name: 'Út Mới', password: PASSWORD, consent: 'on' })
    expect(status).toBe(303)
    expect((await browser.get('/account/alerts')).text).toContain(ACCOUNTING)
    expect(await rows()).toMatchObject([{ _id: before?._id, guest: false, state: 'on' }])
    expect(await product.core.people.guestsOf(product.core.park().id, 'moi@khach.example')).toEqual([])
  })
})

/** Answers once with this person. */
function oneClaim(personId: string) {
  let asked = 0
  return async () => (asked++ === 0 ? personId : null)
}
