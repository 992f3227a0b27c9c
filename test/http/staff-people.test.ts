import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { addPerson, signedIn, type TestPerson } from '../support/accounts.js'
import { type Guest, newGuest } from '../support/guest.js'
import { linksIn, mainOf, textOf, textsIn } from '../support/html.js'
import { startTestProduct, type TestProduct } from '../support/product.js'

let product: TestProduct
let administrator: TestPerson
let staff: Guest
let person: TestPerson
let now = new Date('2026-03-02T01:00:00Z')

beforeAll(async () => {
  product = await startTestProduct({ unlimited: true, clock: () => now })
})
afterAll(async () => {
  expect(product.faults()).toEqual([])
  await product.close()
})
beforeEach(async () => {
  now = new Date(now.getTime() + 60_000)
  administrator = await addPerson(product, { staff: 'administrator', name: 'Võ Minh Khôi' })
  staff = await signedIn(product, administrator)
  person = await addPerson(product, { name: 'Trần Thị Điền' })
})

const act = async (what: string, { personId }: TestPerson = person, by: Guest = staff) =>
  by.submit(await by.get(`/admin/people/${personId}/${what}`))

const audited = async ({ personId }: TestPerson) =>
  product.core.db.collection('audit').find({ recordId: personId, by: administrator.personId }).toArray()

const mailsTo = async ({ email }: TestPerson) =>
  (await product.core.db.collection('mails').find({ to: email }).toArray()).map(({ subject }) => subject)

describe('/admin/people', () => {
  test('finds people by a part of name or address, however it is accented, and says when there is nobody', async () => {
    const names = async (q: string) => textsIn(mainOf((await staff.get(`/admin/people?q=${q}`)).text), 'h2')
    expect(await names('thi+dien')).toContain('Trần Thị Điền')
    expect(await names(person.email.slice(0, 12))).toEqual(['Trần Thị Điền'])
    expect(await names('.*')).toEqual(['Không có ai như vậy'])
  })

  test('lists 25 on a page, the newest first', async () => {
    for (let i = 0; i < 26; i++) await addPerson(product, { name: `Người ${i}` })
    const first = await staff.get('/admin/people')
    expect(textsIn(mainOf(first.text), 'h2')).toHaveLength(25)
    expect(linksIn(mainOf(first.text)).map(({ href }) => href)).toContain('/admin/people?page=2')
    expect((await staff.get('/admin/people?page=99')).status).toBe(200)
  })

  test('a page of a person shows role, second factor and where he is signed in', async () => {
    await signedIn(product, person)
    const text = textOf(mainOf((await staff.get(`/admin/people/${person.personId}`)).text))
    for (const words of ['Trần Thị Điền', person.email, 'Thành viên', 'Trên 1 máy']) expect(text).toContain(words)
  })

  test('is for administrators alone, also by a call that no page offers', async () => {
    const curator = await signedIn(product, await addPerson(product, { staff: 'curator' }))
    expect((await curator.get(`/admin/people/${person.personId}`)).status).toBe(403)
    await curator.get('/account')
    expect((await curator.post(`/admin/people/${person.personId}/administrator`, {})).status).toBe(403)
  })
})

