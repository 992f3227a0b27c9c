import { afterAll, beforeAll, expect, test } from 'vitest'
import { addPerson, type TestPerson } from '../support/accounts.js'
import { formOf, newGuest } from '../support/guest.js'
import { attackPayloads, naughtyStrings } from '../support/hostile-strings.js'
import { startTestProduct, type TestProduct } from '../support/product.js'
import { encoded } from '../support/product-fields.js'

/** Where signing in leads to afterwards: whatever address is handed over, never away from this site. */

const SITE = 'https://park.example'

const OWN = [
  '//evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  '/%09/evil.example',
  '/%2f/evil.example',
  '/.//evil.example',
  '/..//evil.example',
  '/a/..//evil.example',
  '/;//evil.example',
  'https:evil.example',
  'https:/evil.example',
  'javascript:alert(1)',
  ' //evil.example',
  '\u0000//evil.example',
  '/\u2028/evil.example',
  '//park.example@evil.example',
  '/\r\nLocation: https://evil.example',
  '/%0d%0aLocation:%20https://evil.example',
]
/** Signing in takes a while on purpose: of strings that are not ours every fourth is also sent as a field. */
const SIGN_IN_EVERY = 4
const targets = [
  ...OWN,
  ...(attackPayloads()?.['Open-Redirect-payloads'] ?? []),
  ...(naughtyStrings() ?? []).filter((one) => /[/\\:]/.test(one)),
]

let product: TestProduct
let person: TestPerson

beforeAll(async () => {
  product = await startTestProduct({ unlimited: true, env: { PUBLIC_URL: 'http://park.example' } })
  person = await addPerson(product)
})

afterAll(async () => {
  expect(product.faults()).toEqual([])
  await product.close()
})

/** Where a browser would go; the product's own addresses are paths. */
const leadsAway = (location: string) =>
  new URL(location, `${SITE}/sign-in`).origin !== SITE || !/^\/(?!\/)/.test(location)

test('signing in leads to no other site', async () => {
  const away: string[] = []
  let next = 0
  const work = async () => {
    for (let target = targets[next++]; target !== undefined; target = targets[next++]) {
      const signsIn = next <= OWN.length || next % SIGN_IN_EVERY === 0
      const guest = newGuest(product.url)
      // As a link to the form would bring it, and as a forged field.
      const page = await guest.get(`/sign-in?next=${encoded(target)}`)
      const kept = String(formOf(page.text).fields.next ?? '/')
      if (leadsAway(kept)) away.push(`${JSON.stringify(target)} stays in the form as ${kept}`)
      if (!signsIn) continue
      const { email, password } = person
      const { status, location } = await guest.submit(page, { email, password, next: target })
      if (status !== 303 || leadsAway(location)) away.push(`${status} ${JSON.stringify(target)} -> ${location}`)
    }
  }
  await Promise.all(Array.from({ length: 6 }, work))
  expect(away).toEqual([])
  expect(targets.length).toBeGreaterThanOrEqual(OWN.length)
}, 300_000)

test('somebody who has signed in already is led to no other site either', async () => {
  const guest = newGuest(product.url)
  await guest.submit(await guest.get('/sign-in'), { email: person.email, password: person.password })
  const away: string[] = []
  for (const target of targets) {
    const { status, location } = await guest.get(`/sign-in?next=${encoded(target)}`)
    if (status !== 303 || leadsAway(location)) away.push(`${status} ${JSON.stringify(target)} -> ${location}`)
  }
  expect(away).toEqual([])
}, 300_000)

test('the page before a form of somebody not signed in is taken from this site alone', async () => {
  const guest = newGuest(product.url)
  for (const path of ['/account//evil.example', '//evil.example/account', '/\\evil.example']) {
    const { location } = await guest.get(path)
    expect(location === '' || !leadsAway(location)).toBe(true)
  }
})
