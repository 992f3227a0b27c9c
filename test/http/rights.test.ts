import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ROUTES, type RouteName, type RouteSpec } from '../../src/kernel/routes.js'
import { newApi } from '../support/api.js'
import type { Guest } from '../support/guest.js'
import { startTestProduct, type TestProduct } from '../support/product.js'
import { EXPECTED } from '../support/rights-table.js'
import { addRoles, ROLES } from '../support/roles.js'

/** Every route by every role. What is expected is written down in `rights-table.ts`; a route that is not there fails. */

let product: TestProduct
let roles: Awaited<ReturnType<typeof addRoles>>

beforeAll(async () => {
  product = await startTestProduct({ demo: true, unlimited: true })
  roles = await addRoles(product)
})

afterAll(async () => {
  expect(product.faults()).toEqual([])
  await product.close()
})

test('every route of the catalogue stands in the table, and no other', () => {
  expect(Object.keys(EXPECTED).sort()).toEqual(Object.keys(ROUTES).sort())
})

describe.each([...ROLES])('%s', (role) => {
  beforeAll(async () => {
    // Links that lead nowhere are counted by address, and here everybody comes from one.
    await product.core.db.collection('attempts').deleteMany({})
    // Any page with a form gives this browser a token.
    await (await roles.browser(role)).get('/needs/new')
  })

  test.each(Object.keys(ROUTES) as RouteName[])('%s', async (name) => {
    const expected = EXPECTED[name]
    const wanted = typeof expected.status === 'number' ? expected.status : expected.status[role]
    const path = expected.path(roles)
    const guest = await roles.browser(role)
    expect(await statusOf(guest, ROUTES[name], path, expected.body ?? {})).toBe(wanted)
  })
})

async function statusOf(guest: Guest, spec: RouteSpec, path: string, body: Record<string, string>): Promise<number> {
  if (spec.kind === 'api' && spec.method === 'POST') return (await newApi(product.url).post(path.slice(7), body)).status
  if (spec.method === 'GET') return (await guest.get(path)).status
  return (await guest.post(path, body)).status
}
