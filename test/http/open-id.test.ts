import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { addPerson } from '../support/accounts.js'
import { type Answer, type Guest, newGuest } from '../support/guest.js'
import { linksIn, mainOf, textOf } from '../support/html.js'
import { type Lie, type OpenIdProvider, startOpenIdProvider } from '../support/open-id-provider.js'
import { startTestProduct, type TestProduct } from '../support/product.js'

let provider: OpenIdProvider
let product: TestProduct
let people = 0
/** How far the product's clock is ahead, in ms. */
let ahead = 0

beforeAll(async () => {
  provider = await startOpenIdProvider()
  const env = { ...provider.env, PUBLIC_URL: 'http://park.example' }
  product = await startTestProduct({ unlimited: true, env, clock: () => new Date(Date.now() + ahead) })
})

beforeEach(() => {
  people++
  provider.lie = null
  provider.person = {
    sub: `subject-${people}`,
    email: `nguoi-${people}@tinh.example`,
    email_verified: true,
    name: 'Chị Bảy',
  }
})

afterEach(() => expect(product.faults()).toEqual([]))

afterAll(async () => {
  await product.close()
  await provider.close()
})

const email = () => String(provider.person.email)
const parkId = () => product.core.park().id

/** Goes to the service and comes back with its answer, as a browser would. */
async function goThere(guest: Guest, path = '/sign-in/with'): Promise<string> {
  const { status, location } = await guest.get(path)
  expect(status).toBe(303)
  expect(location.startsWith(`${provider.issuer}/authorize?`)).toBe(true)
  const back = (await fetch(location, { redirect: 'manual' })).headers.get('Location') ?? ''
  return back.replace('http://park.example', '')
}

async function comeIn(guest: Guest, path?: string): Promise<Answer> {
  const answer = await guest.get(await goThere(guest, path))
  return answer.location.includes('/callback') ? guest.get(answer.location) : answer
}

const join = async (guest: Guest, fields = { name: 'Chị Bảy', consent: 'on' }) =>
  guest.submit(await guest.get('/sign-in/with/new'), fields)

test('the page to sign in offers the service by its name, and takes along where to go on', async () => {
  const page = await newGuest(product.url).get('/sign-in?next=/needs')
  const link = linksIn(mainOf(page.text)).find(({ href }) => href.startsWith('/sign-in/with'))
  expect(link).toEqual({ href: '/sign-in/with?next=%2Fneeds', text: 'Đăng nhập bằng Cổng tỉnh' })
})

test('the question asks for a code, bound to this browser by state, nonce and challenge', async () => {
  const guest = newGuest(product.url)
  await goThere(guest)
  await goThere(guest)
  const [one, two] = provider.asked.slice(-2)
  expect(Object.fromEntries(one ?? [])).toMatchObject({
    ...{ response_type: 'code', client_id: 'park', scope: 'openid email profile', code_challenge_method: 'S256' },
    redirect_uri: 'http://park.example/sign-in/with/callback',
  })
  for (const name of ['state', 'nonce', 'code_challenge']) {
    expect(one?.get(name)?.length).toBeGreaterThanOrEqual(43)
    expect(one?.get(name)).not.toBe(two?.get(name))
  }
})

describe('somebody new', () => {
  test('is asked for his consent, has an account without a password afterwards, and goes on', async () => {
    const guest = newGuest(product.url)
    const { location } = await comeIn(guest, '/sign-in/with?next=/needs')
    expect(location).toBe('/sign-in/with/new')
    expect(await product.core.people.accountHolder(parkId(), email())).toBeNull()
    const page = await guest.get(location)
    expect(textOf(mainOf(page.text))).toContain(email())
    expect(page.text).not.toMatch(/name="consent"[^>]* checked/)
    expect(page.text).toContain('value="Chị Bảy"')
    const joined = await join(guest)
    expect([joined.status, joined.location]).toEqual([303, '/needs'])
    const person = await product.core.people.accountHolder(parkId(), email())
    const account = await product.core.accounts.byId(person?._id ?? '')
    expect(account).toMatchObject({ passwordHash: null, openIdSubject: provider.person.sub, staff: null })
    expect((await guest.get('/account')).text).toContain(email())
  })

  test('has none before he has agreed, whatever he leaves out', async () => {
    const guest = newGuest(product.url)
    await guest.get((await comeIn(guest)).location)
    const wrong = await guest.post('/sign-in/with/new', { name: 'Chị Bảy', email: 'somebody@else.example' })
    expect(wrong.status).toBe(422)
    expect(await product.core.people.accountHolder(parkId(), email())).toBeNull()
    expect(await product.core.people.accountHolder(parkId(), 'somebody@else.example')).toBeNull()
  })

  test('comes in at once the next time, also under another address', async () => {
    const first = newGuest(product.url)
    await comeIn(first)
    await join(first)
    const before = email()
    provider.person.email = `khac-${people}@tinh.example`
    const second = newGuest(product.url)
    expect((await comeIn(second)).location).toBe('/account')
    expect((await second.get('/account')).text).toContain(before)
  })

  test('cannot sign in with a password, as he has none', async () => {
    const guest = newGuest(product.url)
    await comeIn(guest)
    await join(guest)
    const other = newGuest(product.url)
    const tried = await other.submit(await other.get('/sign-in'), { email: email(), password: 'null' })
    expect(tried.status).toBe(422)
  })

  test('goes on in the language he read', async () => {
    const guest = newGuest(product.url)
    const { location } = await comeIn(guest, '/en/sign-in/with')
    expect(location).toBe('/en/sign-in/with/new')
  })
})

