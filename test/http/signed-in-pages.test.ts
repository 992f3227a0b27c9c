import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ROUTES, type RouteName, type RouteSpec } from '../../src/kernel/routes.js'
import { addPerson } from '../support/accounts.js'
import { newGuest } from '../support/guest.js'
import { activeMarkupIn } from '../support/markup.js'
import { startTestProduct, type TestProduct } from '../support/product.js'
import { EXPECTED } from '../support/rights-table.js'
import { addRoles, type Role, type Roles } from '../support/roles.js'

/** The headers of what somebody signed in is shown; what visitors see is looked at in `security.test.ts`. */

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

const PAGES = (Object.entries(ROUTES) as [RouteName, RouteSpec][])
  .filter(([, { kind, method }]) => kind === 'page' && method === 'GET')
  .map(([name]) => name)

const VIEWERS: readonly Role[] = ['firm owner', 'administrator']

describe.each(VIEWERS)('what the %s is shown', (role) => {
  test.each(PAGES)(
    'at %s runs nothing inline, is kept by no cache of others, and comes with every header',
    async (name) => {
      const { status, text, headers } = await (await roles.browser(role)).get(EXPECTED[name].path(roles))
      expect(status).toBeLessThan(500)
      expect(activeMarkupIn(text)).toEqual([])
      expect(headers['cache-control']).toMatch(/^(private, )?no-store$/)
      expect(headers['content-security-policy']).toContain("default-src 'none'")
      expect(headers['content-security-policy']).not.toMatch(/unsafe-|\*|data:|https?:/)
      expect(headers['x-content-type-options']).toBe('nosniff')
      expect(headers['x-frame-options']).toBe('DENY')
      expect(headers['referrer-policy']).toMatch(/^(same-origin|no-referrer)$/)
      expect(headers['cross-origin-opener-policy']).toBe('same-origin')
      expect(headers['cross-origin-resource-policy']).toBe('same-origin')
      expect(headers['permissions-policy']).toContain('camera=()')
    },
  )
})

describe('the session cookie', () => {
  const through = (https: boolean): Record<string, string> => (https ? { 'X-Forwarded-Proto': 'https' } : {})

  test('is bound to host and https behind a proxy that ends TLS, and is not sent without it', async () => {
    const secure = await startTestProduct({
      unlimited: true,
      env: { PUBLIC_URL: 'https://park.example', TRUST_PROXY: 'on' },
    })
    try {
      const { email, password } = await addPerson(secure)
      const enter = async (https: boolean) => {
        const page = await fetch(`${secure.url}/sign-in`, { headers: through(https) })
        const cookie = page.headers.getSetCookie().map((one) => one.split(';')[0])
        const token = /name="_csrf" value="([^"]+)"/.exec(await page.text())?.[1] ?? ''
        return fetch(`${secure.url}/sign-in`, {
          method: 'POST',
          redirect: 'manual',
          headers: { Cookie: cookie.join('; '), ...through(https) },
          body: new URLSearchParams({ _csrf: token, email, password }),
        })
      }
      const entered = await enter(true)
      expect(entered.status).toBe(303)
      expect(entered.headers.getSetCookie()).toContainEqual(
        expect.stringMatching(/^__Host-sid=[^;]+; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Lax$/),
      )
      expect(entered.headers.getSetCookie().join()).not.toContain('Domain=')
      expect(entered.headers.get('Content-Security-Policy')).toContain('upgrade-insecure-requests')
      const bare = await enter(false)
      expect(bare.headers.getSetCookie().join()).not.toContain('sid=')
    } finally {
      await secure.close()
    }
  })

  test('has another value after signing in, and the old one opens nothing', async () => {
    const { email, password } = await addPerson(product)
    const guest = newGuest(product.url)
    const draft = await guest.submit(await guest.get('/needs/new'), { problem: 'Vựa mít cần phần mềm kế toán cho gọn' })
    const before = sidOf(draft.cookies)
    const entered = await guest.submit(await guest.get('/sign-in'), { email, password })
    const after = sidOf(entered.cookies)
    expect(before && after && before !== after).toBe(true)
    const withOld = await fetch(`${product.url}/account`, { redirect: 'manual', headers: { Cookie: before } })
    expect(withOld.status).toBe(303)
  })

  test('opens nothing any more once its owner has signed out', async () => {
    const { email, password } = await addPerson(product)
    const guest = newGuest(product.url)
    const { cookies } = await guest.submit(await guest.get('/sign-in'), { email, password })
    const statusWith = async () =>
      (await fetch(`${product.url}/account`, { redirect: 'manual', headers: { Cookie: sidOf(cookies) } })).status
    expect(await statusWith()).toBe(200)
    await guest.get('/account')
    expect((await guest.post('/sign-out', {})).status).toBe(303)
    expect(await statusWith()).toBe(303)
  })
})

describe('the API', () => {
  test('gives an owner of a firm, cookie and all, what it gives to anybody', async () => {
    const { email, password } = await addPerson(product, {
      memberships: [{ type: 'provider', organisation: roles.firm.id, role: 'owner' }],
    })
    const guest = newGuest(product.url)
    const { cookies } = await guest.submit(await guest.get('/sign-in'), { email, password })
    const answer = async (path: string, headers: Record<string, string>) => {
      const response = await fetch(product.url + path, { headers })
      return [response.status, response.headers.getSetCookie(), await response.text()]
    }
    for (const [name, spec] of Object.entries(ROUTES) as [RouteName, RouteSpec][]) {
      if (spec.kind !== 'api' || spec.method !== 'GET') continue
      const path = EXPECTED[name].path(roles)
      expect([name, await answer(path, { Cookie: sidOf(cookies) })]).toEqual([name, await answer(path, {})])
    }
  })
})

const sidOf = (cookies: readonly string[]) => cookies.find((one) => one.startsWith('sid='))?.split(';')[0] ?? ''
