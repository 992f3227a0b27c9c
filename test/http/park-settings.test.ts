import { afterAll, beforeAll, expect, test } from 'vitest'
import { addPerson, signedIn } from '../support/accounts.js'
import type { Guest } from '../support/guest.js'
import { newGuest } from '../support/guest.js'
import { mainOf, textOf } from '../support/html.js'
import { startTestProduct, type TestProduct } from '../support/product.js'

let product: TestProduct
let staff: Guest
let visitor: Guest

beforeAll(async () => {
  product = await startTestProduct({ unlimited: true })
  staff = await signedIn(product, await addPerson(product, { staff: 'administrator', name: 'Võ Minh Khôi' }))
  visitor = newGuest(product.url)
})
afterAll(async () => {
  expect(product.faults()).toEqual([])
  await product.close()
})

const save = async (section: string, fields: Record<string, string>) =>
  staff.submit(await staff.get(`/admin/park/${section}`), fields)

test('a new name is on every page at once, in both languages, and in the data for search engines', async () => {
  const { location } = await save('name', { 'name.vi': 'Khu Công nghệ số Xà No', 'name.en': 'Xà No Park' })
  expect(textOf((await staff.get(location)).text)).toContain('Đã lưu')
  expect(textOf((await visitor.get('/')).text)).toContain('Khu Công nghệ số Xà No')
  expect(textOf((await visitor.get('/en/providers')).text)).toContain('Xà No Park')
  expect((await visitor.get('/en/contact')).text).toContain('"name":"Xà No Park"')
})

test.each([
  'name',
  'logo',
  'place',
  'contacts',
  'facts',
  'page-home',
  'page-about',
  'page-contact',
  'page-terms',
  'page-privacy',
])('the form of %s can be saved as it is', async (section) => {
  const page = await staff.get(`/admin/park/${section}`)
  expect(page.status).toBe(200)
  if (section !== 'logo') expect((await staff.submit(page)).status).toBe(303)
  expect(mainOf(page.text)).toContain('name="seen"')
})
