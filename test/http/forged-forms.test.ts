import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ROUTES, type RouteName, type RouteSpec } from '../../src/kernel/routes.js'
import { stateOf } from '../support/database-state.js'
import { formOf, type Guest, newGuest } from '../support/guest.js'
import { startTestProduct, type TestProduct } from '../support/product.js'
import { EXPECTED } from '../support/rights-table.js'
import { addRoles, type Role, type Roles } from '../support/roles.js'

/** Every route that changes something, asked by a form that did not come from a page of ours: refused, nothing changed. */

const UNSAFE = (Object.entries(ROUTES) as [RouteName, RouteSpec][])
  .filter(([, { kind, method }]) => kind === 'page' && method !== 'GET')
  .map(([name]) => name)

const SENDERS: readonly Role[] = ['visitor', 'person without organisation', 'firm owner', 'curator', 'administrator']

/** Who sends every kind of forgery; what token is taken does not hang on the role, so the others send two. */
const SEND_ALL: readonly Role[] = ['visitor', 'administrator']

let product: TestProduct
let roles: Roles

beforeAll(async () => {
  product = await startTestProduct({ demo: true, unlimited: true })
  roles = await addRoles(product)
})

afterAll(async () => {
  expect(product.faults()).toEqual([])
  await product.close()
})

/** A browser that has a token of its own, and the token of another. */
async function withTokens(role: Role): Promise<{ guest: Guest; foreign: string; cut: string }> {
  const guest = await roles.browser(role)
  const tokenOf = async (of: Guest) => String(formOf((await of.get('/needs/new')).text).fields._csrf)
  const own = await tokenOf(guest)
  return { guest, foreign: await tokenOf(newGuest(product.url)), cut: own.slice(0, -1) }
}

describe.each(SENDERS)('what is sent as the %s', (role) => {
  test('without a token, or with one that is made up, cut off or of another session, is refused and changes nothing', async () => {
    const { guest, foreign, cut } = await withTokens(role)
    const before = await stateOf(product.core.db)
    const answers: [string, string, number][] = []
    for (const name of UNSAFE) {
      const path = EXPECTED[name].path(roles)
      const fields = EXPECTED[name].body ?? {}
      const send = async (how: string, _csrf: string | null) => {
        const body = { ...fields, ...(_csrf !== null && { _csrf }) }
        if (_csrf === null) delete (body as Record<string, string>)._csrf
        const { status } = await guest.post(path, body, { token: false })
        answers.push([name, how, status])
      }
      await send('without', null)
      await send("another's", foreign)
      if (!SEND_ALL.includes(role)) continue
      await send('empty', '')
      await send('made up', 'a'.repeat(64))
      await send('cut off', cut)
    }
    expect(answers.filter(([, , status]) => status !== 403)).toEqual([])
    expect(answers.length).toBe(UNSAFE.length * (SEND_ALL.includes(role) ? 5 : 2))
    expect(await stateOf(product.core.db)).toEqual(before)
  }, 300_000)
})

test('a token of before signing in is worth nothing after it', async () => {
  const guest = newGuest(product.url)
  const before = String(formOf((await guest.get('/needs/new')).text).fields._csrf)
  const person = roles.people.get('person without organisation')
  const entered = await guest.submit(await guest.get('/sign-in'), {
    email: person?.email ?? '',
    password: person?.password ?? '',
  })
  expect(entered.status).toBe(303)
  expect((await guest.post('/sign-out', { _csrf: before }, { token: false })).status).toBe(403)
})
