import { afterAll, beforeAll, expect, test } from 'vitest'
import { localPath, ROUTES, type RouteSpec } from '../../src/kernel/routes.js'
import { LANGUAGES } from '../../src/kernel/text.js'
import { startTestProduct, type TestProduct } from '../support/product.js'

let product: TestProduct
beforeAll(async () => {
  product = await startTestProduct({ demo: true, unlimited: true })
})
afterAll(() => product.close())

test('a visitor who only reads gets no cookie and leaves no session behind, the form included that he does not send', async () => {
  const readable = Object.values<RouteSpec>(ROUTES).filter(
    ({ kind, method, path }) => kind === 'page' && method === 'GET' && !path.includes(':'),
  )
  expect(readable.length).toBeGreaterThan(8)
  for (const { path } of readable) {
    for (const lang of LANGUAGES) {
      const answer = await fetch(product.url + localPath(path, lang))
      expect(answer.status, path).toBe(200)
      // The form's own token is the one thing that a form needs.
      if (path !== '/needs/new') expect(answer.headers.get('set-cookie'), path).toBeNull()
    }
  }
  expect(await product.core.db.collection('sessions').countDocuments()).toBe(0)
})
