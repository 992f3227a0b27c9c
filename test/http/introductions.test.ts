import { afterAll, beforeAll, expect, it } from 'vitest'
import { addPerson, signedIn } from '../support/accounts.js'
import { waitingCases } from '../support/cases.js'
import { newGuest, unescaped } from '../support/guest.js'
import { mainOf, textOf } from '../support/html.js'
import { guestNeeds, mailedPage, postNeed } from '../support/posting.js'
import { startTestProduct, type TestProduct } from '../support/product.js'

let product: TestProduct
let firms: { id: string; slug: string }[]

beforeAll(async () => {
  product = await startTestProduct({ demo: true, unlimited: true })
  firms = []
  for await (const firm of product.core.records.each('provider')) firms.push(firm)
})
afterAll(() => product.close())

async function newNeed() {
  const guest = newGuest(product.url)
  const known = new Set((await guestNeeds(product)).map(({ id }) => id))
  const page = await mailedPage(product, (await postNeed(guest)).location)
  const need = (await guestNeeds(product)).find(({ id }) => !known.has(id))
  if (!need) throw new Error('no need was posted')
  await guest.get(page)
  const ask = (firm: number) => guest.post(`${page}/firms/${firms[firm]?.slug}`, { consent: 'on' })
  return { guest, page, needId: need.id, ask }
}

const rowsOf = (needId: string) => product.core.introductions.ofNeed(needId)

it('of requests at the same moment three get a place, and one firm is asked once', async () => {
  const { needId, ask } = await newNeed()
  const answers = await Promise.all([0, 1, 2, 3, 0].map(ask))
  expect(answers.filter(({ status }) => status === 303).length).toBeGreaterThanOrEqual(3)
  expect(answers.filter(({ status }) => ![303, 409].includes(status))).toEqual([])
  const rows = await rowsOf(needId)
  expect(rows).toHaveLength(3)
  expect(new Set(rows.map(({ provider }) => provider)).size).toBe(3)
})

it('a firm that nobody speaks for goes to the curators at once, and the page says so', async () => {
  const { guest, page, needId, ask } = await newNeed()
  expect((await ask(4)).status).toBe(303)
  expect((await guest.get(page)).text).toContain('ban quản lý khu sẽ gọi')
  const [row] = await rowsOf(needId)
  const waiting = await waitingCases(product)
  expect(waiting.filter(({ kind, subjectId }) => kind === 'introduction' && subjectId === row?._id)).toHaveLength(1)
})

it('curators see who asked whom, in the queue and on the case', async () => {
  const { needId, ask } = await newNeed()
  const curator = await signedIn(product, await addPerson(product, { staff: 'curator' }))
  await ask(6)
  const [row] = await rowsOf(needId)
  const entry = await product.core.cases.ofSubject(row?._id ?? '')
  expect(textOf(mainOf((await curator.get('/admin')).text))).toContain('khách hỏi ')
  const page = textOf(mainOf((await curator.get(`/admin/cases/${entry?._id}`)).text))
  expect(page).toContain('Bên hỏi khách')
  expect(page).toContain('Hạn trả lời')
})

it('a viewer of the firm reads the request and cannot answer it; its editor can, twice as once', async () => {
  const { needId, ask } = await newNeed()
  const firm = firms[5]
  const as = (role: 'viewer' | 'editor') =>
    addPerson(product, { memberships: [{ type: 'provider', organisation: firm?.id ?? '', role }] })
  const editor = await signedIn(product, await as('editor'))
  const viewer = await signedIn(product, await as('viewer'))
  await ask(5)
  const [row] = await rowsOf(needId)
  const page = `/introductions/${row?._id}`
  const shown = await viewer.get(page)
  expect(shown.status).toBe(200)
  expect(shown.text).not.toContain('name="act"')
  expect((await viewer.post(page, { act: 'accept', consent: 'on' })).status).toBe(403)

  await editor.get(page)
  const yes = { act: 'accept', consent: 'on' }
  const both = await Promise.all([editor.post(page, yes), editor.post(page, yes)])
  expect(both.map(({ status }) => status)).toEqual([303, 303])
  const mails = await product.core.db.collection('mails').countDocuments({ subject: /đã nhận lời: Dán tem/ })
  expect(mails).toBe(1)
  expect((await editor.post(page, { act: 'decline', reason: 'busy' })).status).toBe(409)
})