describe('somebody who has an account under that address', () => {
  test('is joined to it, is told so on the page and by mail, and it is in the audit log', async () => {
    const { personId } = await addPerson(product, { email: email() })
    const guest = newGuest(product.url)
    expect((await comeIn(guest)).location).toBe('/account')
    expect(textOf((await guest.get('/account')).text)).toContain('Từ nay anh chị vào được bằng Cổng tỉnh')
    expect((await product.core.accounts.byId(personId))?.openIdSubject).toBe(provider.person.sub)
    const mails = await product.core.db.collection('mails').find({ personId }).toArray()
    expect(mails.map(({ subject }) => subject)).toEqual(['Tài khoản của anh chị vừa nối với Cổng tỉnh'])
    const audit = await product.core.db.collection('audit').find({ recordId: personId }).toArray()
    expect(audit.map(({ action }) => action)).toContain('open-id-linked')
  })

  test('written with capitals is the same address', async () => {
    const { personId } = await addPerson(product, { email: email() })
    provider.person.email = email().toUpperCase()
    expect((await comeIn(newGuest(product.url))).location).toBe('/account')
    expect((await product.core.accounts.byId(personId))?.openIdSubject).toBe(provider.person.sub)
  })

  test.each([
    ['the service does not vouch for the address', { email_verified: false }],
    ['it says so in a text and not as a truth', { email_verified: 'true' }],
    ['it does not say', { email_verified: undefined }],
    ['it names no address', { email: undefined }],
    ['it names something that is no address', { email: 'not an address' }],
  ])('is not joined to it when %s', async (_, claims) => {
    const { personId } = await addPerson(product, { email: email() })
    provider.person = { ...provider.person, ...claims }
    const guest = newGuest(product.url)
    expect((await comeIn(guest)).location).toBe('/sign-in')
    expect(textOf((await guest.get('/sign-in')).text)).toContain('chưa xác nhận địa chỉ thư')
    expect((await product.core.accounts.byId(personId))?.openIdSubject).toBeNull()
    expect((await guest.get('/account')).status).toBe(303)
  })

  test('is not joined to it when it belongs to another of the service’s users', async () => {
    const { personId } = await addPerson(product, { email: email() })
    await comeIn(newGuest(product.url))
    const first = provider.person.sub
    provider.person.sub = `another-${people}`
    const guest = newGuest(product.url)
    expect((await comeIn(guest)).location).toBe('/sign-in')
    expect((await product.core.accounts.byId(personId))?.openIdSubject).toBe(first)
    expect((await guest.get('/account')).status).toBe(303)
  })

  test('that is suspended is not let in', async () => {
    const { personId } = await addPerson(product, { email: email() })
    await product.core.accounts.setSuspended(personId, true)
    const guest = newGuest(product.url)
    expect((await comeIn(guest)).location).toBe('/sign-in')
    expect((await guest.get('/account')).status).toBe(303)
  })

  test('and works for the park has no rights before the second factor', async () => {
    await addPerson(product, { email: email(), staff: 'administrator' })
    const guest = newGuest(product.url)
    expect((await comeIn(guest)).location).toMatch(/second-factor|code/)
    expect((await guest.get('/admin')).status).toBe(303)
  })
})

