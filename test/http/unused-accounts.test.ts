import { afterAll, beforeAll, expect, it } from 'vitest'
import { mailingOf } from '../../src/composition.js'
import { introductionService } from '../../src/modules/introductions/index.js'
import { endUnusedAccounts } from '../../src/modules/privacy/index.js'
import { erasureOf } from '../../src/personal-data.js'
import { addPerson, signedIn } from '../support/accounts.js'
import { startTestProduct, type TestProduct } from '../support/product.js'

let product: TestProduct
let now = new Date('2026-11-24T03:00:00Z')

beforeAll(async () => {
  product = await startTestProduct({ unlimited: true, clock: () => now })
})
afterAll(() => product.close())

function run() {
  const { core } = product
  const mailing = mailingOf(core, () => {})
  const personalErasure = erasureOf(core, mailing, introductionService({ ...core, ...mailing }))
  return endUnusedAccounts({ ...core, ...mailing, personalErasure }, core.park())
}

const emailOf = async (personId: string) => (await product.core.people.byId(personId))?.email ?? null

it('an account nobody signs in to is warned by mail and erased thirty days later; the staff’s are not', async () => {
  const idle = await addPerson(product)
  const back = await addPerson(product)
  const staff = await addPerson(product, { staff: 'curator' })

  now = new Date('2028-10-24T03:00:00Z')
  expect(await run()).toEqual({ told: 0, erased: 0 })

  now = new Date('2028-10-26T03:00:00Z')
  expect(await run()).toEqual({ told: 2, erased: 0 })
  expect(await run()).toEqual({ told: 0, erased: 0 })
  const [mail] = await product.core.outbox.of(idle.personId)
  expect(mail?.text).toContain('25/11/2028')

  // One signs in after the warning: it counts no more.
  await signedIn(product, back)
  now = new Date('2028-11-27T03:00:00Z')
  expect(await run()).toEqual({ told: 0, erased: 1 })
  expect(await emailOf(idle.personId)).toBeNull()
  expect(await emailOf(back.personId)).toBe(back.email)
  expect(await emailOf(staff.personId)).toBe(staff.email)
})
