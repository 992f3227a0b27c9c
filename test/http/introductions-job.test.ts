import { afterAll, beforeAll, expect, it } from 'vitest'
import { mailingOf } from '../../src/composition.js'
import { introductionService, keepIntroductions } from '../../src/modules/introductions/index.js'
import { addPerson, signedIn, type TestPerson } from '../support/accounts.js'
import { waitingCases } from '../support/cases.js'
import { type Guest, newGuest } from '../support/guest.js'
import { mainOf, textOf } from '../support/html.js'
import { addProvider } from '../support/listings.js'
import { mailsTo } from '../support/mails.js'
import { guestNeeds, mailedPage, postNeed } from '../support/posting.js'
import { startTestProduct, type TestProduct } from '../support/product.js'

const START = new Date('2026-11-24T03:00:00Z')
const DAY_MS = 86_400_000
let product: TestProduct
let now = START
let made = 0

beforeAll(async () => {
  product = await startTestProduct({ unlimited: true, clock: () => now })
})
afterAll(async () => {
  expect(product.faults()).toEqual([])
  await product.close()
})

interface Asked {
  guest: Guest
  /** The guest's pages: of his need, and of the introduction. */
  need: string
  page: string
  id: string
  owner: string
  editor: TestPerson
}

/** A guest's need, one of whose firms has been asked today. */
async function asked(): Promise<Asked> {
  now = START
  const name = `Hãng Số ${++made}`
  const firm = await addProvider(product, { name: { vi: name }, services: [{ service: 'traceability' }] })
  const membership = { type: 'provider', organisation: firm.id, role: 'editor' } as const
  const editor = await addPerson(product, { email: `hang${made}@so.example`, memberships: [membership] })
  const known = new Set((await guestNeeds(product)).map(({ id }) => id))
  const guest = newGuest(product.url)
  const owner = `vuon${made}@khom.example`
  const need = await mailedPage(product, (await postNeed(guest, {}, { email: owner })).location)
  await guest.get(need)
  expect((await guest.post(`${need}/firms/${firm.slug}`, { consent: 'on' })).status).toBe(303)
  const record = (await guestNeeds(product)).find(({ id }) => !known.has(id))
  const [row] = await product.core.introductions.ofNeed(record?.id ?? '')
  const id = row?._id ?? ''
  return { guest, need, page: `${need}/introductions/${id}`, id, owner, editor }
}

const after = (days: number) => {
  now = new Date(START.getTime() + days * DAY_MS)
}

/** The hourly job, as two instances that stand beside each other would run it. */
async function runTwice() {
  const { core } = product
  const introducing = introductionService({ ...core, ...mailingOf(core, () => {}) })
  const run = () => keepIntroductions({ ...core, introducing }, core.park())
  await Promise.all([run(), run()])
}

const countTo = async (to: string) => (await mailsTo(product, to)).length
const stateOf = async (id: string) => (await product.core.introductions.byId(id))?.state
const casesOf = async (id: string) => (await waitingCases(product)).filter(({ subjectId }) => subjectId === id)

async function answer({ editor, id }: Asked, fields: Record<string, string>) {
  const browser = await signedIn(product, editor)
  await browser.get(`/introductions/${id}`)
  expect((await browser.post(`/introductions/${id}`, fields)).status).toBe(303)
}
const accept = (one: Asked) => answer(one, { act: 'accept', consent: 'on' })

it('nothing happens within three working days; then curators have it, once, and nobody is mailed', async () => {
  const one = await asked()
  const before = [await countTo(one.owner), await countTo(one.editor.email)]
  expect(before[1]).toBe(1)
  after(3)
  await runTwice()
  expect(await casesOf(one.id)).toHaveLength(0)
  after(4)
  await runTwice()
  await runTwice()
  expect(await casesOf(one.id)).toHaveLength(1)
  expect([await countTo(one.owner), await countTo(one.editor.email)]).toEqual(before)
})

it('thirty days after acceptance each side is asked once, by one mail, however often and by how many the job is run', async () => {
  const one = await asked()
  await accept(one)
  const before = [await countTo(one.owner), await countTo(one.editor.email)]
  after(29.9)
  await runTwice()
  expect([await countTo(one.owner), await countTo(one.editor.email)]).toEqual(before)
  after(30)
  await runTwice()
  await runTwice()
  expect([await countTo(one.owner), await countTo(one.editor.email)]).toEqual(before.map((count) => count + 1))
})

it('after a standstill of months everything that fell due is caught up with, once', async () => {
  const [unanswered, accepted] = [await asked(), await asked()]
  await accept(accepted)
  const before = await countTo(accepted.owner)
  after(100)
  await runTwice()
  expect(await casesOf(unanswered.id)).toHaveLength(1)
  expect(await countTo(accepted.owner)).toBe(before + 1)
})