describe('an answer that does not hold lets nobody in', () => {
  const LIES: Lie[] = [
    'refuses',
    'another state',
    'another nonce',
    'another issuer',
    'another audience',
    'expired',
    'forged signature',
    'no signature',
    'no id token',
  ]

  test.each(LIES)('%s', async (lie) => {
    await addPerson(product, { email: email() })
    const guest = newGuest(product.url)
    provider.lie = lie
    expect((await comeIn(guest, '/sign-in/with?next=/needs')).location).toBe('/sign-in?next=%2Fneeds')
    expect(textOf((await guest.get('/sign-in')).text)).toContain('Cổng tỉnh')
    expect((await guest.get('/account')).status).toBe(303)
  })

  test('one that is sent a second time', async () => {
    const guest = newGuest(product.url)
    const back = await goThere(guest)
    expect((await guest.get(back)).location).toBe('/sign-in/with/new')
    expect((await guest.get(back)).location).toBe('/sign-in')
  })

  test('one to a question of another browser', async () => {
    const back = await goThere(newGuest(product.url))
    const victim = newGuest(product.url)
    expect((await victim.get(back)).location).toBe('/sign-in')
    await goThere(victim)
    expect((await victim.get(back)).location).toBe('/sign-in')
    expect((await victim.get('/account')).status).toBe(303)
  })

  test('one without anything in it', async () => {
    for (const query of ['', '?code=', '?code=a&state=b', '?error=%3Cscript%3E', '?code=a&code=b']) {
      const guest = newGuest(product.url)
      await goThere(guest)
      expect((await guest.get(`/sign-in/with/callback${query}`)).location).toBe('/sign-in')
    }
  })
})

test('somebody who has neither password nor code erases his account only when he has just come in', async () => {
  const guest = newGuest(product.url)
  await comeIn(guest)
  await join(guest)
  ahead += 16 * 60_000
  const page = await guest.get('/account/data/erasure')
  const late = await guest.submit(page, { proof: email() })
  expect(late.status).toBe(422)
  expect(textOf(mainOf(late.text))).toContain('Đăng xuất rồi đăng nhập lại')
  expect(await product.core.people.accountHolder(parkId(), email())).not.toBeNull()

  await guest.post('/sign-out', {})
  await comeIn(guest)
  const again = await guest.get('/account/data/erasure')
  expect((await guest.submit(again, { proof: 'khac@noi.example' })).status).toBe(422)
  expect((await guest.submit(again, { proof: email() })).status).toBe(303)
  expect(await product.core.people.accountHolder(parkId(), email())).toBeNull()
})

test('another site cannot send people through a sign-in', async () => {
  const headers = { 'Sec-Fetch-Site': 'cross-site' }
  const response = await fetch(`${product.url}/sign-in/with`, { redirect: 'manual', headers })
  expect(response.headers.get('Location')).toBe('/sign-in')
})

test('the page of a newcomer is there for nobody else', async () => {
  const guest = newGuest(product.url)
  expect((await guest.get('/sign-in/with/new')).location).toBe('/sign-in')
  await guest.get('/needs/new')
  expect((await guest.post('/sign-in/with/new', { name: 'a', consent: 'on' })).location).toBe('/sign-in')
})

test('a service that is away stops neither the start nor those who come with a password, and is asked again', async () => {
  provider.lie = 'broken down'
  const other = await startTestProduct({ unlimited: true, env: { ...provider.env, PUBLIC_URL: 'http://park.example' } })
  try {
    const guest = newGuest(other.url)
    expect((await guest.get('/sign-in/with')).location).toBe('/sign-in')
    expect(textOf((await guest.get('/sign-in')).text)).toContain('Cổng tỉnh đang không trả lời')
    const { email: address, password } = await addPerson(other)
    const entered = await guest.submit(await guest.get('/sign-in'), { email: address, password })
    expect(entered.status).toBe(303)
    provider.lie = null
    expect((await newGuest(other.url).get('/sign-in/with')).location).toContain('/authorize?')
  } finally {
    await other.close()
  }
})

test('without a service there is neither a button nor a page', async () => {
  const other = await startTestProduct()
  try {
    const guest = newGuest(other.url)
    expect((await guest.get('/sign-in')).text).not.toContain('/sign-in/with')
    for (const path of ['/sign-in/with', '/sign-in/with/callback?code=a', '/sign-in/with/new'])
      expect((await guest.get(path)).status).toBe(404)
  } finally {
    await other.close()
  }
})
