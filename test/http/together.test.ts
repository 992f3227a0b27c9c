import { afterAll, beforeAll, expect, test } from 'vitest'
import type { NeedContent } from '../../src/modules/needs/index.js'
import { addPerson, signedIn } from '../support/accounts.js'
import { type Guest, newGuest } from '../support/guest.js'
import { linksIn, mainOf, textOf } from '../support/html.js'
import { mailsTo } from '../support/mails.js'
import { guestNeeds, postNeed } from '../support/posting.js'
import { startTestProduct, type TestProduct } from '../support/product.js'

/** Several cases decided at once: what will happen is shown before, and each stands for itself. */

let product: TestProduct
let curator: Guest
let colleague: Guest
let posted = 0

beforeAll(async () => {
  product = await startTestProduct({ unlimited: true })
  curator = await signedIn(product, await addPerson(product, { staff: 'curator', name: 'Lê Thị Lan' }))
  colleague = await signedIn(product, await addPerson(product, { staff: 'curator', name: 'Trần Văn Tư' }))
})

afterAll(async () => {
  expect(product.faults()).toEqual([])
  await product.close()
})

async function sentNeed() {
  const title = `Dán tem cho vườn ${++posted}`
  const email = `vuon${posted}@tiem.example`
  await postNeed(newGuest(product.url), {}, { title, email })
  const need = (await guestNeeds(product)).find(({ working }) => working?.title.vi === title)
  const entry = need && (await product.core.cases.latest(need.id, ['need']))
  if (!need || !entry) throw new Error('the need does not wait')
  return { title, email, need, id: entry._id }
}

type Sent = Awaited<ReturnType<typeof sentNeed>>

const selection = (...cases: { id: string }[]) => `?${cases.map(({ id }) => `case=${id}`).join('&')}`
const pinsIn = (html: string) => Array.from(html.matchAll(/name="pin" value="([^"]*)"/g), ([, pin = '']) => pin)
const needById = (id: string) => product.core.records.byId<NeedContent>('need', id)

test('what will happen to each is shown; who was faster, or has a newer version, is left as it is', async () => {
  const all = await Promise.all([sentNeed(), sentNeed(), sentNeed()])
  const [plain, rewritten, taken] = all as [Sent, Sent, Sent]
  const list = await curator.get('/admin')
  for (const { id } of all) expect(list.text).toContain(`type="checkbox" name="case" value="${id}"`)

  const preview = await curator.get(`/admin/together${selection(...all)}`)
  const words = textOf(mainOf(preview.text))
  for (const { title } of all) expect(words).toContain(title)
  expect(words.match(/Nhu cầu hiện ở danh sách chung, người gửi nhận thư báo/g)).toHaveLength(3)
  expect(pinsIn(preview.text)).toEqual(all.map(({ id, need }) => `${id}.${need.version}`))

  const content = { ...(rewritten.need.working as NeedContent), title: { vi: 'Viết lại' } }
  const what = { parkId: product.core.park().id, type: 'need', by: 'test', why: 'rewritten' } as const
  await product.core.change<NeedContent>({ ...what, edits: [{ id: rewritten.need.id, set: { working: content } }] })
  await colleague.get(`/admin/cases/${taken.id}`)
  const version = String(taken.need.version)
  await colleague.post(`/admin/cases/${taken.id}`, { action: 'send-back', version, note: 'Chưa rõ' })

  const answer = await curator.submit(preview)
  expect(answer.status).toBe(303)
  const done = textOf(mainOf((await curator.get(answer.location)).text))
  expect(done).toContain('Đã quyết 1 hồ sơ.')
  expect(done).toContain('2 hồ sơ chưa được quyết')
  expect(done).toContain('Viết lại Nhu cầu · khách Chưa quyết: người gửi vừa có bản mới hơn.')
  expect(done).toContain(`${taken.title} Nhu cầu · khách Người khác đã quyết trước.`)
  expect(await needById(plain.need.id)).toMatchObject({ status: 'published' })
  expect(await needById(rewritten.need.id)).toMatchObject({ status: 'submitted' })
  expect(await needById(taken.need.id)).toMatchObject({ status: 'draft' })
  expect((await mailsTo(product, plain.email)).at(-1)?.subject).toContain(plain.title)
  // Nobody else may read how it went, nor is it kept for ever.
  expect((await colleague.get(answer.location)).location).toBe('/admin')
})

test('all of one act share its batch, in the audit log and in the versions', async () => {
  const all = await Promise.all([sentNeed(), sentNeed()])
  const answer = await curator.submit(await curator.get(`/admin/together${selection(...all)}`))
  const batch = answer.location.split('/').at(-1)
  const audit = product.core.db.collection('audit')
  for (const { id, need, email } of all) {
    expect(await audit.findOne({ recordId: id })).toMatchObject({ action: 'case-approved', details: { batch } })
    const versions = await product.core.db.collection('versions').find({ recordId: need.id, batch }).toArray()
    expect(versions).toHaveLength(1)
    expect((await mailsTo(product, email)).length).toBeGreaterThan(1)
  }
})

test('what is asked once for all is wanted before anything is done', async () => {
  const all = await Promise.all([sentNeed(), sentNeed()])
  const preview = await curator.get(`/admin/together${selection(...all)}&action=send-back`)
  const without = await curator.submit(preview, { note: ' ' })
  expect(without.status).toBe(422)
  expect(without.text).toContain('href="#f-note"')
  for (const { id } of all) expect(await product.core.cases.byId(id)).toMatchObject({ state: 'open' })
  expect((await curator.submit(preview, { note: 'Ghi thêm số vườn' })).status).toBe(303)
  for (const { id, email } of all) {
    expect(await product.core.cases.byId(id)).toMatchObject({ state: 'sent-back', note: 'Ghi thêm số vườn' })
    expect((await mailsTo(product, email)).at(-1)?.text).toContain('Ghi thêm số vườn')
  }
})

test('what is of another kind, decided, or no more is left out and says why', async () => {
  const [one, other] = (await Promise.all([sentNeed(), sentNeed()])) as [Sent, Sent]
  await curator.submit(await curator.get(`/admin/together${selection(other)}`))
  const page = await curator.get(`/admin/together${selection(one, other, { id: 'nosuchcase' })}`)
  expect(pinsIn(page.text)).toEqual([`${one.id}.${one.need.version}`])
  expect(textOf(mainOf(page.text))).toContain('Đã quyết rồi.')
  expect(linksIn(mainOf((await curator.get('/admin/together')).text)).map(({ href }) => href)).toContain('/admin')
})

test('who came too late is told who decided, and finds again what he wrote', async () => {
  const { id, need } = await sentNeed()
  const version = String(need.version)
  await curator.get(`/admin/cases/${id}`)
  await colleague.get(`/admin/cases/${id}`)
  await colleague.post(`/admin/cases/${id}`, { action: 'approve', version })
  const late = await curator.post(`/admin/cases/${id}`, {
    action: 'send-back',
    version,
    note: 'Ghi giúp số vườn, cảm ơn',
  })
  expect(late.status).toBe(409)
  const words = textOf(mainOf(late.text))
  expect(words).toContain('người duyệt: Trần Văn Tư')
  expect(words).toContain('Những gì anh chị vừa viết Ghi giúp số vườn, cảm ơn')
})
