import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { addPerson, signedIn, type TestPerson } from '../../support/accounts.js'
import { tickingClock } from '../../support/clock.js'
import { type Guest, newGuest, unescaped } from '../../support/guest.js'
import { linkTo, mailsTo } from '../../support/mails.js'
import { startTestProduct, type TestProduct } from '../../support/product.js'

const NEW = 'mùa nước nổi năm nay'
const MINUTE = 60_000

let product: TestProduct
const { clock, later } = tickingClock()
beforeAll(async () => {
  product = await startTestProduct({ unlimited: true, clock })
})
afterAll(() => product.close())

let guest: Guest
let person: TestPerson
beforeEach(async () => {
  guest = newGuest(product.url)
  person = await addPerson(product)
})

const ask = async (to = person.email, path = '/reset', browser = guest) =>
  browser.submit(await browser.get(path), { email: to })
const askForLink = async (path?: string) => {
  expect((await ask(person.email, path)).status).toBe(303)
  return linkTo(product, person.email, '/reset/')
}
const complete = async (link: string, password = NEW, browser = guest) =>
  browser.submit(await browser.get(link), { password })
const signIn = async (password: string) => {
  const browser = newGuest(product.url)
  return (await browser.submit(await browser.get('/sign-in'), { email: person.email, password })).status
}

describe('a reset of the password', () => {
  it('sets the new one, signs in, ends every other sign-in and says so by mail', async () => {
    const elsewhere = await signedIn(product, person)
    const link = await askForLink()
    const page = await guest.get(link)
    expect(page.headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
    const done = await guest.submit(page, { password: NEW })
    expect([done.status, done.location]).toEqual([303, '/account'])
    expect((await guest.get('/account')).status).toBe(200)
    expect((await elsewhere.get('/account')).status).toBe(303)
    expect([await signIn(person.password), await signIn(NEW)]).toEqual([422, 303])
    const subjects = (await mailsTo(product, person.email)).map(({ subject }) => subject)
    expect(subjects).toContain('Mật khẩu Cầu Nối Số vừa được đổi')
  })

  it('leaves a mark in the audit log that quotes nothing', async () => {
    await complete(await askForLink())
    const entries = await product.core.db.collection('audit').find({ recordId: person.personId }).toArray()
    expect(entries.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['reset-asked', 'password-reset', 'sign-in']),
    )
    expect(JSON.stringify(entries)).not.toContain(person.email)
  })

  it('carries the page he came from through the mail', async () => {
    expect((await complete(await askForLink('/reset?next=/needs'))).location).toBe('/needs')
  })

  it('does not stand in for the second factor', async () => {
    const factor = { secret: 'JBSWY3DPEHPK3PXP', confirmedAt: clock(), lastStep: 0, recoveryCodes: [] }
    await product.core.accounts.setSecondFactor(person.personId, factor)
    await complete(await askForLink())
    expect((await guest.get('/account')).status).toBe(303)
  })

  it('takes a link once, and of two requests at once one', async () => {
    const link = await askForLink()
    const browsers = [newGuest(product.url), newGuest(product.url)]
    for (const browser of browsers) await browser.get(link)
    const answers = await Promise.all(browsers.map((browser, i) => browser.post(link, { password: `${NEW} lần ${i}` })))
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 404])
    expect((await guest.get(link)).status).toBe(404)
  })

  it('makes other links that are still out worthless', async () => {
    const [first, second] = [await askForLink(), await askForLink()]
    expect(first).not.toBe(second)
    await complete(second)
    expect((await newGuest(product.url).get(first)).status).toBe(404)
  })

  it('takes no link that is older than half an hour', async () => {
    const link = await askForLink()
    later(30 * MINUTE)
    expect((await guest.get(link)).status).toBe(404)
    await guest.get('/reset')
    expect((await guest.post(link, { password: NEW })).status).toBe(404)
    expect(await signIn(person.password)).toBe(303)
  })

  it('takes no key of another purpose', async () => {
    const to = `moi.${person.email}`
    await guest.submit(await guest.get('/sign-up'), { email: to })
    const key = (await linkTo(product, to, '/sign-up/')).replace('/sign-up/', '')
    expect((await guest.get(`/reset/${key}`)).status).toBe(404)
  })

  it('answers alike whether there is an account, and tells only the mailbox', async () => {
    const stranger = `la.${person.email}`
    const [a, b] = [newGuest(product.url), newGuest(product.url)]
    const known = await ask(person.email, '/reset', a)
    const unknown = await ask(stranger, '/reset', b)
    expect([unknown.status, unknown.location]).toEqual([known.status, known.location])
    const [knownPage, unknownPage] = [await a.get(known.location), await b.get(unknown.location)]
    expect(unknownPage.text.replaceAll(stranger, '')).toBe(knownPage.text.replaceAll(person.email, ''))
    const [mail] = await mailsTo(product, stranger)
    expect(mail?.subject).toBe('Địa chỉ này chưa có tài khoản Cầu Nối Số')
    expect(mail?.text).not.toContain('/reset/')
  })

  it('opens no account that is suspended', async () => {
    const link = await askForLink()
    await product.core.accounts.setSuspended(person.personId, true)
    expect((await guest.get(link)).status).toBe(404)
    await guest.get('/reset')
    expect((await guest.post(link, { password: NEW })).status).toBe(404)
    await ask()
    const subjects = (await mailsTo(product, person.email)).map(({ subject }) => subject)
    expect(subjects).toContain('Tài khoản Cầu Nối Số đang tạm dừng')
  })

  it('refuses a weak password and keeps the link good', async () => {
    const link = await askForLink()
    const answer = await complete(link, '1234567890')
    expect(answer.status).toBe(422)
    expect(unescaped(answer.text)).toContain('nhiều người dùng quá')
    expect((await complete(link)).status).toBe(303)
  })
})

describe('a form with a password that was open for too long', () => {
  it('is offered again without the password', async () => {
    await guest.get('/sign-in')
    const answer = await guest.post(
      '/sign-in',
      { email: person.email, password: 'bí mật của tôi', _csrf: 'old' },
      { token: false },
    )
    expect(answer.status).toBe(403)
    expect(answer.text).not.toContain('bí mật của tôi')
  })
})
