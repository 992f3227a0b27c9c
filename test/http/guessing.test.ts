import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addPerson, signedIn, type TestPerson } from '../support/accounts.js'
import { type Guest, newGuest } from '../support/guest.js'
import { textOf } from '../support/html.js'
import { startTestProduct, type TestProduct } from '../support/product.js'

/** Wrong passwords and codes: who has to wait, and who does not. Addresses come from a proxy that is trusted here. */

let product: TestProduct
// Not in the past: the database forgets counts once their time is over by its own clock.
let now = new Date()
const later = (minutes: number) => {
  now = new Date(now.getTime() + minutes * 60_000)
}
const dataDir = mkdtempSync(join(tmpdir(), 'guessing-'))
const start = () =>
  startTestProduct({ unlimited: true, clock: () => now, env: { TRUST_PROXY: 'on', DATA_DIR: dataDir } })

beforeAll(async () => {
  product = await start()
})
afterAll(async () => {
  expect(product.faults()).toEqual([])
  await product.close()
  rmSync(dataDir, { recursive: true, force: true })
})

const from = (ip: string) => newGuest(product.url, { 'X-Forwarded-For': ip })

/** Signs out first where somebody is signed in; what the browser knows of him stays. */
async function enter(guest: Guest, { email, password }: Pick<TestPerson, 'email' | 'password'>) {
  if ((await guest.get('/account')).status === 200) await guest.post('/sign-out', {})
  return guest.submit(await guest.get('/sign-in'), { email, password })
}

async function wrongPasswords(guest: Guest, email: string, times: number): Promise<Record<number, number>> {
  await guest.get('/sign-in')
  const counts: Record<number, number> = {}
  for (let i = 0; i < times; i++) {
    const { status } = await guest.post('/sign-in', { email, password: `đoán ${i}` })
    counts[status] = (counts[status] ?? 0) + 1
  }
  return counts
}

const audited = async (personId: string, action: string) => {
  const rows = await product.core.db.collection('audit').find({ recordId: personId, action }).toArray()
  return rows.map(({ details }) => details?.failures)
}

test('400 wrong passwords from twenty addresses: sixty are looked at, and the right person still gets in on his device', async () => {
  const person = await addPerson(product)
  const his = from('113.160.1.1')
  expect((await enter(his, person)).status).toBe(303)
  const counts = { 422: 0, 429: 0 }
  for (let i = 0; i < 20; i++) {
    const {
      422: looked = 0,
      429: refused = 0,
      ...others
    } = await wrongPasswords(from(`203.0.113.${i}`), person.email, 20)
    expect(others).toEqual({})
    counts[422] += looked
    counts[429] += refused
  }
  expect(counts).toEqual({ 422: 60, 429: 340 })
  // The right password makes no difference where it is not looked at.
  expect((await enter(from('203.0.113.77'), person)).status).toBe(429)
  expect((await enter(his, person)).status).toBe(303)
  later(61)
  expect((await enter(from('203.0.113.77'), person)).status).toBe(303)
}, 300_000)

test('one address gets ten tries in a quarter of an hour, then the page says how long to wait and what to do', async () => {
  const person = await addPerson(product)
  expect(await wrongPasswords(from('198.51.100.1'), person.email, 12)).toEqual({ 422: 10, 429: 2 })
  const answer = await enter(from('198.51.100.1'), person)
  expect(answer.status).toBe(429)
  expect(answer.headers['retry-after']).toBe('900')
  expect(textOf(answer.text)).toContain('Chờ khoảng 15 phút')
  // Others at that address, and he elsewhere, do not wait.
  expect((await enter(from('198.51.100.1'), await addPerson(product))).status).toBe(303)
  expect((await enter(from('198.51.100.2'), person)).status).toBe(303)
  later(15)
  expect((await enter(from('198.51.100.1'), person)).status).toBe(303)
})

test('a whole /64 of IPv6 counts as one client', async () => {
  const { email } = await addPerson(product)
  expect(await wrongPasswords(from('2001:db8:1:2::1'), email, 6)).toEqual({ 422: 6 })
  expect(await wrongPasswords(from('2001:db8:1:2:ffff::9'), email, 6)).toEqual({ 422: 4, 429: 2 })
  expect(await wrongPasswords(from('2001:db8:1:3::1'), email, 1)).toEqual({ 422: 1 })
})

test('an address without an account is answered and limited like one with an account', async () => {
  const { email } = await addPerson(product)
  const known = await wrongPasswords(from('192.0.2.1'), email, 12)
  expect(await wrongPasswords(from('192.0.2.2'), 'khong-co-ai@nguoi.example', 12)).toEqual(known)
  const wrong = { password: 'không phải' }
  const withAccount = await enter(from('192.0.2.3'), { email, ...wrong })
  const without = await enter(from('192.0.2.3'), { email: 'khong-co-ai@nguoi.example', ...wrong })
  expect(textOf(without.text)).toBe(textOf(withAccount.text))
})

test('right passwords are not counted', async () => {
  const person = await addPerson(product)
  for (let i = 0; i < 12; i++) expect((await enter(from('192.0.2.9'), person)).status).toBe(303)
})

