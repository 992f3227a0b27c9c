import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { textVersion } from '../../src/kernel/purposes.js'
import { inTransaction } from '../../src/platform/db/connection.js'
import { createTranslator } from '../../src/platform/i18n/translator.js'
import { addPerson, setSecondFactor, type TestPerson } from '../support/accounts.js'
import { hasChromium, launchBrowser, leadingOn, openPage, visitsOf, warnWithoutChromium } from '../support/browser.js'
import { newGuest } from '../support/guest.js'
import { mailedPage, postNeed } from '../support/posting.js'
import { startTestProduct, type TestProduct } from '../support/product.js'
import { complaintsOf, faultsOf } from './page-checks.js'

const VISITS = visitsOf(import.meta.url)

warnWithoutChromium()

const translators = createTranslator()
const inLang = (lang: 'vi' | 'en', path: string) => (lang === 'vi' ? path : `/en${path}`)

describe.skipIf(!hasChromium)('one’s own data', () => {
  let product: TestProduct
  let browser: Browser

  beforeAll(async () => {
    ;[product, browser] = await Promise.all([startTestProduct({ demo: true, unlimited: true }), launchBrowser()])
  })
  afterAll(async () => {
    await browser.close()
    await product.close()
  })

  it.each(VISITS)('in $lang at $width px: takes a copy, withdraws a consent, asks, erases', async ({ lang, width }) => {
    const t = translators(lang)
    const person = await someone(lang)
    const page = await openPage(browser, width)
    const complaints = complaintsOf(page)
    await signIn(page, person, lang)
    await page.goto(product.url + inLang(lang, '/account'))
    await leadingOn(page, () => page.getByRole('link', { name: t('privacy.own.title') }).click())
    expect(await faultsOf(page, lang)).toEqual([])

    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: t('privacy.own.copy') }).click(),
    ])
    expect(JSON.parse(readFileSync(await file.path(), 'utf8'))).toMatchObject({ person: { email: person.email } })

    await page.getByText(t('privacy.own.withdraw')).click()
    expect(await faultsOf(page, lang)).toEqual([])
    await leadingOn(page, () => page.getByRole('button', { name: t('privacy.own.withdrawNow') }).click())
    expect(await page.getByRole('status').textContent()).toBe(t('privacy.own.withdrawn'))

    await leadingOn(page, () => page.getByRole('button', { name: t('privacy.own.ask.submit') }).click())
    expect(await page.getByRole('alert').count()).toBe(1)
    expect(await faultsOf(page, lang)).toEqual([])
    await page.getByLabel(t('privacy.own.ask.kinds.correction')).check()
    await page.getByLabel(t('privacy.own.ask.words')).fill('Tên tôi viết sai')
    await leadingOn(page, () => page.getByRole('button', { name: t('privacy.own.ask.submit') }).click())
    expect(await page.getByRole('heading', { name: t('privacy.kinds.correction') }).count()).toBe(1)

    await leadingOn(page, () =>
      page
        .getByRole('link', { name: t('privacy.own.toErasure') })
        .last()
        .click(),
    )
    expect(await faultsOf(page, lang)).toEqual([])
    await page.getByLabel(t('privacy.erasure.proof.password')).fill(person.password)
    await leadingOn(page, () => page.getByRole('button', { name: t('privacy.erasure.submit') }).click())
    expect(await page.getByRole('status').textContent()).toBe(t('privacy.erasure.done'))
    expect((await product.core.people.byId(person.personId))?.email).toBeNull()
    expect(complaints).toEqual([])
  })

  it.each(VISITS)('in $lang at $width px: a guest erases his need from its page', async ({ lang, width }) => {
    const t = translators(lang)
    const { location } = await postNeed(newGuest(product.url), {}, { email: `${lang}${width}@khach.example` })
    const page = await openPage(browser, width)
    const complaints = complaintsOf(page)
    await page.goto(product.url + inLang(lang, await mailedPage(product, location)))
    await page.getByText(t('privacy.guest.erase')).click()
    expect(await faultsOf(page, lang)).toEqual([])
    await leadingOn(page, () => page.getByRole('button', { name: t('privacy.guest.eraseNow') }).click())
    expect(await page.getByRole('status').textContent()).toBe(t('privacy.erasure.guestDone'))
    expect(complaints).toEqual([])
  })

  it.each(VISITS)('in $lang at $width px: an administrator answers a request', async ({ lang, width }) => {
    const t = translators(lang)
    const { core } = product
    const asker = await someone(lang)
    const request = { parkId: core.park().id, personId: asker.personId, kind: 'objection', lang } as const
    await inTransaction(core.db, (session) => core.requests.add({ ...request, words: 'Xin đừng gửi thư' }, session))
    const administrator = await addPerson(product, { staff: 'administrator' })
    const page = await openPage(browser, width)
    const complaints = complaintsOf(page)
    await signIn(page, administrator, lang)
    await page.goto(product.url + inLang(lang, '/admin/requests'))
    expect(await faultsOf(page, lang)).toEqual([])
    await leadingOn(page, () =>
      page
        .getByRole('link', { name: t('privacy.kinds.objection') })
        .first()
        .click(),
    )
    expect(await faultsOf(page, lang)).toEqual([])
    await page.getByLabel(t('privacy.register.outcomes.done')).check()
    await page.getByLabel(t('privacy.register.note')).fill('Đã ngừng gửi thư.')
    await leadingOn(page, () => page.getByRole('button', { name: t('privacy.register.submit') }).click())
    expect(await page.getByRole('status').textContent()).toBe(t('privacy.register.answered'))
    expect(complaints).toEqual([])
  })

  it.each(VISITS)('in $lang at $width px: the page about personal data is fit to be read', async ({ lang, width }) => {
    const page = await openPage(browser, width)
    await page.goto(product.url + inLang(lang, '/privacy'))
    expect(await faultsOf(page, lang)).toEqual([])
  })

  async function someone(lang: 'vi' | 'en'): Promise<TestPerson> {
    const { core } = product
    const person = await addPerson(product, { lang, name: 'Lê Thị Sáu' })
    for (const purpose of ['account', 'introduction'] as const) {
      const consent = { parkId: core.park().id, personId: person.personId, purpose, lang, way: 'sign-up' } as const
      await inTransaction(core.db, (session) =>
        core.people.addConsent({ ...consent, textVersion: textVersion(purpose) }, session),
      )
    }
    return person
  }

  /** Signs in by the form; the park's staff give their second factor as the test support does. */
  async function signIn(page: Page, person: TestPerson, lang: 'vi' | 'en') {
    await page.goto(product.url + inLang(lang, '/sign-in'))
    await page.fill('#f-email', person.email)
    await page.fill('#f-password', person.password)
    if (person.staff) await setSecondFactor(product, person)
    await leadingOn(page, () =>
      page.getByRole('button', { name: translators(lang)('accounts.signIn.submit'), exact: true }).click(),
    )
    if (!person.staff) return
    await page.fill('#f-code', (await product.core.secondFactor.codeNow(person.personId)) ?? '')
    await leadingOn(page, () => page.locator('main form .btn').first().click())
  }
})
