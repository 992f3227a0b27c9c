import { afterAll, beforeAll, expect, test } from 'vitest'
import type { NeedContent } from '../../src/modules/needs/index.js'
import { addPerson, signedIn } from '../support/accounts.js'
import { type Guest, newGuest } from '../support/guest.js'
import { linksIn, mainOf, textOf } from '../support/html.js'
import { guestNeeds, mailedPage, postNeed, toContact } from '../support/posting.js'
import { startTestProduct, type TestProduct } from '../support/product.js'

/** A need that was sent is corrected by its owner, before and after curators have published it. */

let product: TestProduct
let curator: Guest
let posted = 0

beforeAll(async () => {
  product = await startTestProduct({ unlimited: true })
  curator = await signedIn(product, await addPerson(product, { staff: 'curator' }))
})

afterAll(async () => {
  expect(product.faults()).toEqual([])
  await product.close()
})

const NOTE = 'Anh chị ghi thêm giúp số vườn.'

async function sentNeed() {
  posted++
  const guest = newGuest(product.url)
  const email = `khach${posted}@tiem.example`
  const title = `Dán tem truy xuất ${posted}`
  const sent = await postNeed(guest, { budget: '10-30', mustHaves: 'có tiếng Việt\nsửa tại chỗ' }, { title, email })
  const need = (await guestNeeds(product)).find(({ working }) => working?.title.vi === title)
  if (!need) throw new Error('the need is gone')
  const page = await mailedPage(product, sent.location)
  return { guest, email, id: need.id, page, edit: `${page}/correction` }
}

async function needById(id: string) {
  const need = await product.core.records.byId<NeedContent>('need', id)
  if (!need) throw new Error('the need is gone')
  return need
}

async function decide(id: string, fields: Record<string, string>) {
  const path = `/admin/cases/${(await product.core.cases.latest(id, ['need']))?._id}`
  const version = /name="version" value="(\d+)"/.exec((await curator.get(path)).text)?.[1] ?? ''
  const answer = await curator.post(path, { version, ...fields })
  expect(answer.status).toBe(303)
}

const approve = { action: 'approve' }
const sendBack = { action: 'send-back', note: NOTE }

test('one that was sent back is corrected where the note stands, and waits for the curators again', async () => {
  const { guest, id, page, edit } = await sentNeed()
  await decide(id, sendBack)
  const own = await guest.get(page)
  expect(linksIn(mainOf(own.text)).map(({ href }) => href)).toContain(edit)
  const form = await guest.get(edit)
  expect(form.text).toContain(NOTE)
  const before = await needById(id)
  const saved = await guest.submit(form, { problem: 'Khóm có 40 vườn, siêu thị đòi dán tem truy xuất nguồn gốc.' })
  expect(saved.location).toBe(page)
  const after = await needById(id)
  expect(after.status).toBe('submitted')
  expect(after.working).toEqual({
    ...before.working,
    problem: { vi: 'Khóm có 40 vườn, siêu thị đòi dán tem truy xuất nguồn gốc.' },
  })
  expect(await product.core.cases.latest(id, ['need'])).toMatchObject({ state: 'open', version: after.version })
  expect((await guest.get(page)).text).not.toContain(NOTE)
})

test('a published one stays as it is for everybody until a curator has agreed', async () => {
  const { guest, id, page, edit } = await sentNeed()
  await decide(id, approve)
  const { slug } = await needById(id)
  const saved = await guest.submit(await guest.get(edit), { title: 'Dán tem cho bốn mươi vườn', budget: '' })
  expect(saved.location).toBe(page)
  expect(textOf(mainOf((await guest.get(page)).text))).toContain('Dán tem cho bốn mươi vườn')
  expect((await newGuest(product.url).get(`/needs/${slug}`)).text).not.toContain('bốn mươi vườn')
  const entry = await product.core.cases.latest(id, ['need'])
  const shown = textOf(mainOf((await curator.get(`/admin/cases/${entry?._id}`)).text))
  expect(shown).toContain('Dán tem cho bốn mươi vườn')
  expect(shown).not.toContain('có tiếng Việt')
  await decide(id, approve)
  expect(await needById(id)).toMatchObject({ status: 'published', working: null })
  expect((await newGuest(product.url).get(`/needs/${slug}`)).text).toContain('bốn mươi vườn')
})

test('a change that is sent back leaves the published need alone and can be corrected', async () => {
  const { guest, id, page, edit } = await sentNeed()
  await decide(id, approve)
  await guest.submit(await guest.get(edit), { title: 'Gọi tôi 0912345678' })
  await decide(id, sendBack)
  expect(await needById(id)).toMatchObject({ status: 'published' })
  expect((await guest.get(page)).text).toContain(NOTE)
  const form = await guest.get(edit)
  expect(form.text).toContain('0912345678')
  expect((await guest.submit(form, { title: 'Dán tem cho vườn' })).status).toBe(303)
})

test('loses nothing that was typed: wrong fields, and a version that is no longer the newest', async () => {
  const { guest, id, edit } = await sentNeed()
  const form = await guest.get(edit)
  const wrong = await guest.submit(form, { title: '', outcome: 'Giữ lời này giúp', deadline: '2001-01-01' })
  expect(wrong.status).toBe(422)
  expect(wrong.text).toContain('Giữ lời này giúp')
  await decide(id, approve)
  const late = await guest.submit(form, { outcome: 'Giữ lời này giúp' })
  expect(late.status).toBe(409)
  expect(late.text).toContain('Giữ lời này giúp')
  expect((await needById(id)).working).toBeNull()
  expect((await guest.submit(late)).status).toBe(303)
  expect((await needById(id)).working?.outcome).toEqual({ vi: 'Giữ lời này giúp' })
})

test('what is unchanged is not sent, and one that has ended is not edited', async () => {
  const { guest, id, page, edit } = await sentNeed()
  const { version } = await needById(id)
  await guest.submit(await guest.get(edit))
  expect((await needById(id)).version).toBe(version)
  const form = await guest.get(edit)
  await guest.post(`${page}/withdraw`, {})
  expect((await guest.submit(form, { title: 'Dán tem lần nữa' })).location).toBe(page)
  expect(await needById(id)).toMatchObject({ status: 'closed' })
  expect((await guest.get(edit)).location).toBe(page)
})

test('the mails of somebody with an account lead to his own page of the need, a guest to his first mail', async () => {
  const { email, id } = await sentNeed()
  const owner = await addPerson(product, {})
  const who = await signedIn(product, owner)
  const sent = await who.get((await postOwn(who)).location)
  const own = /\/account\/needs\/([\w-]+)/.exec(sent.text)?.[1] ?? ''
  await decide(own, sendBack)
  await decide(id, sendBack)
  const [mine, guests] = await Promise.all([lastMail(owner.email), lastMail(email)])
  expect(mine).toContain(`/account/needs/${own}`)
  expect(mine).not.toContain('thư đầu tiên')
  expect(guests).toContain('thư đầu tiên')
  expect(guests).not.toContain('/needs/new')
  expect((await who.submit(await who.get(`/account/needs/${own}/correction`), { title: 'Tem cho vườn' })).status).toBe(
    303,
  )
})

const postOwn = async (who: Guest) => who.submit(await toContact(who), { title: 'Nhu cầu của tôi', consent: 'on' })

async function lastMail(to: string) {
  const [mail] = await product.core.db
    .collection('mails')
    .find({ to })
    .sort({ createdAt: -1, _id: -1 })
    .limit(1)
    .toArray()
  return String(mail?.text)
}
