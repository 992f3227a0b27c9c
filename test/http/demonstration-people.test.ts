import { afterAll, beforeAll, expect, test } from 'vitest'
import { newGuest } from '../support/guest.js'
import { startTestProduct, type TestProduct } from '../support/product.js'

let product: TestProduct
beforeAll(async () => {
  product = await startTestProduct({ demo: true, unlimited: true })
})
afterAll(() => product.close())

test('everybody of the demonstration can be signed in as with what the start prints, once each', async () => {
  const { core } = product
  const told = await core.demonstrationPeople.signIns(core.park())
  expect(told.map(({ staff, owns }) => staff ?? owns)).toEqual(['business', 'provider', 'curator', 'administrator'])
  for (const { email, password, staff, secondFactor } of told) {
    const guest = newGuest(product.url)
    const answer = await guest.submit(await guest.get('/sign-in'), { email, password })
    expect(answer.status).toBe(303)
    if (secondFactor) await guest.submit(await guest.get(answer.location), { code: secondFactor.code })
    expect((await guest.get(staff ? '/admin' : '/organisations')).status).toBe(200)
    expect((await guest.get('/admin/people')).status).toBe(staff === 'administrator' ? 200 : 403)
  }
})

test('taken out, none of them can come in, and added again they can', async () => {
  const { core } = product
  const enter = async () => {
    const guest = newGuest(product.url)
    const [first] = await core.demonstrationPeople.signIns(core.park())
    const { email = 'business@demo.example', password = 'bong-dien-dien' } = first ?? {}
    return (await guest.submit(await guest.get('/sign-in'), { email, password })).status
  }
  await core.demonstration.remove(core.park())
  expect(await core.accounts.demonstration(core.park().id)).toEqual([])
  expect(await enter()).toBe(422)
  await core.demonstration.add(core.park())
  expect(await enter()).toBe(303)
})
