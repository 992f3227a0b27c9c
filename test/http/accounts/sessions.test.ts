import { hash } from '@node-rs/argon2'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { Unavailable } from '../../../src/kernel/errors.js'
import { addPerson, setSecondFactor, signedIn } from '../../support/accounts.js'
import { newGuest } from '../../support/guest.js'
import { mainOf, textOf } from '../../support/html.js'
import { startTestProduct, type TestProduct } from '../../support/product.js'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const START = new Date('2026-11-24T02:00:00Z')

let product: TestProduct
let now = START
const at = (ms: number) => {
  now = new Date(START.getTime() + ms)
}
beforeAll(async () => {
  product = await startTestProduct({ unlimited: true, clock: () => now })
})
beforeEach(() => at(0))
afterAll(async () => {
  // The one fault is the one that is made here.
  expect(product.faults().filter((line) => !line.includes('password check is not available'))).toEqual([])
  await product.close()
})

const lastSeen = async (personId: string) =>
  ((await product.core.signIns.of(personId))[0]?.lastSeenAt.getTime() ?? 0) - START.getTime()

it('a member’s sign-in ends after fourteen days without use, a curator’s after eight hours', async () => {
  for (const [options, idle] of [
    [{}, 14 * DAY_MS],
    [{ staff: 'curator' }, 8 * HOUR_MS],
  ] as const) {
    const person = await addPerson(product, options)
    at(0)
    const [used, idled] = [await signedIn(product, person), await signedIn(product, person)]
    at(idle - 1)
    expect((await used.get('/account')).status).toBe(200)
    at(idle)
    expect((await idled.get('/account')).location).toBe('/sign-in?next=%2Faccount')
    expect((await used.get('/account')).status).toBe(200)
  }
})

it('however much it is used, a member’s ends after ninety days, a curator’s after three', async () => {
  for (const [options, absolute, step] of [
    [{}, 90 * DAY_MS, 10 * DAY_MS],
    [{ staff: 'curator' }, 3 * DAY_MS, 6 * HOUR_MS],
  ] as const) {
    at(0)
    const browser = await signedIn(product, await addPerson(product, options))
    for (let ms = step; ms < absolute; ms += step) {
      at(ms)
      expect((await browser.get('/account')).status).toBe(200)
    }
    at(absolute)
    expect((await browser.get('/account')).status).toBe(303)
  }
})

it('that it is in use is noted at most every ten minutes', async () => {
  const person = await addPerson(product)
  const browser = await signedIn(product, person)
  const noted: number[] = []
  for (const minute of [5, 9, 10, 12, 19, 20]) {
    at(minute * 60_000)
    await browser.get('/account')
    noted.push((await lastSeen(person.personId)) / 60_000)
  }
  expect(noted).toEqual([0, 0, 10, 10, 10, 20])
})

it('signing in and giving the code each bring a new session id; the ones before open nothing', async () => {
  const person = await addPerson(product, { staff: 'administrator' })
  const guest = newGuest(product.url)
  const sid = (cookies: readonly string[]) => cookies.find((one) => one.startsWith('sid='))?.split(';')[0] ?? ''
  const draft = await guest.submit(await guest.get('/needs/new'), {
    problem: 'bè cá nghẹt oxy lúc gần sáng, cần báo sớm',
  })
  const entered = await guest.submit(await guest.get('/sign-in'), { email: person.email, password: person.password })
  const set = await guest.submit(await guest.get(entered.location), { code: '000000' })
  expect(set.status).toBe(422)
  await setSecondFactor(product, person)
  const code = (await product.core.secondFactor.codeNow(person.personId)) ?? ''
  const raised = await guest.submit(await guest.get('/sign-in/code'), { code })
  expect(raised.status).toBe(303)
  const ids = [draft, entered, raised].map(({ cookies }) => sid(cookies))
  expect(new Set(ids).size).toBe(3)
  expect((await guest.get('/admin/people')).status).toBe(200)
  for (const old of ids.slice(0, 2))
    expect((await newGuest(product.url, { Cookie: old }).get('/admin/people')).status).toBe(303)
})

it('a hash made with weaker parameters is made anew at the next sign-in, and the password stays good', async () => {
  const person = await addPerson(product)
  const weak = await hash(person.password.normalize('NFC'), {
    algorithm: 2,
    memoryCost: 8_192,
    timeCost: 1,
    parallelism: 1,
  })
  await product.core.accounts.rehash(person.personId, weak)
  await signedIn(product, person)
  const stored = (await product.core.accounts.byId(person.personId))?.passwordHash ?? ''
  expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  await signedIn(product, person)
  expect((await product.core.accounts.byId(person.personId))?.passwordHash).toBe(stored)
})

it('when too many passwords wait to be looked at, the next is told so, and pages go on', async () => {
  const { passwords } = product.core
  const { verify } = passwords
  const person = await addPerson(product)
  passwords.verify = () => Promise.reject(new Unavailable('password check'))
  try {
    const guest = newGuest(product.url)
    const page = await guest.get('/sign-in')
    // More often than wrong passwords would be taken: none of these was looked at.
    for (let i = 0; i < 12; i++) {
      const answer = await guest.submit(page, { email: person.email, password: person.password })
      expect(answer.status).toBe(503)
      expect(textOf(mainOf(answer.text)).length).toBeGreaterThan(40)
    }
    expect((await guest.get('/needs')).status).toBe(200)
  } finally {
    passwords.verify = verify
  }
  await signedIn(product, person)
})
