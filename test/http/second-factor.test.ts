import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { codeAt } from '../../src/modules/accounts/second-factor/totp.rules.js'
import { addPerson, PASSWORD, signedIn, type TestPerson } from '../support/accounts.js'
import { type Guest, newGuest } from '../support/guest.js'
import { textOf, textsIn } from '../support/html.js'
import { mailsTo } from '../support/mails.js'
import { startTestProduct, type TestProduct } from '../support/product.js'

let product: TestProduct
let now = new Date('2026-03-02T01:00:00Z')
const later = (seconds: number) => {
  now = new Date(now.getTime() + seconds * 1000)
}

beforeAll(async () => {
  product = await startTestProduct({ unlimited: true, clock: () => now })
})
afterAll(async () => {
  expect(product.faults()).toEqual([])
  await product.close()
})

const withPassword = async (person: TestPerson, next = '') => {
  const guest = newGuest(product.url)
  const page = await guest.get(`/sign-in${next && `?next=${next}`}`)
  return { guest, answer: await guest.submit(page, { email: person.email, password: person.password }) }
}

const secretOn = (page: { text: string }) =>
  /class="reference num">([A-Z2-7 ]+)</.exec(page.text)?.[1]?.replace(/ /g, '') ?? ''

/** Sets a second factor up in a browser that has signed in. */
async function setUp(guest: Guest, path = '/account/second-factor') {
  const page = await guest.get(path)
  const secret = secretOn(page)
  const answer = await guest.submit(page, { code: codeAt(secret, now), himself: PASSWORD })
  expect(answer.status).toBe(303)
  const shown = await guest.get(answer.location)
  const list = /<ol class="codes[^>]*>(.*?)<\/ol>/s.exec(shown.text)?.[1] ?? ''
  return { secret, shown, codes: textsIn(list, 'li') }
}

const audited = async (personId: string) => {
  const rows = await product.core.db.collection('audit').find({ recordId: personId }).sort({ at: 1 }).toArray()
  return rows.map(({ action }) => action)
}

describe('setting the second factor up', () => {
  test('staff are led to it after the password, are visitors until it is set, and then go on to where they were going', async () => {
    const person = await addPerson(product, { staff: 'curator' })
    const { guest, answer } = await withPassword(person, '/account')
    expect(answer.location).toBe('/account/second-factor?next=%2Faccount')
    expect((await guest.get('/account')).location).toBe('/account/second-factor?next=%2Faccount')
    expect(textOf((await guest.get('/')).text)).toContain('Còn nhập mã')
    const { shown, codes } = await setUp(guest, answer.location)
    expect(new Set(codes).size).toBe(10)
    expect((await guest.submit(shown)).location).toBe('/account')
    expect((await guest.get('/account')).status).toBe(200)
    expect(await audited(person.personId)).toContain('second-factor-set')
    const told = (await mailsTo(product, person.email)).map(({ subject }) => subject)
    expect(told).toEqual(['Đã bật mã xác nhận khi đăng nhập'])
  })

  test('neither the secret nor a recovery code stands in the database as it is', async () => {
    const person = await addPerson(product)
    const { guest } = await withPassword(person)
    const { secret, codes } = await setUp(guest)
    const everything = JSON.stringify([
      await product.core.db.collection('accounts').find().toArray(),
      await product.core.db.collection('sessions').find().toArray(),
    ])
    for (const hidden of [secret, ...codes]) expect(everything).not.toContain(hidden)
  })

  test('a wrong code sets nothing up and keeps the same secret on the page', async () => {
    const { guest } = await withPassword(await addPerson(product))
    const page = await guest.get('/account/second-factor')
    const again = await guest.submit(page, { code: '000000' })
    expect(again.status).toBe(422)
    expect(secretOn(again)).toBe(secretOn(page))
  })

  test('the codes can be taken as a file and are gone once they are said to be kept', async () => {
    const { guest } = await withPassword(await addPerson(product))
    const { shown, codes } = await setUp(guest)
    const file = await guest.get('/account/second-factor/codes/file')
    expect(file.headers['content-disposition']).toContain('attachment')
    for (const code of codes) expect(file.text).toContain(code)
    await guest.submit(shown)
    expect((await guest.get('/account/second-factor/codes')).status).toBe(303)
    expect((await guest.get('/account/second-factor/codes/file')).status).toBe(404)
  })

  test('the codes are not shown after a quarter of an hour', async () => {
    const { guest } = await withPassword(await addPerson(product))
    await setUp(guest)
    later(16 * 60)
    expect((await guest.get('/account/second-factor/codes')).status).toBe(303)
  })
})

