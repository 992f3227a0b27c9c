import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Action } from '../../src/kernel/permissions.js'
import { localPath, ROUTES, type RouteName, type RouteSpec } from '../../src/kernel/routes.js'
import { LANGUAGES } from '../../src/kernel/text.js'
import { startTestProduct, type TestProduct } from '../support/product.js'
import { EXPECTED } from '../support/rights-table.js'

let product: TestProduct
beforeAll(async () => {
  product = await startTestProduct({ demo: true, unlimited: true })
})
afterAll(() => product.close())

/** What the pages that hold a form are for. */
const FORMS = new Set<Action>(['need:post', 'account:enter'])

test('a visitor who only reads gets no cookie and leaves no session behind, the form included that he does not send', async () => {
  const readable = Object.entries<RouteSpec>(ROUTES)
    .filter(([name, { kind, method, path }]) => {
      const { status } = EXPECTED[name as RouteName]
      const shown = (typeof status === 'number' ? status : status.visitor) === 200
      return shown && kind === 'page' && method === 'GET' && !path.includes(':')
    })
    .map(([, spec]) => spec)
  expect(readable.length).toBeGreaterThan(8)
  for (const { path, action } of readable) {
    for (const lang of LANGUAGES) {
      const answer = await fetch(product.url + localPath(path, lang))
      expect(answer.status, path).toBe(200)
      // The form's own token is the one thing that a form needs.
      if (FORMS.has(action))
        expect(answer.headers.get('set-cookie'), path).toMatch(/^csrf=[^;]+; Path=\/; HttpOnly; SameSite=Lax$/)
      else expect(answer.headers.get('set-cookie'), path).toBeNull()
    }
  }
  expect(await product.core.db.collection('sessions').countDocuments()).toBe(0)
})

test('nobody is told of meanings that are compared elsewhere where they are not', async () => {
  const page = async (path: string) => (await fetch(product.url + path)).text()
  expect(product.core.meaning).toBeUndefined()
  expect(await page('/privacy')).not.toContain('so sánh về nghĩa')
  expect(await page('/ranking')).not.toContain('So cả nghĩa')
})

test('a page goes packed to who takes it packed, and to nobody else, and is the same page', async () => {
  const asking = (encoding: string) => fetch(product.url, { headers: { 'Accept-Encoding': encoding } })
  const [packed, plain] = await Promise.all([asking('gzip'), asking('identity')])
  expect([packed, plain].map(({ headers }) => headers.get('content-encoding'))).toEqual(['gzip', null])
  const withoutToken = (page: string) => page.replace(/name="_csrf" value="[^"]*"/g, '')
  expect(withoutToken(await packed.text())).toBe(withoutToken(await plain.text()))
})
