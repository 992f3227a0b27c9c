import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTranslator } from '../../src/platform/i18n/translator.js'
import { addPerson, setSecondFactor, type TestPerson } from '../support/accounts.js'
import { hasChromium, launchBrowser, leadingOn, openPage, visitsOf, warnWithoutChromium } from '../support/browser.js'
import { startTestProduct, type TestProduct } from '../support/product.js'
import { complaintsOf, faultsOf } from './page-checks.js'

const VISITS = visitsOf(import.meta.url)

/** One for each visit: a tax code that is in the directory leads to the listing that has it. */
const FIRMS: Readonly<Record<string, readonly [name: string, taxCode: string]>> = {
  'vi 390': ['Công ty Cầu Đúc', '0101243150'],
  'en 1280': ['Công ty Vịnh Chèo', '0300588569'],
  'vi 1280': ['Công ty Xà No', '0300456788'],
  'en 390': ['Công ty Nàng Mau', '0100987654'],
}

warnWithoutChromium()

const translators = createTranslator()

describe.skipIf(!hasChromium)('a curator and the listings', () => {
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

  it.each(VISITS)(
    'in $lang at $width px: enters a firm, publishes it, suspends it with a notice, and restores what it said',
    async ({ lang, width }) => {
      const page = await openPage(browser, width)
      const complaints = complaintsOf(page)
      const t = translators(lang)
      const go = (path: string) => page.goto(product.url + (lang === 'en' ? `/en${path}` : path))
      const press = (name: string) => leadingOn(page, () => page.getByRole('button', { name, exact: true }).click())
      const look = async () => expect([...(await faultsOf(page, lang)), ...complaints]).toEqual([])
      await setSecondFactor(product, curator)
      await go('/sign-in')
      await page.fill('#f-email', curator.email)
      await page.fill('#f-password', curator.password)
      await press(t('accounts.signIn.submit'))
      await page.fill('#f-code', (await product.core.secondFactor.codeNow(curator.personId)) ?? '')
      await leadingOn(page, () => page.locator('main form .btn').first().click())

      const [name, taxCode] = FIRMS[`${lang} ${width}`] ?? ['', '']
      await go('/admin/listings/new')
      await look()
      await page.fill('#f-name', name)
      await page.fill('#f-taxCode', taxCode)
      await page.fill('#f-description', 'Lắp trạm đo mặn cho vườn.')
      await press(t('listings.new.submit'))
      await look()
      const listing = new URL(page.url()).pathname
      const act = async (which: string, fields: Record<string, string> = {}) => {
        await page.locator(`#act-${which} summary`).click()
        for (const [field, text] of Object.entries(fields)) await page.fill(`[id="${which}-f-${field}"]`, text)
        await press(t(`listings.acts.${which}.submit`))
      }
      await act('publish')
      await leadingOn(page, () => page.locator('a[href$="/edit/basics"]').last().click())
      await look()
      await page.fill('#f-founded', '2011')
      await press(t('organisations.form.save'))

      await act('suspend', { why: 'Đang xác minh', 'notice.vi': 'Đang xác minh giấy phép.' })
      await look()
      const address = await page.getByRole('link', { name: t('listings.publicPage') }).getAttribute('href')
      await page.goto(product.url + address)
      expect(await page.locator('main').textContent()).toContain('Đang xác minh giấy phép.')
      await look()

      await page.goto(product.url + listing)
      await page.check('input[name="from"][value="1"]')
      await page.check('input[name="to"][value="3"]')
      await press(t('listings.versions.compare'))
      await look()
      await press(t('listings.versions.restore', { number: 1 }))
      expect(await page.locator('main').textContent()).not.toContain('2011')

      await go(`/admin/listings?q=${encodeURIComponent(name)}&standing=suspended`)
      await look()
      await leadingOn(page, () => page.getByRole('link', { name: t('listings.quick.open') }).click())
      await look()
      await press(t('listings.acts.resume.submit'))
      await page.goto(product.url + address)
      expect(await page.locator('h1').textContent()).toContain(name)
    },
    60_000,
  )
})