describe('signing in with a code', () => {
  test('the password alone gives no rights, a code does, under a new session id', async () => {
    const person = await addPerson(product, { staff: 'administrator' })
    const first = await withPassword(person)
    const { secret } = await setUp(first.guest)
    later(60)
    const { guest, answer } = await withPassword(person, '/account')
    expect(answer.location).toBe('/sign-in/code?next=%2Faccount')
    expect((await guest.get('/account')).location).toBe('/sign-in/code?next=%2Faccount')
    expect((await guest.get('/account/second-factor')).location).toContain('/sign-in/code')
    const given = await guest.submit(await guest.get(answer.location), { code: codeAt(secret, now) })
    expect(given.location).toBe('/account')
    expect(given.cookies.join()).toContain('sid=')
    expect((await guest.get('/account')).status).toBe(200)
  })

  test('each code gets in once, and one of the neighbouring half minutes does too', async () => {
    const person = await addPerson(product)
    const { secret } = await setUp((await withPassword(person)).guest)
    later(90)
    const code = codeAt(secret, new Date(now.getTime() - 30_000))
    const enter = async (typed: string) => {
      const { guest, answer } = await withPassword(person)
      return (await guest.submit(await guest.get(answer.location), { code: typed })).status
    }
    expect(await enter(code)).toBe(303)
    expect(await enter(code)).toBe(422)
    expect(await enter(codeAt(secret, new Date(now.getTime() - 60_000)))).toBe(422)
    expect(await enter(codeAt(secret, now).replace(/^.../, '$& '))).toBe(303)
    expect(await audited(person.personId)).toContain('code-failed')
  })

  test('a recovery code gets in once, and he is told how many are left', async () => {
    const person = await addPerson(product)
    const { codes } = await setUp((await withPassword(person)).guest)
    const typed = codes[3]?.toUpperCase().replaceAll('-', ' ') ?? ''
    const { guest, answer } = await withPassword(person)
    const given = await guest.submit(await guest.get(answer.location), { code: typed })
    expect(given.status).toBe(303)
    expect(textOf((await guest.get(given.location)).text)).toContain('còn 9 mã')
    const again = await withPassword(person)
    expect((await again.guest.submit(await again.guest.get(again.answer.location), { code: typed })).status).toBe(422)
  })
})

describe('changing the second factor', () => {
  test('new recovery codes want the password and make the old ones worthless', async () => {
    const person = await addPerson(product)
    const { guest } = await withPassword(person)
    const { codes } = await setUp(guest)
    const page = await guest.get('/account/second-factor')
    expect((await guest.submit(page, { himself: 'not it' })).status).toBe(422)
    const renewed = await guest.submit(page, { himself: person.password })
    expect(renewed.location).toBe('/account/second-factor/codes')
    const { guest: other, answer } = await withPassword(person)
    const tried = await other.submit(await other.get(answer.location), { code: codes[0] ?? '' })
    expect(tried.status).toBe(422)
  })

  test('a member sets it up with his password, so that nobody else does on a browser left open', async () => {
    const member = await addPerson(product)
    const { guest } = await withPassword(member)
    const page = await guest.get('/account/second-factor')
    const code = codeAt(secretOn(page), now)
    for (const himself of ['', 'not it']) expect((await guest.submit(page, { code, himself })).status).toBe(422)
    expect((await product.core.accounts.byId(member.personId))?.secondFactor).toBeNull()
    expect((await guest.submit(page, { code, himself: member.password })).status).toBe(303)
  })

  test('a member may do without it again, with his password; staff may not', async () => {
    const member = await addPerson(product)
    const { guest } = await withPassword(member)
    await setUp(guest)
    await guest.get('/account/second-factor')
    expect((await guest.post('/account/second-factor/removal', { himself: 'not it' })).status).toBe(422)
    expect((await guest.post('/account/second-factor/removal', { himself: member.password })).status).toBe(303)
    expect((await withPassword(member)).answer.location).toBe('/account')

    const curator = await addPerson(product, { staff: 'curator' })
    const staff = await signedIn(product, curator)
    const page = await staff.get('/account/second-factor')
    expect(page.text).not.toContain('removal')
    expect((await staff.post('/account/second-factor/removal', { himself: curator.password })).status).toBe(403)
  })
})
