import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pathTo, type RouteName, type RouteParams } from '../../src/kernel/routes.js'
import type { Lang } from '../../src/kernel/text.js'
import { type ProviderProfile, shownName } from '../../src/modules/providers/index.js'
import { createTranslator } from '../../src/platform/i18n/translator.js'
import type { StoredRecord } from '../../src/platform/records/record.types.js'
import { addPerson, type TestPerson } from '../support/accounts.js'
import { hasChromium, launchBrowser, leadingOn, openPage, visitsOf, warnWithoutChromium } from '../support/browser.js'
import { newGuest } from '../support/guest.js'
import { mailedPage, postNeed } from '../support/posting.js'
import { startTestProduct, type TestProduct } from '../support/product.js'
import { addRoles, type Roles } from '../support/roles.js'
import { complaintsOf, faultsOf } from './page-checks.js'

const VISITS = visitsOf(import.meta.url)

warnWithoutChromium()

const translators = createTranslator()

describe.skipIf(!hasChromium)('a need and its firms', () => {
  let product: TestProduct
  let browser: Browser
  let roles: Roles
  let firms: StoredRecord<ProviderProfile>[]

  beforeAll(async () => {
    ;[product, browser] = await Promise.all([startTestProduct({ demo: true, unlimited: true }), launchBrowser()])
    roles = await addRoles(product)
    firms = []
    for await (const firm of product.core.records.each<ProviderProfile>('provider'))
      if (firm.id !== roles.firm.id && firm.id !== roles.otherFirm.id) firms.push(firm)
  })
  afterAll(async () => {
    await browser.close()
    await product.close()
  })

  const address = (name: RouteName, lang: Lang, params: RouteParams) => product.url + pathTo(name, lang, params)

  const speakerFor = ({ id }: StoredRecord<unknown>) =>
    addPerson(product, { name: 'Võ Minh Tâm', memberships: [{ type: 'provider', organisation: id, role: 'owner' }] })

  /** A browser in which somebody has signed in, on the page asked for. */
  async function signedIn(person: TestPerson, width: number, lang: Lang, to: string): Promise<Page> {
    const page = await openPage(browser, width)
    await page.goto(`${address('accounts.sign-in', lang, {})}?next=${encodeURIComponent(to.replace(product.url, ''))}`)
    await page.fill('#f-email', person.email)
    await page.fill('#f-password', person.password)
    await leadingOn(page, () => page.click('main form button.btn:not([type=button])'))
    return page
  }

  const press = (page: Page, name: string) =>
    leadingOn(page, () => page.getByRole('button', { name, exact: true }).click())
  const follow = (page: Page, name: string) =>
    leadingOn(page, () => page.getByRole('link', { name, exact: true }).first().click())
  const words = (page: Page) => page.locator('main').textContent()

  it.each(VISITS)(
    'in $lang at $width px: a guest asks, the firm says yes, both see how to reach each other',
    async ({ lang, width }) => {
      const t = translators(lang)
      const { location } = await postNeed(
        newGuest(product.url),
        {},
        { email: `chi.bay.${lang}${width}@tiem.example`, name: 'Chị Bảy' },
      )
      const key = (await mailedPage(product, location)).replace('/my-need/', '')
      const guest = await openPage(browser, width)
      const complaints = complaintsOf(guest)
      await guest.goto(address('needs.follow', lang, { key }))
      expect(await faultsOf(guest, lang)).toEqual([])
      await follow(guest, t('introductions.ask.link'))
      const slug = guest.url().split('/').at(-1) ?? ''
      const firm = await product.core.records.bySlug<ProviderProfile>(product.core.park().id, 'provider', slug)
      if (!firm?.published) throw new Error(`no firm at ${slug}`)
      const speaker = await speakerFor(firm)
      expect(await faultsOf(guest, lang)).toEqual([])

      await guest.fill('#f-message', 'Tuần sau khóm thu hoạch, mong được xem thử sớm.')
      await guest.fill('#f-phone', '0912 345 678')
      await press(guest, t('introductions.ask.submit'))
      expect(await guest.getByRole('alert').textContent()).toContain(t('fields.errors.consent'))
      expect(await faultsOf(guest, lang)).toEqual([])
      await guest.getByRole('checkbox').check()
      await press(guest, t('introductions.ask.submit'))
      expect(await guest.getByRole('status').textContent()).toBe(t('introductions.done.asked'))
      expect(await faultsOf(guest, lang)).toEqual([])

      const member = await signedIn(
        speaker,
        width,
        lang,
        address('organisations.introductions', lang, { organisation: firm.id }),
      )
      expect(await faultsOf(member, lang)).toEqual([])
      await follow(member, t('introductions.card.answer'))
      expect(await words(member)).not.toMatch(/chi\.bay|912 ?345|Chị Bảy/)
      expect(await words(member)).toContain('Tuần sau khóm thu hoạch')
      expect(await faultsOf(member, lang)).toEqual([])
      await member.getByRole('checkbox').check()
      await press(member, t('introductions.accept.submit'))
      for (const contact of ['Chị Bảy', '0912 345 678', `chi.bay.${lang}${width}@tiem.example`])
        expect(await words(member)).toContain(contact)
      expect(await faultsOf(member, lang)).toEqual([])

      await guest.reload()
      for (const contact of ['Võ Minh Tâm', speaker.email]) expect(await words(guest)).toContain(contact)
      expect(await words(guest)).toContain(shownName(firm.published, lang).text)
      expect(await faultsOf(guest, lang)).toEqual([])
      expect(complaints).toEqual([])
      await Promise.all([guest, member].map((page) => page.context().close()))
    },
  )

  it.each(VISITS)(
    'in $lang at $width px: a firm offers itself, the owner declines and says why',
    async ({ lang, width }) => {
      const t = translators(lang)
      const { need, business, people } = roles
      const owner = people.get('business owner')
      const firm = firms[5 + VISITS.findIndex((visit) => visit.lang === lang && visit.width === width)]
      if (!owner || !firm?.published) throw new Error('the demonstration data lacks a firm')
      const speaker = await speakerFor(firm)

      const member = await signedIn(speaker, width, lang, address('needs.show', lang, { slug: need.slug }))
      await follow(member, t('needs.show.offerLink'))
      expect(await faultsOf(member, lang)).toEqual([])
      await member.fill('#f-message', 'Bên tôi đã làm cho hai hợp tác xã gần đây.')
      await member.getByRole('checkbox').check()
      await press(member, t('introductions.offer.submit'))
      expect(await member.getByRole('status').textContent()).toBe(t('introductions.done.offered'))
      expect(await faultsOf(member, lang)).toEqual([])

      const page = await signedIn(
        owner,
        width,
        lang,
        address('organisations.needs', lang, { organisation: business.id }),
      )
      expect(await faultsOf(page, lang)).toEqual([])
      await leadingOn(page, () => page.locator(`main a[href*="${need.id}"]`).click())
      expect(await faultsOf(page, lang)).toEqual([])
      expect(await words(page)).not.toContain(speaker.email)
      await follow(page, t('introductions.card.answer'))
      await page.getByText(t('introductions.decline.open')).click()
      await press(page, t('introductions.decline.submit'))
      expect(await page.getByRole('alert').textContent()).toContain(t('introductions.decline.reason'))
      expect(await faultsOf(page, lang)).toEqual([])
      await page.getByLabel(t('introductions.reasons.later')).check()
      await page.fill('#f-words', 'Để qua Tết bên tôi tính tiếp.')
      await press(page, t('introductions.decline.submit'))
      expect(await page.getByRole('status').textContent()).toBe(t('introductions.done.decline'))

      await member.reload()
      expect(await words(member)).toContain(t('introductions.reasons.later'))
      expect(await words(member)).toContain('Để qua Tết bên tôi tính tiếp.')
      expect(await faultsOf(member, lang)).toEqual([])
      await Promise.all([page, member].map((one) => one.context().close()))
    },
  )
})