describe('an act on an account', () => {
  test('asks first, changes nothing before, and says afterwards that it is done', async () => {
    const page = await staff.get(`/admin/people/${person.personId}/curator`)
    expect(textOf(page.text)).toContain('Giao việc duyệt tin cho Trần Thị Điền?')
    expect((await product.core.accounts.byId(person.personId))?.staff).toBeNull()
    const { location } = await staff.submit(page)
    expect(textOf((await staff.get(location)).text)).toContain('Đã làm xong')
  })

  test('a role given is noted and told, and wants the second factor at the next sign-in', async () => {
    const guest = await signedIn(product, person)
    await act('administrator')
    expect((await guest.get('/account')).location).toContain('/sign-in')
    const anew = await signedIn(product, person)
    expect((await anew.get('/admin')).location).toContain('/account/second-factor')
    const [event] = await audited(person)
    expect(event).toMatchObject({ action: 'role-changed', details: { before: 'none', role: 'administrator' } })
    expect(await mailsTo(person)).toEqual(['Anh chị là quản trị viên'])
  })

  test('somebody suspended is out at once and cannot come in, until it is lifted', async () => {
    const guest = await signedIn(product, person)
    await act('suspension')
    expect((await guest.get('/account')).location).toContain('/sign-in')
    const anew = newGuest(product.url)
    const enter = async () =>
      (await anew.submit(await anew.get('/sign-in'), { email: person.email, password: person.password })).status
    expect(await enter()).toBe(422)
    await act('return')
    expect((await guest.get('/account')).location).toContain('/sign-in')
    expect(await enter()).toBe(303)
    expect((await audited(person)).map(({ action }) => action)).toEqual(['suspended', 'suspension-ended'])
  })

  test('signing out everywhere ends every sign-in', async () => {
    const guests = [await signedIn(product, person), await signedIn(product, person)]
    await act('sign-ins')
    for (const guest of guests) expect((await guest.get('/account')).status).toBe(303)
  })

  test('a second factor that was reset lets somebody in by the password, and staff set a new one up', async () => {
    const curator = await addPerson(product, { staff: 'curator' })
    await signedIn(product, curator)
    await act('second-factor', curator)
    const guest = newGuest(product.url)
    const page = await guest.get('/sign-in')
    const { location } = await guest.submit(page, { email: curator.email, password: curator.password })
    expect(location).toBe('/account/second-factor')
  })

  test('the last administrator keeps his role and his account', async () => {
    await product.core.db
      .collection('accounts')
      .updateMany({ _id: { $ne: administrator.personId as never }, staff: 'administrator' }, { $set: { staff: null } })
    for (const what of ['member', 'curator']) {
      const answer = await act(what, administrator)
      expect([answer.status, textOf(answer.text)]).toEqual([422, expect.stringContaining('quản trị viên cuối cùng')])
    }
    const other = await addPerson(product, { staff: 'administrator' })
    expect((await act('member', other)).status).toBe(303)
    expect((await product.core.accounts.byId(administrator.personId))?.staff).toBe('administrator')
  })

  test('two administrators who take each other’s role at once leave one', async () => {
    const accounts = product.core.db.collection('accounts')
    await accounts.updateMany({ _id: { $ne: administrator.personId as never } }, { $set: { staff: null } })
    const other = await addPerson(product, { staff: 'administrator' })
    const others = await signedIn(product, other)
    await Promise.all([
      staff.get(`/admin/people/${other.personId}/member`),
      others.get(`/admin/people/${administrator.personId}/member`),
    ])
    const statuses = await Promise.all([
      staff.post(`/admin/people/${other.personId}/member`, {}),
      others.post(`/admin/people/${administrator.personId}/member`, {}),
    ])
    expect(await accounts.countDocuments({ staff: 'administrator' })).toBe(1)
    expect(statuses.filter(({ status, location }) => status === 303 && location.includes('/admin'))).toHaveLength(1)
  })

  test('an act or a person that does not exist is not found', async () => {
    expect((await staff.get(`/admin/people/${person.personId}/erase`)).status).toBe(404)
    expect((await staff.get('/admin/people/nobody/member')).status).toBe(404)
  })
})

describe('/admin/outbox', () => {
  test('shows kept mails with their text where there is no mail server', async () => {
    await act('sign-ins')
    const page = await staff.get('/admin/outbox')
    expect(page.headers['cache-control']).toBe('no-store')
    const text = textOf(mainOf(page.text))
    for (const words of [person.email, 'Anh chị đã được đăng xuất khỏi mọi máy', 'vừa đăng xuất tài khoản'])
      expect(text).toContain(words)
  })

  test('shows with a mail server only whether a mail has left, neither subject nor text', async () => {
    const other = await startTestProduct({ env: { SMTP_URL: 'smtp://127.0.0.1:9' } })
    const guest = await signedIn(other, await addPerson(other, { staff: 'administrator' }))
    const asker = newGuest(other.url)
    await asker.submit(await asker.get('/sign-up'), { email: 'moi@nguoi.example' })
    const page = mainOf((await guest.get('/admin/outbox')).text)
    expect(textOf(page)).toContain('moi@nguoi.example')
    expect(page).not.toContain('/sign-up/')
    expect(page).not.toContain('<details class="more"')
    await other.close()
  })
})
