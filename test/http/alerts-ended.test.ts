import request from 'supertest'
import { describe, expect, test } from 'vitest'
import { DAY_MS, RETENTION } from '../../src/kernel/retention.js'
import { forgetAlerts } from '../../src/modules/alerts/index.js'
import { type NeedContent, needContent } from '../../src/modules/needs/index.js'
import { PASSWORD } from '../support/accounts.js'
import { ACCOUNTING, alertingProduct } from '../support/alerting.js'
import { newGuest } from '../support/guest.js'
import { mainOf, textOf } from '../support/html.js'
import { linkTo } from '../support/mails.js'

/** A firm is told of needs; what is watched is ended by one press, by itself, and with the person. */

const {
  product,
  pass,
  addFirm,
  change,
  archive,
  runJob,
  nextMorning,
  rows,
  digests,
  askFrom,
  someone,
  confirmedGuest,
  person,
} = alertingProduct()

describe('a firm', () => {
  const NEED = { problem: { vi: 'Cửa hàng cần phần mềm kế toán, sổ sách làm tay hay sai' }, services: ['accounting'] }

  async function publishNeed(title: string, over: Partial<NeedContent> = {}) {
    const { core } = product()
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

    await product().core.memberships.remove(firm.id, who.personId)
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
    const page = await request(product().url).get(one)
    expect(page.status).toBe(200)
    expect(page.text).toContain(ACCOUNTING)
    expect(page.headers['set-cookie']).toBeUndefined()
    expect((await rows()).map(({ state }) => state)).toEqual(['on', 'on'])

    // RFC 8058, section 3.1: the form may come in either encoding.
    const pressed = await request(product().url).post(one).field('List-Unsubscribe', 'One-Click')
    expect(pressed.status).toBe(200)
    expect((await rows()).map(({ state }) => state)).toEqual(['ended', 'on'])
    expect((await request(product().url).post(one).type('form').send('List-Unsubscribe=One-Click')).status).toBe(200)

    const { pathname } = new URL(mail?.unsubscribe ?? '')
    expect((await request(product().url).post(pathname).type('form').send('List-Unsubscribe=One-Click')).status).toBe(
      200,
    )
    // Nothing is kept of who was here for this alone.
    expect(await rows()).toEqual([])
    expect(await product().core.db.collection('people').countDocuments({ email: 'nghi@khach.example' })).toBe(0)
    await addFirm()
    nextMorning()
    expect(await runJob()).toBe(0)
    expect((await request(product().url).post(pathname)).status).toBe(200)
  })

  test('not by a token that was made up or changed', async () => {
    await confirmedGuest('vung@khach.example')
    const [row] = await rows()
    const { stopTokens } = await import('../../src/modules/alerts/unsubscribing.js')
    const token = stopTokens(product().core.secrets.unsubscribing).make({ kind: 'one', id: row?._id ?? '' })
    const last = token.endsWith('0') ? '1' : '0'
    for (const forged of [
      ...[token.slice(0, -1) + last, token.slice(0, -1), token.replace(/^w/, 'a'), `w-${row?._id}-${'0'.repeat(32)}`],
      ...[stopTokens('another secret').make({ kind: 'one', id: row?._id ?? '' }), `${token}0`, row?._id ?? ''],
    ]) {
      expect((await request(product().url).post(`/alerts/stop/${forged}`)).status, forged).toBe(404)
      expect((await request(product().url).get(`/alerts/stop/${forged}`)).status, forged).toBe(404)
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
    const { core } = product()
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
    expect((await newGuest(product().url).get(`/alerts/new?need=${need?.id}`)).location).toContain('/sign-in')
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
    pass(366 * DAY_MS)
    await addFirm()
    expect(await runJob()).toBe(0)
    expect((await rows()).every(({ state }) => state === 'ended')).toBe(true)
    pass((RETENTION.alertEndedDays + 1) * DAY_MS)
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
    expect(await product().core.db.collection('told').countDocuments()).toBe(0)
  })

  test('takes along what he watched as a guest when he signs up under the address', async () => {
    await confirmedGuest('moi@khach.example')
    const [before] = await rows()
    const browser = someone()
    await browser.submit(await browser.get('/sign-up'), { email: 'moi@khach.example' })
    const link = await browser.get(await linkTo(product(), 'moi@khach.example', '/sign-up/'))
    const { status } = await browser.submit(link, { name: 'Út Mới', password: PASSWORD, consent: 'on' })
    expect(status).toBe(303)
    expect((await browser.get('/account/alerts')).text).toContain(ACCOUNTING)
    expect(await rows()).toMatchObject([{ _id: before?._id, guest: false, state: 'on' }])
    expect(await product().core.people.guestsOf(product().core.park().id, 'moi@khach.example')).toEqual([])
  })

  test('ends all of it by the link of a mail that came before he had an account', async () => {
    await confirmedGuest('xua@khach.example')
    await addFirm()
    nextMorning()
    await runJob()
    const [mail] = await digests('xua@khach.example')
    const browser = someone()
    await browser.submit(await browser.get('/sign-up'), { email: 'xua@khach.example' })
    const link = await browser.get(await linkTo(product(), 'xua@khach.example', '/sign-up/'))
    await browser.submit(link, { name: 'Năm Xưa', password: PASSWORD, consent: 'on' })
    await askFrom(browser, 'can may cham cong cho xuong may')
    expect((await rows()).map(({ state }) => state)).toEqual(['on', 'on'])
    const { pathname } = new URL(mail?.unsubscribe ?? '')
    await request(product().url).post(pathname).type('form').send('List-Unsubscribe=One-Click')
    expect((await rows()).map(({ state }) => state)).toEqual(['ended', 'ended'])
  })

  test('is not watched for beyond its time though nobody is looked for: his account is suspended', async () => {
    const { browser, who } = await person()
    await askFrom(browser, ACCOUNTING)
    const suspended = await product()
      .core.db.collection<{ _id: string }>('accounts')
      .updateOne({ _id: who.personId }, { $set: { suspendedAt: new Date() } })
    expect(suspended.modifiedCount).toBe(1)
    pass(366 * DAY_MS)
    expect(await forgetAlerts(product().core)).toBe(1)
    expect(await rows()).toMatchObject([{ state: 'ended', typed: null }])
  })
})