it('the mail to a guest carries a key of its own that opens the page of his request', async () => {
  const mail = await product.core.db.collection('mails').findOne({ subject: /đã nhận lời: Dán tem/ })
  const link = /\/my-need\/\w{32}\/introductions\/\w+/.exec(String(mail?.text))?.[0] ?? ''
  const page = await newGuest(product.url).get(link)
  expect(page.status).toBe(200)
  expect(page.text).toContain('Cách liên hệ với doanh nghiệp')
})

it('a need that its owner withdraws ends its open requests, and the firm is told', async () => {
  const { guest, page, needId, ask } = await newNeed()
  await signedIn(
    product,
    await addPerson(product, { memberships: [{ type: 'provider', organisation: firms[6]?.id ?? '', role: 'owner' }] }),
  )
  await ask(6)
  expect((await guest.post(`${page}/withdraw`, {})).status).toBe(303)
  expect(await rowsOf(needId)).toMatchObject([{ state: 'lapsed', lapsed: 'need-ended', place: null }])
  expect(await product.core.db.collection('mails').countDocuments({ subject: /^Nhu cầu đã khép lại/ })).toBe(1)
  expect((await ask(7)).status).toBe(409)
})

it('who only typed an address asks nobody with it, answers nobody and sees nobody; the mail to it opens all that', async () => {
  const guest = newGuest(product.url)
  const { location } = await postNeed(guest, {}, { email: 'nan.nhan@tiem.example', name: 'Chị Nạn' })
  const own = unescaped((await guest.get(location)).text).replaceAll('\u00a0', ' ')
  expect(own).toContain('anh chị mở đường dẫn trong thư vừa gửi tới n•••@tiem.example')
  expect(own).not.toMatch(/\/firms\/|\/copy"|\/erasure"/)
  expect((await guest.get(`${location}/firms/${firms[8]?.slug}`)).location).toBe(location)
  expect((await guest.post(`${location}/firms/${firms[8]?.slug}`, { consent: 'on' })).location).toBe(location)
  expect((await guest.get(`${location}/copy`)).status).toBe(404)
  expect((await guest.post(`${location}/erasure`, {})).status).toBe(404)

  const firm = firms[8]
  const membership = { type: 'provider', organisation: firm?.id ?? '', role: 'owner' } as const
  const owner = await signedIn(product, await addPerson(product, { memberships: [membership] }))
  const mailed = await mailedPage(product, location)
  const victim = newGuest(product.url)
  expect((await victim.get(mailed)).text).toContain(`${mailed}/firms/`)
  expect((await victim.post(`${mailed}/firms/${firm?.slug}`, { consent: 'on' })).status).toBe(303)
  const rows = (await Promise.all((await guestNeeds(product)).map(({ id }) => rowsOf(id)))).flat()
  const row = rows.find(({ provider }) => provider === firm?.id)
  await owner.get(`/introductions/${row?._id}`)
  expect((await owner.post(`/introductions/${row?._id}`, { act: 'accept', consent: 'on' })).status).toBe(303)
  expect((await victim.get(`${mailed}/introductions/${row?._id}`)).text).toContain('Cách liên hệ với doanh nghiệp')
  expect((await guest.get(`${location}/introductions/${row?._id}`)).status).toBe(404)
  const forged = await guest.post(`${location}/introductions/${row?._id}`, { act: 'tell-outcome', outcome: 'talking' })
  expect(forged.status).toBe(404)

  expect((await guest.post(`${location}/withdraw`, {})).status).toBe(303)
  expect((await victim.get(mailed)).text).toContain('Anh chị đã rút lại ngày')
})