it('what a curator does in the queue happens to the introduction itself, and what is done on its page ends the case', async () => {
  const staff = await addPerson(product, { staff: 'curator' })
  const [closed, reminded, elsewhere] = [await asked(), await asked(), await asked()]
  after(7)
  await runTwice()
  const curator = await signedIn(product, staff)
  const decide = async (one: Asked, fields: Record<string, string>) => {
    const path = `/admin/cases/${(await casesOf(one.id))[0]?._id}`
    expect((await curator.get(path)).text).toContain(`/introductions/${one.id}`)
    return curator.post(path, fields)
  }
  const before = await countTo(closed.owner)
  expect((await decide(closed, { action: 'close' })).status).toBe(422)
  expect((await decide(closed, { action: 'close', note: 'Đã gọi, họ bận' })).status).toBe(303)
  expect([await stateOf(closed.id), await countTo(closed.owner)]).toEqual(['lapsed', before + 1])
  expect(await product.core.cases.ofSubject(closed.id)).toMatchObject({ state: 'approved', note: 'Đã gọi, họ bận' })
  expect((await mailsTo(product, closed.owner)).map(({ text }) => text).join()).not.toContain('họ bận')

  const unreminded = await countTo(reminded.editor.email)
  expect((await decide(reminded, { action: 'remind' })).status).toBe(303)
  expect([await stateOf(reminded.id), await casesOf(reminded.id)]).toEqual(['open', []])
  expect(await countTo(reminded.editor.email)).toBe(unreminded + 1)

  await curator.get(`/introductions/${elsewhere.id}`)
  expect((await curator.post(`/introductions/${elsewhere.id}`, { act: 'close' })).status).toBe(303)
  expect(await casesOf(elsewhere.id)).toEqual([])
})

it.each([
  ['close', 'vi', 'owner'],
  ['close', 'en', 'owner'],
  ['remind', 'vi', 'editor'],
  ['remind', 'en', 'editor'],
] as const)('to %s is told by mail in the language of whom it concerns (%s: the %s)', async (action, lang, who) => {
  const one = await asked()
  const to = who === 'owner' ? one.owner : one.editor.email
  await product.core.db.collection('people').updateMany({ email: to }, { $set: { lang } })
  after(7)
  await runTwice()
  const curator = await signedIn(product, await addPerson(product, { staff: 'curator' }))
  const path = `/admin/cases/${(await casesOf(one.id))[0]?._id}`
  await curator.get(path)
  now = new Date(now.getTime() + 60_000)
  expect((await curator.post(path, { action, note: 'Đã gọi' })).status).toBe(303)
  const mail = (await mailsTo(product, to)).at(-1)
  expect(mail?.text).toMatch(lang === 'vi' ? /^Chào anh chị/ : /^Hello/)
  expect(`${mail?.subject} ${mail?.text}`).not.toMatch(/\{\{|undefined|introductions\./)
})

it('a guest is told by his link, without an account, of every state that his request comes to', async () => {
  const told = async ({ page, need }: Asked, words: string) => {
    for (const path of [page, need]) {
      const shown = await newGuest(product.url).get(path)
      expect([path, shown.status]).toEqual([path, 200])
      expect(textOf(mainOf(shown.text))).toContain(words)
    }
  }
  const [waiting, accepted, declined, withdrawn] = [await asked(), await asked(), await asked(), await asked()]
  await told(waiting, 'Chờ họ trả lời tới hết ngày 27/11')
  await accept(accepted)
  await told(accepted, 'Hai bên đã nhận lời')
  const own = textOf(mainOf((await newGuest(product.url).get(accepted.page)).text))
  expect(own).toContain(accepted.editor.email)
  await answer(declined, { act: 'decline', reason: 'busy', words: 'Tháng này kín lịch' })
  await told(declined, 'Họ không nhận lời được')
  expect((await newGuest(product.url).get(declined.page)).text).toContain('Tháng này kín lịch')
  await withdrawn.guest.get(withdrawn.page)
  expect((await withdrawn.guest.post(withdrawn.page, { act: 'withdraw' })).status).toBe(303)
  await told(withdrawn, 'Anh chị đã thôi không nhờ nữa')

  after(7)
  await runTwice()
  await told(waiting, 'Ban quản lý khu đang liên hệ giúp anh chị')
  const curator = await signedIn(product, await addPerson(product, { staff: 'curator' }))
  await curator.get(`/introductions/${waiting.id}`)
  await curator.post(`/introductions/${waiting.id}`, { act: 'close' })
  await told(waiting, 'Không có trả lời. Ban quản lý khu đã khép lại')

  after(31)
  await runTwice()
  expect((await newGuest(product.url).get(accepted.page)).text).toContain('value="tell-outcome"')
})
