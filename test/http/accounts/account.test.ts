import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { addPerson, signedIn, type TestPerson } from '../../support/accounts.js'
import { tickingClock } from '../../support/clock.js'
import { type Guest, newGuest, unescaped } from '../../support/guest.js'
import { mainOf, textOf } from '../../support/html.js'
import { linkTo, mailsTo } from '../../support/mails.js'
import { guestNeeds, postNeed } from '../../support/posting.js'
import { startTestProduct, type TestProduct } from '../../support/product.js'

const NEW = 'mùa nước nổi năm nay'
const DAY = 86_400_000

let product: TestProduct
const { clock, later } = tickingClock()
beforeAll(async () => {
  product = await startTestProduct({ unlimited: true, clock })
})
afterAll(() => product.close())

let person: TestPerson
let browser: Guest
beforeEach(async () => {
  person = await addPerson(product, { name: 'Út Mười' })
  browser = await signedIn(product, person)
})

const words = async (path: string, who = browser) => textOf(mainOf(unescaped((await who.get(path)).text)))
const submit = async (path: string, fields: Record<string, string>, who = browser) =>
  who.submit(await who.get(path), fields)
const actions = async () => {
  const rows = await product.core.db.collection('audit').find({ recordId: person.personId }).toArray()
  return rows.map(({ action }) => String(action))
}
const signIn = async (email: string, password = person.password) =>
  (await submit('/sign-in', { email, password }, newGuest(product.url))).status

describe('the page of one’s account', () => {
  it('shows name, address, needs and where one is signed in', async () => {
    const page = await words('/account')
    for (const text of ['Chào Út Mười', person.email, 'chưa đăng nhu cầu nào', '1 nơi đang đăng nhập', 'Tiếng Việt'])
      expect(page).toContain(text)
  })

  it('keeps name, phone and language', async () => {
    const done = await submit('/account/details', { name: ' Chị  Ba ', phone: '0912 345 678', lang: 'en' })
    expect([done.status, done.location]).toEqual([303, '/account'])
    const row = await product.core.people.byId(person.personId)
    expect(row).toMatchObject({ name: 'Chị Ba', phone: '+84912345678', lang: 'en' })
    expect(await words('/account')).toContain('0912 345 678')
    expect(await actions()).toContain('details-changed')
  })

  it('says what is wrong with them, and keeps what was typed', async () => {
    const answer = await submit('/account/details', { name: '', phone: 'gọi giờ nào cũng được', lang: 'fr' })
    expect(answer.status).toBe(422)
    expect(answer.text).toContain('gọi giờ nào cũng được')
    expect(await product.core.people.byId(person.personId)).toMatchObject({ name: 'Út Mười', phone: null })
  })

  it('takes no field that is not its own', async () => {
    await browser.get('/account/details')
    const fields = { name: 'X', lang: 'vi', email: 'ke.gian@tiem.example', hasAccount: '', staff: 'administrator' }
    expect((await browser.post('/account/details', fields)).status).toBe(422)
    expect(await product.core.people.byId(person.personId)).toMatchObject({ email: person.email, name: 'Út Mười' })
  })
})

describe('changing the password', () => {
  it('asks for the present one, ends other sign-ins and says so by mail', async () => {
    const elsewhere = await signedIn(product, person)
    const done = await submit('/account/password', { presentPassword: person.password, password: NEW })
    expect([done.status, done.location]).toEqual([303, '/account'])
    expect((await browser.get('/account')).status).toBe(200)
    expect((await elsewhere.get('/account')).status).toBe(303)
    expect([await signIn(person.email), await signIn(person.email, NEW)]).toEqual([422, 303])
    expect((await mailsTo(product, person.email)).map(({ subject }) => subject)).toContain(
      'Mật khẩu Cầu Nối Số vừa được đổi',
    )
    expect(await actions()).toContain('password-changed')
  })

  it.each([
    [{ presentPassword: 'không phải câu này', password: NEW }, 'Mật khẩu chưa đúng'],
    [{ presentPassword: '', password: NEW }, 'Chỗ này chưa điền'],
    [{ presentPassword: 'lúa chín vàng đồng 2026', password: 'utmuoi-1990' }, 'tên hoặc địa chỉ thư'],
  ])('changes nothing when something is wrong, and repeats no password', async (fields, message) => {
    const answer = await submit('/account/password', fields)
    expect(answer.status).toBe(422)
    expect(textOf(unescaped(answer.text)).replaceAll('\u00a0', ' ')).toContain(message)
    expect(answer.text).not.toContain(NEW)
    expect(await signIn(person.email)).toBe(303)
  })

  it('lets nobody go on guessing who has found a browser signed in', async () => {
    const statuses: number[] = []
    for (let i = 0; i < 40 && !statuses.includes(429); i++)
      statuses.push((await submit('/account/password', { presentPassword: `câu số ${i}`, password: NEW })).status)
    expect(statuses.at(-1)).toBe(429)
  })
})

