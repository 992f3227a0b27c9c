import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DAY_MS, RETENTION } from '../../src/kernel/retention.js'
import { forgetReports } from '../../src/modules/reports/index.js'
import { inTransaction } from '../../src/platform/db/connection.js'
import { addPerson, signedIn } from '../support/accounts.js'
import { claimActs } from '../support/claims.js'
import { type Guest, newGuest } from '../support/guest.js'
import { mainOf, textOf } from '../support/html.js'
import { startTestProduct, type TestProduct } from '../support/product.js'

/** Visitors say that something on a public page is wrong. */

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

const { listedFirm } = claimActs(() => product)

/** A visitor's way from the public page to the sent report. */
async function report(slug: string, fields: Record<string, string>, prefix = '') {
  const visitor = newGuest(product.url)
  const page = await visitor.get(`${prefix}/providers/${slug}`)
  const link = new RegExp(`href="(${prefix}/reports/providers/[^"]+)"`).exec(page.text)?.[1] ?? ''
  return visitor.submit(await visitor.get(link), fields)
}

const caseOf = async (recordId: string) => {
  const entry = await product.core.cases.latest(recordId, ['report'])
  return { entry, path: `/admin/cases/${entry?._id}` }
}

const mailsTo = (to: string) => product.core.db.collection('mails').find({ to }).toArray()

const WRONG = { fault: 'contact', text: 'Số bàn này đã cắt từ năm ngoái.' }

describe('a report', () => {
  test('needs what is wrong and some words; an address only if one wants to hear of it', async () => {
    const { firm } = await listedFirm()
    expect((await report(firm.slug, {})).status).toBe(422)
    const wrong = await report(firm.slug, { ...WRONG, email: 'không phải thư' })
    expect(wrong.status).toBe(422)
    expect(wrong.text).toContain(WRONG.text)
    expect((await report(firm.slug, WRONG)).status).toBe(303)
    expect((await product.core.reports.ofCase((await caseOf(firm.id)).entry?._id ?? ''))[0]).toMatchObject({
      ...{ ...WRONG, personId: null },
    })
  })

  test('joins the others about the same page in one case, and each reporter is told in his language', async () => {
    const { firm } = await listedFirm()
    await report(firm.slug, { ...WRONG, email: 'ba@khach.example' })
    await report(firm.slug, { fault: 'closed', text: 'They have moved out.', email: 'ann@guest.example' }, '/en')
    const { path: toCase } = await caseOf(firm.id)
    expect((await curator.get(toCase)).text).toContain(`href="/admin/listings/${firm.id}"`)
    const { entry, path } = await caseOf(firm.id)
    expect(await product.core.db.collection('cases').countDocuments({ recordId: firm.id })).toBe(1)
    const page = textOf(mainOf((await curator.get(path)).text))
    expect(page).toContain(WRONG.text)
    expect(page).toContain('They have moved out.')
    expect(page).not.toContain('@')
    const answer = await curator.post(path, { action: 'corrected', 'added-corrected': 'Đã đổi số mới.' })
    expect(answer.status).toBe(303)
    const [[vi], [en]] = [await mailsTo('ba@khach.example'), await mailsTo('ann@guest.example')]
    expect(vi?.text).toMatch(/^Chào anh chị.*Đã đổi số mới\./s)
    expect(en?.text).toMatch(/^Hello/)
    expect(await product.core.cases.byId(entry?._id ?? '')).toMatchObject({ state: 'approved' })
  })

  test('that finds nothing wrong is told so too, and is deleted with its address when its time is over', async () => {
    const { firm } = await listedFirm()
    await report(firm.slug, { ...WRONG, email: 'tu@khach.example' })
    const { entry, path } = await caseOf(firm.id)
    expect((await curator.post(path, { action: 'nothing' })).status).toBe(303)
    expect((await mailsTo('tu@khach.example'))[0]?.text).toContain('giữ nguyên')
    const id = entry?._id ?? ''
    const [kept] = await product.core.reports.ofCase(id)
    const later = (days: number) => new Date(Date.now() + days * DAY_MS)
    await forgetReports({ ...product.core, clock: () => later(RETENTION.reportDays - 1) })
    expect(await product.core.reports.ofCase(id)).toHaveLength(1)
    await forgetReports({ ...product.core, clock: () => later(RETENTION.reportDays + 1) })
    expect(await product.core.reports.ofCase(id)).toHaveLength(0)
    expect(await product.core.people.byId(kept?.personId ?? '')).toMatchObject({ email: null })
  })

  test('is deleted with its address too when its case ended with the page it was about', async () => {
    const { firm } = await listedFirm()
    await report(firm.slug, { ...WRONG, email: 'nam@khach.example' })
    const { entry } = await caseOf(firm.id)
    const id = entry?._id ?? ''
    const [kept] = await product.core.reports.ofCase(id)
    await inTransaction(product.core.db, (session) => product.core.cases.endAll(firm.id, 'system:test', session))
    const later = (days: number) => () => new Date(Date.now() + days * DAY_MS)
    await forgetReports({ ...product.core, clock: later(RETENTION.reportDays - 1) })
    expect(await product.core.reports.ofCase(id)).toHaveLength(1)
    await forgetReports({ ...product.core, clock: later(RETENTION.reportDays + 1) })
    expect(await product.core.reports.ofCase(id)).toHaveLength(0)
    expect(await product.core.people.byId(kept?.personId ?? '')).toMatchObject({ email: null })
  })

  test('about a page that is not public is not taken', async () => {
    expect((await newGuest(product.url).get('/reports/providers/khong-co')).status).toBe(404)
    expect((await newGuest(product.url).get('/reports/people/khong-co')).status).toBe(404)
  })
})