test('the count survives a restart of the product over the same data', async () => {
  const person = await addPerson(product)
  const his = from('113.160.1.2')
  await enter(his, person)
  const device = (await enter(his, person)).cookies.find((cookie) => cookie.startsWith('device='))?.split(';')[0] ?? ''
  await wrongPasswords(from('198.51.100.7'), person.email, 10)
  await product.close()
  product = await start()
  expect((await enter(from('198.51.100.7'), person)).status).toBe(429)
  const afterwards = newGuest(product.url, { 'X-Forwarded-For': '198.51.100.7', Cookie: device })
  // A fixed header instead of a jar: the token's cookie goes along by hand.
  const page = await afterwards.get('/sign-in')
  const csrf = page.cookies.find((cookie) => cookie.startsWith('csrf='))?.split(';')[0] ?? ''
  const both = newGuest(product.url, { 'X-Forwarded-For': '198.51.100.7', Cookie: `${device}; ${csrf}` })
  expect((await both.submit(page, { email: person.email, password: person.password })).status).toBe(303)
})

test('a device that knows one person is a stranger to another, and a cookie that was changed counts for nothing', async () => {
  const [one, other] = [await addPerson(product), await addPerson(product)]
  const guest = from('198.51.100.20')
  await enter(guest, one)
  await wrongPasswords(from('198.51.100.20'), other.email, 10)
  expect((await enter(guest, other)).status).toBe(429)
  const forged = newGuest(product.url, { 'X-Forwarded-For': '198.51.100.20', Cookie: 'device=e30.AAAA' })
  expect((await forged.get('/sign-in')).status).toBe(200)
})

test('five wrong codes from an unknown device make it wait, not the device that its owner uses', async () => {
  const person = await addPerson(product, { staff: 'curator' })
  await signedIn(product, person)
  const stranger = from('198.51.100.30')
  const { location } = await enter(stranger, person)
  const page = await stranger.get(location)
  const statuses: number[] = []
  for (let i = 0; i < 6; i++) statuses.push((await stranger.submit(page, { code: '000000' })).status)
  expect(statuses).toEqual([422, 422, 422, 422, 422, 429])
  await expect(signedIn(product, person)).resolves.toBeDefined()
  expect((await audited(person.personId, 'code-failed')).length).toBe(5)
})

test('the audit log tells of failures without writing down each, and neither it nor the counts name anybody', async () => {
  const person = await addPerson(product)
  await wrongPasswords(from('198.51.100.41'), person.email, 11)
  expect(await audited(person.personId, 'sign-in-failed')).toEqual(['1', '10'])
  expect(await audited(person.personId, 'sign-in-limited')).toHaveLength(1)
  const stored = JSON.stringify([
    await product.core.db.collection('audit').find({ recordId: person.personId }).toArray(),
    await product.core.db.collection('attempts').find().toArray(),
  ])
  for (const personal of [person.email, '198.51.100']) expect(stored).not.toContain(personal)
})

test.each(['/sign-up', '/reset'])(
  'mails asked for at %s are limited by address and client, whether there is an account or not',
  async (path) => {
    const { email } = await addPerson(product)
    for (const [ip, address] of [
      ['198.51.100.50', email],
      ['198.51.100.51', `khong-co${path.slice(1)}@nguoi.example`],
    ] as const) {
      const guest = from(ip)
      await guest.get(path)
      const statuses: number[] = []
      for (let i = 0; i < 22; i++) statuses.push((await guest.post(path, { email: address })).status)
      expect(statuses).toEqual([...Array(20).fill(303), 429, 429])
    }
  },
)

test('links that lead nowhere are limited, one that leads somewhere is not', async () => {
  const guest = from('198.51.100.60')
  const statuses = new Map<number, number>()
  for (let i = 0; i < 32; i++) {
    const { status } = await guest.get(`/reset/${String(i).padStart(32, 'a')}`)
    statuses.set(status, (statuses.get(status) ?? 0) + 1)
  }
  expect(statuses).toEqual(
    new Map([
      [404, 30],
      [429, 2],
    ]),
  )
  await guest.get('/sign-up')
  await guest.post('/sign-up', { email: 'moi@nguoi.example' })
  const mail = await product.core.db.collection('mails').findOne({ to: 'moi@nguoi.example' })
  const path = /\/sign-up\/[0-9a-z]{32}/.exec(mail?.text)?.[0] ?? ''
  expect((await guest.get(path)).status).toBe(200)
})

test('links to a firm and invitations that lead nowhere are limited too, and that survives a restart', async () => {
  const person = await addPerson(product)
  for (const path of ['/claims', '/invitations']) {
    const ip = `198.51.100.${path.length}`
    const guest = await signedInFrom(ip, person)
    const look = (guess: number, who = guest) => who.get(`${path}/${String(guess).padStart(32, 'b')}`)
    const statuses: number[] = []
    for (let i = 0; i < 31; i++) statuses.push((await look(i)).status)
    expect([path, statuses.filter((status) => status === 404).length, statuses.at(-1)]).toEqual([path, 30, 429])
    await product.close()
    product = await start()
    expect((await look(99, await signedInFrom(ip, person))).status).toBe(429)
  }
})

async function signedInFrom(ip: string, person: TestPerson): Promise<Guest> {
  const guest = from(ip)
  expect((await enter(guest, person)).status).toBe(303)
  return guest
}
