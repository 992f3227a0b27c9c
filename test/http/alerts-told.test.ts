import { describe, expect, test } from 'vitest'
import { alertingOf } from '../../src/alerting.js'
import { mailingOf } from '../../src/composition.js'
import { DAY_MS, RETENTION } from '../../src/kernel/retention.js'
import { digestService, forgetAlerts } from '../../src/modules/alerts/index.js'
import type { ProviderProfile } from '../../src/modules/providers/index.js'
import { inTransaction } from '../../src/platform/db/connection.js'
import type { StoredRecord } from '../../src/platform/records/record.types.js'
import { ACCOUNTING, ACCOUNTING_FIRM, alertingProduct, START } from '../support/alerting.js'
import { mainOf, textOf } from '../support/html.js'
import { linkTo, mailsTo } from '../support/mails.js'
import { mailedPage, postNeed } from '../support/posting.js'

/** Somebody is told by mail of what is new and fits: once a day, and the same never twice. */

const {
  product,
  pass,
  now,
  set,
  addFirm,
  rewrite,
  runJob,
  nextMorning,
  rows,
  digests,
  askFrom,
  someone,
  confirmedGuest,
  person,
} = alertingProduct()

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
    const link = await linkTo(product(), 'bay@khach.example', '/alerts/confirmation/')
    const page = await browser.get(link)
    expect(page.text).toContain(ACCOUNTING)
    expect(page.headers['referrer-policy']).toBe('no-referrer')
    expect((await rows())[0]).toMatchObject({ state: 'asked' })

    expect((await browser.submit(page)).text).toContain('Đã bắt đầu báo tin')
    expect((await browser.get(link)).text).toContain('Đang báo tin cho anh chị')
    // What came between asking and confirming is news too.
    await product()
      .core.db.collection('watches')
      .updateMany({}, { $set: { checkedOn: '2026-11-23' } })
    expect(await runJob()).toBe(1)
    expect(await digests('bay@khach.example')).toHaveLength(1)
  })

  test('who does not confirm is forgotten, and his link leads nowhere', async () => {
    const browser = someone()
    await askFrom(browser, ACCOUNTING, { email: 'quen@khach.example' })
    const link = await linkTo(product(), 'quen@khach.example', '/alerts/confirmation/')
    pass(RETENTION.alertConfirmDays * DAY_MS + 1)
    expect((await browser.get(link)).status).toBe(404)
    expect((await browser.post(link, {})).status).toBe(404)
    expect(await forgetAlerts(product().core)).toBe(1)
    for (const name of ['watches', 'told', 'mails'])
      expect(await product().core.db.collection(name).countDocuments()).toBe(0)
    expect(await product().core.db.collection('people').countDocuments({ email: 'quen@khach.example' })).toBe(0)
  })

  test('cannot have an address written to more than a few times a day, and is not told that', async () => {
    const browser = someone()
    for (let n = 0; n < 8; n++)
      expect((await askFrom(browser, `${ACCOUNTING} so ${n}`, { email: 'nan@khach.example' })).status).toBe(303)
    expect(await mailsTo(product(), 'nan@khach.example')).toHaveLength(5)
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
    const mailed = await mailedPage(product(), location)
    const page = await posting.get(mailed)
    expect(page.text).toContain(`href="${mailed}/alert"`)
    expect((await posting.submit(await posting.get(`${mailed}/alert`))).location).toBe(mailed)
    await addFirm({ tagline: { vi: 'Tem truy xuất nguồn gốc' }, services: [{ service: 'traceability' }] })
    nextMorning()
    expect(await runJob()).toBe(1)
    expect((await digests('khom@tiem.example'))[0]?.text).toContain('Dán tem truy xuất cho khóm')
  })
})

test('carries no address that somebody typed to somebody else', async () => {
  await askFrom(someone(), `${ACCOUNTING} xem https://lua.example/qua www.lua.example lua-dao.vn/a`, {
    email: 'ai@khach.example',
  })
  const [mail] = await mailsTo(product(), 'ai@khach.example')
  expect(mail?.text).toContain(ACCOUNTING)
  expect(mail?.text).not.toMatch(/lua/)
})

describe('the mail of the day', () => {
  test('comes from seven in the morning on, says why, and tells nothing that was there before', async () => {
    const old = await addFirm()
    const { who, browser } = await person()
    const started = await askFrom(browser, ACCOUNTING)
    expect(started.location).toBe('/account/alerts')
    expect((await browser.get('/account/alerts')).text).toContain(ACCOUNTING)
    const fresh = await addFirm()
    const day = START + Math.ceil((now().getTime() - START) / DAY_MS + 1) * DAY_MS
    set(day - 31 * 60_000)
    expect(await runJob()).toBe(0)
    set(day - 30 * 60_000)
    expect(await runJob()).toBe(1)
    const [mail] = await digests(who.email)
    expect(mail?.text).toContain(`/providers/${fresh.slug}`)
    expect(mail?.text).toContain('Phần mềm kế toán là việc chính của họ')
    expect(mail?.text).not.toContain(`/providers/${old.slug}`)
    expect(mail?.unsubscribe).toMatch(/^http:\/\/.*\/alerts\/stop\/a-/)
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
    const { core } = product()
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
    const { core } = product()
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
    pass(11 * 60_000)
    expect(await runJob()).toBe(1)
    expect((await digests(who.email))[0]?.text).toContain(firm.slug)
    // Noted already, it cannot be noted with a second mail.
    const [row] = await rows()
    const note = [{ item: firm.id, version: firm.version, met: [] }]
    await expect(
      inTransaction(core.db, (session) => core.told.noteMailed(row?._id ?? '', note, now(), session)),
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
      expect(mail?.text).toContain(`${product().core.config.publicUrl}/en/providers/`)
      expect(mail?.text).not.toMatch(/Chào|Ngừng/)
    }
  })
})

/** Answers once with this person. */
function oneClaim(personId: string) {
  let asked = 0
  return async () => (asked++ === 0 ? personId : null)
}
