import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { NeedContent } from '../../src/modules/needs/index.js'
import { addPerson, type PersonOptions, signedIn } from '../support/accounts.js'
import { newGuest } from '../support/guest.js'
import { mailsTo } from '../support/mails.js'
import { toContact } from '../support/posting.js'
import { startTestProduct, type TestProduct } from '../support/product.js'

let product: TestProduct
let business = ''
beforeAll(async () => {
  product = await startTestProduct({ demo: true, unlimited: true })
  for await (const { id } of product.core.records.each('business')) business ||= id
})
afterAll(() => product.close())

const TITLE = 'Dán tem truy xuất cho khóm'
const FORM = { title: TITLE, consent: 'on' }
const needsOf = (personId: string) =>
  product.core.records.ownedBy<NeedContent>('need', product.core.park().id, personId)

async function onLastStep(options: PersonOptions = {}) {
  const person = await addPerson(product, options)
  const browser = await signedIn(product, person)
  return { person, browser, page: await toContact(browser) }
}
const as = (role: 'owner' | 'editor' | 'viewer') => ({
  memberships: [{ type: 'business' as const, organisation: business, role }],
})

describe('posting a need while signed in', () => {
  it('asks for no address, and leads to a page that only he can open', async () => {
    const { person, browser, page } = await onLastStep({ name: 'Út Mười' })
    expect(page.text).not.toContain('name="email"')
    expect(page.text).not.toContain('name="business"')
    expect(page.text).toContain(person.email)
    const sent = await browser.submit(page, FORM)
    const [need] = await needsOf(person.personId)
    expect([sent.status, sent.location]).toEqual([303, `/account/needs/${need?.id}`])
    expect((await browser.get(sent.location)).status).toBe(200)
    expect((await newGuest(product.url).get(sent.location)).status).toBe(303)
    expect((await (await signedIn(product, await addPerson(product))).get(sent.location)).status).toBe(404)
    expect(need).toMatchObject({
      status: 'submitted',
      source: 'member',
      working: { title: { vi: TITLE }, anonymous: true },
    })

    const [mail] = await mailsTo(product, person.email)
    expect(mail?.text).toContain(sent.location)
    expect(mail?.text).not.toContain('/my-need/')
    const waiting = await product.core.cases.latest(need?.id ?? '', ['need'])
    expect(waiting).toMatchObject({ state: 'open', personId: person.personId })
  })

  it('is one need when it is sent twice, and a draft that was sent leads to it', async () => {
    const { person, browser, page } = await onLastStep()
    const sent = await Promise.all([browser.submit(page, FORM), browser.submit(page, FORM)])
    expect(await needsOf(person.personId)).toHaveLength(1)
    expect(new Set(sent.map(({ location }) => location)).size).toBe(1)
  })

  it.each(['owner', 'editor'] as const)('may be for a business that he looks after as %s', async (role) => {
    const { person, browser, page } = await onLastStep(as(role))
    await browser.submit(page, { ...FORM, business })
    const [need] = await needsOf(person.personId)
    expect(need?.working?.business).toBe(business)
  })

  it('may be for himself all the same', async () => {
    const { person, browser, page } = await onLastStep(as('owner'))
    await browser.submit(page, FORM)
    expect((await needsOf(person.personId))[0]?.working?.business).toBeUndefined()
  })

  it('is for no business that he only reads, or that is not his', async () => {
    for (const options of [as('viewer'), {}]) {
      const { person, browser, page } = await onLastStep(options)
      expect((await browser.submit(page, { ...FORM, business })).status).toBe(422)
      expect(await needsOf(person.personId)).toEqual([])
    }
  })

  it('wants his consent, and a name for the need', async () => {
    const { person, browser, page } = await onLastStep()
    expect((await browser.submit(page, { title: '' })).status).toBe(422)
    expect(await needsOf(person.personId)).toEqual([])
  })

  it('takes a draft that was begun before signing in', async () => {
    const person = await addPerson(product)
    const guest = newGuest(product.url)
    await toContact(guest)
    const begun = /action="([^"]+)"/.exec((await toContact(guest)).text)?.[1] ?? ''
    await guest.submit(await guest.get('/sign-in'), { email: person.email, password: person.password })
    const page = await guest.get(begun)
    expect(page.text).not.toContain('name="email"')
    expect((await guest.submit(page, FORM)).location).toMatch(/^\/account\/needs\//)
    expect(await needsOf(person.personId)).toHaveLength(1)
  })
})