describe('one’s sign-ins', () => {
  it('are listed with this one first, and the others can be ended one by one or all at once', async () => {
    const [second, third] = [await signedIn(product, person), await signedIn(product, person)]
    const page = await browser.get('/account/sign-ins')
    expect(page.text.match(/name="signIn"/g)).toHaveLength(2)
    expect(unescaped(page.text)).toContain('máy này')
    expect((await browser.submit(page)).location).toBe('/account/sign-ins')
    const left = [(await second.get('/account')).status, (await third.get('/account')).status].sort()
    expect(left).toEqual([200, 303])
    await browser.get('/account/sign-ins')
    await browser.post('/account/sign-ins', {})
    expect((await second.get('/account')).status + (await third.get('/account')).status).toBe(606)
    expect((await browser.get('/account')).status).toBe(200)
    expect(await actions()).toEqual(expect.arrayContaining(['sign-in-ended', 'signed-out-elsewhere']))
  })

  it('are nobody else’s to end', async () => {
    const other = await addPerson(product)
    const theirs = await signedIn(product, other)
    const [row] = await product.core.signIns.of(other.personId)
    await browser.get('/account')
    expect((await browser.post('/account/sign-ins', { signIn: row?._id ?? '' })).status).toBe(404)
    expect((await theirs.get('/account')).status).toBe(200)
  })
})

describe('changing the address', () => {
  const ask = async (email: string) => submit('/account/address', { email })
  const linksOf = async (email: string) => [
    await linkTo(product, person.email, '/address/'),
    await linkTo(product, email, '/address/'),
  ]
  const confirm = async (link = '', who = newGuest(product.url)) => submit(link, {}, who)

  it('takes effect once the old and the new one have confirmed, in either order, and the old one is told', async () => {
    for (const order of [
      [0, 1],
      [1, 0],
    ]) {
      person = await addPerson(product)
      browser = await signedIn(product, person)
      const email = `moi.${person.email}`
      expect((await ask(email)).location).toBe('/account')
      const links = await linksOf(email)
      expect((await confirm(links[order[0] ?? 0])).location).toBe('/sign-in')
      expect([await signIn(person.email), await signIn(email)]).toEqual([303, 422])
      expect((await confirm(links[order[1] ?? 0])).location).toBe('/sign-in')
      expect([await signIn(person.email), await signIn(email)]).toEqual([422, 303])
      expect((await mailsTo(product, person.email)).map(({ subject }) => subject)).toContain(
        'Đã đổi địa chỉ Cầu Nối Số',
      )
      expect(await words('/account')).toContain(email)
    }
  })

  it('does not take one address twice for both', async () => {
    const email = `moi.${person.email}`
    await ask(email)
    const [old = ''] = await linksOf(email)
    const guest = newGuest(product.url)
    await guest.get(old)
    const answers = await Promise.all([guest.post(old, {}), guest.post(old, {}), guest.post(old, {})])
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 404, 404])
    expect(await signIn(email)).toBe(422)
  })

  it('overlooks neither of two confirmations at once', async () => {
    const email = `moi.${person.email}`
    await ask(email)
    const links = await linksOf(email)
    const guests = links.map(() => newGuest(product.url))
    for (const [i, link] of links.entries()) await guests[i]?.get(link)
    await Promise.all(links.map((link, i) => guests[i]?.post(link, {})))
    expect(await signIn(email)).toBe(303)
  })

  it('is told alike when the address is somebody else’s, and nothing comes of it but a mail to him', async () => {
    const other = await addPerson(product)
    const taken = await ask(other.email)
    const page = await words('/account')
    const free = await ask(`moi.${person.email}`)
    expect([taken.status, taken.location]).toEqual([free.status, free.location])
    expect((await words('/account')).replaceAll(`moi.${person.email}`, '')).toBe(page.replaceAll(other.email, ''))
    const [mail] = await mailsTo(product, other.email)
    expect(mail?.subject).toBe('Địa chỉ này đã có tài khoản Cầu Nối Số')
    expect(mail?.text).not.toContain('/address/')
    expect(await signIn(other.email)).toBe(303)
  })

  it('comes to nothing when somebody signs up under the address meanwhile', async () => {
    const email = `moi.${person.email}`
    await ask(email)
    const links = await linksOf(email)
    await confirm(links[0])
    await addPerson(product, { email })
    expect((await confirm(links[1])).status).toBe(404)
    expect(await product.core.people.byId(person.personId)).toMatchObject({ email: person.email })
  })

  it('uses nothing up by opening, and works for a day', async () => {
    const email = `moi.${person.email}`
    await ask(email)
    const [old = ''] = await linksOf(email)
    const page = await newGuest(product.url).get(old)
    expect(page.headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
    expect((await newGuest(product.url).get(old)).status).toBe(200)
    later(DAY)
    expect((await newGuest(product.url).get(old)).status).toBe(404)
  })

  it('adopts the needs that were posted as a guest under the new one', async () => {
    const email = `moi.${person.email}`
    const need = await postNeed(newGuest(product.url), {}, { email, title: 'Đăng trước khi đổi địa chỉ' })
    await ask(email)
    for (const link of await linksOf(email)) await confirm(link)
    const mine = (await guestNeeds(product)).filter(({ ownerId }) => ownerId === person.personId)
    expect(mine.map(({ working }) => working?.title.vi)).toEqual(['Đăng trước khi đổi địa chỉ'])
    // Whoever still has the link is led to where its owner signs in.
    const old = await newGuest(product.url).get(need.location)
    expect([old.status, old.location]).toEqual([303, expect.stringMatching(/^\/account\/needs\//)])
    expect(await words('/account')).toContain('Đăng trước khi đổi địa chỉ')
  })

  it('refuses the address one has', async () => {
    expect((await ask(person.email)).status).toBe(422)
    expect(await mailsTo(product, person.email)).toEqual([])
  })
})
