import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseRow } from '../../src/modules/curation/index.js'
import { inTransaction } from '../../src/platform/db/connection.js'
import { addPerson, signedIn, type TestPerson } from '../support/accounts.js'
import { waitingCases } from '../support/cases.js'
import { tickingClock } from '../support/clock.js'
import type { Guest } from '../support/guest.js'
import { linksIn, mainOf, textOf } from '../support/html.js'
import { mailsTo } from '../support/mails.js'
import { startTestProduct, type TestProduct } from '../support/product.js'

/** The list of all that waits: what of it is shown, who sees to what, and what each keeps for himself. */

const HOUR = 3_600_000
const time = tickingClock()
let product: TestProduct
let lan: TestPerson
let ba: TestPerson
let asLan: Guest
let asBa: Guest
let made = 0

beforeAll(async () => {
  product = await startTestProduct({ unlimited: true, clock: time.clock })
  lan = await addPerson(product, { staff: 'curator', name: 'Lê Thị Lan' })
  ba = await addPerson(product, { staff: 'curator', name: 'Ba Nguyen', lang: 'en' })
  asLan = await signedIn(product, lan)
  asBa = await signedIn(product, ba)
})

afterAll(async () => {
  expect(product.faults()).toEqual([])
  await product.close()
})

/** Puts something before the curators; of what it is about nothing is there. */
async function sent(over: Partial<Pick<CaseRow, 'kind' | 'recordId' | 'subjectId'>> = {}): Promise<string> {
  const about = { kind: 'introduction', type: 'need', recordId: `n${++made}`, subjectId: `i${made}`, ...over } as const
  const entry = { parkId: product.core.park().id, ...about, version: null, personId: null }
  return inTransaction(product.core.db, (session) => product.core.cases.submit(entry, session))
}

const shownTo = async (who: Guest, query = '') =>
  linksIn(mainOf((await who.get(`/admin${query}`)).text)).flatMap(
    ({ href }) => /^\/admin\/cases\/(\w+)/.exec(href)?.[1] ?? [],
  )

const chipsOf = async (query = '') =>
  linksIn(mainOf((await asLan.get(`/admin${query}`)).text)).flatMap(({ text }) => /[^×]*: \d+/.exec(text)?.[0] ?? [])

/** As if its target were so many hours from now. */
const dueIn = (id: string, hours: number) =>
  product.core.db
    .collection<CaseRow>('cases')
    .updateOne({ _id: id }, { $set: { dueAt: new Date(time.clock().getTime() + hours * HOUR) } })

const caseById = (id: string) => product.core.cases.byId(id)
const hold = (who: Guest, id: string, fields: Record<string, string>) =>
  who.get(`/admin/cases/${id}`).then(() => who.post(`/admin/cases/${id}/holder`, fields))

test('the most urgent stands first, whenever it was sent; what is overdue says so', async () => {
  const slow = await sent({ kind: 'claim' })
  const quick = await sent({ kind: 'need', subjectId: null })
  expect(await shownTo(asLan)).toEqual([quick, slow])
  expect(textOf(mainOf((await asLan.get('/admin')).text))).toContain('còn 23 giờ')
  await dueIn(quick, -2)
  const page = textOf(mainOf((await asLan.get('/admin?late=1')).text))
  expect(page).toContain('Quá hạn 2 giờ')
  expect(await shownTo(asLan, '?late=1')).toEqual([quick])
})

test('chips count what each would show beside what is chosen', async () => {
  const [first] = await waitingCases(product)
  await hold(asLan, first?._id ?? '', { act: 'take' })
  expect(await chipsOf()).toEqual(['Của tôi: 1', 'Chưa ai nhận: 1', 'Quá hạn: 1', 'Nhu cầu: 1', 'Nhận doanh nghiệp: 1'])
  expect(await chipsOf('?kind=claim')).toEqual([
    ...['Của tôi: 0', 'Chưa ai nhận: 1', 'Quá hạn: 0', 'Nhu cầu: 1'],
    'Bỏ Nhận doanh nghiệp: 1 Nhận doanh nghiệp: 1',
  ])
  expect(await shownTo(asLan, '?whose=mine')).toEqual([first?._id])
  expect(await shownTo(asBa, '?whose=mine')).toEqual([])
  expect((await shownTo(asLan, '?whose=free&kind=claim')).length).toBe(1)
})

test('of what waits fifty are shown at once, all of them over the pages, none twice', async () => {
  for (let n = 0; n < 55; n++) await sent()
  const pages = [await shownTo(asLan), await shownTo(asLan, '?page=2')]
  expect(pages.map(({ length }) => length)).toEqual([50, 7])
  expect(new Set(pages.flat())).toEqual(new Set((await waitingCases(product)).map(({ _id }) => _id)))
})

test('the same thing sent twice at once waits once', async () => {
  const about = { recordId: 'twice', subjectId: 'twice' }
  const ids = await Promise.all([sent(about), sent(about), sent(about)])
  expect(new Set(ids).size).toBe(1)
  expect((await waitingCases(product)).filter(({ recordId }) => recordId === 'twice')).toHaveLength(1)
})

