import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTranslator } from '../../src/platform/i18n/translator.js'
import { addPerson, setSecondFactor, type TestPerson } from '../support/accounts.js'
import { hasChromium, launchBrowser, leadingOn, openPage, VISITS, warnWithoutChromium } from '../support/browser.js'
import { newGuest } from '../support/guest.js'
import { addProvider } from '../support/listings.js'
import { startTestProduct, type TestProduct } from '../support/product.js'
import { complaintsOf, faultsOf } from './page-checks.js'

warnWithoutChromium()

const translators = createTranslator()

describe.skipIf(!hasChromium)('a merge and its undo', () => {
  let product: TestProduct
  let browser: Browser
  let curator: TestPerson

  beforeAll(async () => {
    ;[product, browser] = await Promise.all([startTestProduct({ unlimited: true }), launchBrowser()])
    curator = await addPerson(product, { staff: 'curator', name: 'Lê Thị Sáu' })
  })
  afterAll(async () => {
    await browser.close()
    expect(product.faults()).toEqual([])
    await product.close()
  })

  it.each(VISITS)('from the list of duplicates, in $lang at $width pixels', { timeout: 300_000 }, async (visit) => {
    const { lang, width } = visit
    const t = translators(lang)
    const name = lang === 'vi' ? 'Bông Súng' : 'Bằng Lăng'
    const vi = { vi: `Công ty TNHH ${name}`, en: `${name} Ltd` }
    const a = await addProvider(product, { name: vi, tagline: { vi: 'Phần mềm', en: 'Software' } })
    const b = await addProvider(product, { name: { vi: `CTY CP ${name}`, en: `${name} JSC` }, founded: 2011 })
    await product.core.duplicates.catchUp()

    const page = await openPage(browser, width)
    const complaints = complaintsOf(page)
    const go = (path: string) => page.goto(product.url + (lang === 'en' ? `/en${path}` : path))
    const press = (label: string) =>
      leadingOn(page, () => page.getByRole('button', { name: label, exact: true }).click())
    const look = async () => expect([...(await faultsOf(page, lang)), ...complaints]).toEqual([])
    await go('/sign-in')
    await page.fill('#f-email', curator.email)
    await page.fill('#f-password', curator.password)
    await setSecondFactor(product, curator)
    await press(t('accounts.signIn.submit'))
    await page.fill('#f-code', (await product.core.secondFactor.codeNow(curator.personId)) ?? '')
    await leadingOn(page, () => page.locator('main form .btn').first().click())

    await go('/admin/duplicates')
    await look()
    await go(`/admin/merge/${a.id}/${b.id}`)
    await look()
    await press(t('merging.merge.preview'))
    await look()
    await press(t('merging.preview.submit'))
    await look()
    const gone = () => newGuest(product.url).get(`/providers/${b.slug}`)
    expect((await gone()).location).toBe(`/providers/${a.slug}`)
    await press(t('merging.merged.submit'))
    await look()
    expect((await gone()).status).toBe(200)
    await go('/admin/merges')
    await look()
    await page.context().close()
  })
})