test('who is given a case is told in his language; who takes one is not', async () => {
  const id = await sent()
  expect((await hold(asLan, id, { act: 'take' })).status).toBe(303)
  expect(await caseById(id)).toMatchObject({ assignedTo: lan.personId })
  expect(await mailsTo(product, lan.email)).toEqual([])
  expect((await hold(asLan, id, { act: 'give', to: ba.personId })).status).toBe(303)
  expect((await mailsTo(product, ba.email)).map(({ text }) => text)).toEqual([
    expect.stringContaining(`/en/admin/cases/${id}`),
  ])
  expect(textOf((await asLan.get('/admin')).text)).not.toContain('Ba Nguyen')
  expect(textOf((await asLan.get('/admin?page=2')).text)).toContain('Ba Nguyen đang giữ')
  expect((await hold(asBa, id, { act: 'release' })).status).toBe(303)
  expect(await caseById(id)).toMatchObject({ assignedTo: null, assignedAt: null })
  const acts = await product.core.db.collection('audit').find({ recordId: id }).sort({ at: 1 }).toArray()
  expect(acts.map(({ action, by, details }) => [action, by, details.to])).toEqual([
    ['case.assign', lan.personId, lan.personId],
    ['case.assign', lan.personId, ba.personId],
    ['case.release', ba.personId, undefined],
  ])
})

test('nobody is given a case that he may not decide, or who is not of the staff', async () => {
  const id = await sent({ recordId: 'own-firm' })
  const membership = { type: 'provider', organisation: 'own-firm', role: 'viewer' } as const
  await inTransaction(product.core.db, (session) =>
    product.core.memberships.put({ parkId: product.core.park().id, personId: ba.personId, ...membership }, session),
  )
  const stranger = await addPerson(product)
  for (const to of [ba.personId, stranger.personId, 'nobody']) {
    expect((await hold(asLan, id, { act: 'give', to })).status).toBe(422)
  }
  expect(await caseById(id)).toMatchObject({ assignedTo: null })
})

test('what somebody holds goes back when he is of the staff no more', async () => {
  const leaving = await addPerson(product, { staff: 'curator' })
  const id = await sent()
  await hold(asLan, id, { act: 'give', to: leaving.personId })
  const administrator = await signedIn(product, await addPerson(product, { staff: 'administrator' }))
  const page = await administrator.get(`/admin/people/${leaving.personId}/member`)
  expect((await administrator.submit(page)).status).toBe(303)
  expect(await caseById(id)).toMatchObject({ assignedTo: null })
})

test('who opens a case that somebody has before him is told his name, for two minutes', async () => {
  const id = await sent()
  await asLan.get(`/admin/cases/${id}`)
  expect(textOf((await asBa.get(`/admin/cases/${id}`)).text)).toContain('Lê Thị Lan cũng đang xem hồ sơ này.')
  time.later(121_000)
  expect(textOf((await asBa.get(`/admin/cases/${id}`)).text)).not.toContain('cũng đang xem')
  expect(textOf((await asLan.get(`/admin/cases/${id}/presence`)).text)).toContain('Ba Nguyen cũng đang xem')
})

test('a view is saved under a name for its owner alone, and dropped again', async () => {
  await asLan.get('/admin?kind=claim&late=1')
  expect((await asLan.post('/admin/views?kind=claim&late=1', { name: 'Đơn trễ' })).location).toBe(
    '/admin?kind=claim&late=1',
  )
  expect((await asLan.post('/admin/views', { name: ' ' })).status).toBe(422)
  const link = linksIn((await asLan.get('/admin')).text).find(({ text }) => text === 'Đơn trễ')
  expect(link?.href).toBe('/admin?kind=claim&late=1')
  expect((await asBa.get('/admin')).text).not.toContain('Đơn trễ')
  const [{ _id = '' } = {}] = await product.core.desk.viewsOf(lan.personId)
  expect((await asBa.post(`/admin/views/${_id}/removal`, {})).status).toBe(404)
  for (let n = 1; n < 20; n++) await asLan.post('/admin/views', { name: `Cách ${n}` })
  expect((await asLan.post('/admin/views', { name: 'Một cách nữa' })).status).toBe(422)
  expect((await asLan.post(`/admin/views/${_id}/removal`, {})).status).toBe(303)
  expect(await product.core.desk.viewsOf(lan.personId)).toHaveLength(19)
})

test('after a decision comes the next of the same view; skipping goes through all of it', async () => {
  const view = '?kind=introduction&whose=mine'
  const ids = await Promise.all([sent(), sent(), sent()])
  for (const id of ids) await hold(asLan, id, { act: 'take' })
  const order = await shownTo(asLan, view)
  expect(order).toHaveLength(3)
  const [first, second, third] = order
  const page = await asLan.get(`/admin/cases/${first}${view}`)
  const skip = linksIn(page.text).find(({ text }) => text === 'Để sau, xem hồ sơ kế tiếp')?.href
  expect(skip).toBe(`/admin/cases/${second}${view}`)
  const answer = await asLan.post(`/admin/cases/${second}${view}`, { action: 'end' })
  expect(answer.location).toBe(`/admin/cases/${third}${view}`)
  expect((await asLan.post(`/admin/cases/${third}${view}`, { action: 'end' })).location).toBe(
    `/admin/cases/${first}${view}`,
  )
  expect((await asLan.post(`/admin/cases/${first}${view}`, { action: 'end' })).location).toBe(`/admin${view}`)
})
