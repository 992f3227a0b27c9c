import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { codeAt } from '../../src/modules/accounts/second-factor/totp.rules.js'
import { createTranslator } from '../../src/platform/i18n/translator.js'
import { addPerson, type TestPerson } from '../support/accounts.js'
import { hasChromium, launchBrowser, leadingOn, openPage, visitsOf, warnWithoutChromium } from '../support/browser.js'
import { startTestProduct, type TestProduct } from '../support/product.js'
import { complaintsOf, faultsOf } from './page-checks.js'

const VISITS = visitsOf(import.meta.url)

warnWithoutChromium()

const translators = createTranslator()

describe.skipIf(!hasChromium)('the second factor in a browser', () => {
  let product: TestProduct
  let browser: Browser
  let now = new Date('2026-03-02T01:00:00Z')

  beforeAll(async () => {
    const started = startTestProduct({ unlimited: true, clock: () => now })
    ;[product, browser] = await Promise.all([started, launchBrowser()])
  })
  afterAll(async () => {
    await browser.close()
    await product.close()
  })

  async function enter(page: Page, prefix: string, { email, password }: TestPerson) {
    await page.goto(`${product.url}${prefix}/sign-in`)
    await page.fill('[name=email]', email)
    await page.fill('[name=password]', password)
    await leadingOn(page, () => page.press('[name=password]', 'Enter'))
  }

  const wordsOf = async (page: Page, selector: string) => ((await page.locator(selector).textContent()) ?? '').trim()

  const giveCode = async (page: Page, code: string) => {
    await page.fill('[name=code]', code)
    await leadingOn(page, () => page.press('[name=code]', 'Enter'))
  }

  it.each(VISITS)(
    'in $lang at $width px: set up, codes kept, and given at the next sign-in',
    async ({ lang, width }) => {
      const t = translators(lang)
      const prefix = lang === 'en' ? '/en' : ''
      const person = await addPerson(product, { staff: 'curator', lang, name: 'Phạm Ngọc Diễm' })
      const page = await openPage(browser, width, width < 600 ? { colorScheme: 'dark' } : {})
      const complaints = complaintsOf(page)
      const faults: string[] = []
      const look = async () => faults.push(...(await faultsOf(page, lang)))

      await enter(page, prefix, person)
      expect(page.url()).toContain('/account/second-factor')
      await look()
      const picture = await page.locator('svg.qr').boundingBox()
      expect(picture?.width).toBeGreaterThanOrEqual(200)
      const secret = (await wordsOf(page, '.reference')).replace(/\s/g, '')
      await giveCode(page, '000000')
      await look()
      await giveCode(page, codeAt(secret, now))
      const codes = await page.locator('.codes li').allInnerTexts()
      expect(codes).toHaveLength(10)
      await look()
      expect(await page.getByRole('button', { name: t('security.recovery.print') }).isVisible()).toBe(true)
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: t('security.recovery.download') }).click(),
      ])
      expect(file.suggestedFilename()).toBe('cau-noi-so.txt')
      await leadingOn(page, () => page.getByRole('button', { name: t('security.recovery.kept') }).click())
      await look()

      now = new Date(now.getTime() + 60_000)
      const other = await openPage(browser, width)
      await enter(other, prefix, person)
      expect(other.url()).toContain('/sign-in/code')
      faults.push(...(await faultsOf(other, lang)))
      await giveCode(other, codes[0] ?? '')
      expect(await wordsOf(other, '.notice')).toContain('9')
      for (const path of ['/admin', '/account/second-factor']) {
        await other.goto(`${product.url}${prefix}${path}`)
        faults.push(...(await faultsOf(other, lang)))
      }
      expect(faults).toEqual([])
      expect(complaints).toEqual([])
      await other.context().close()
      await page.context().close()
    },
  )

  it.each(VISITS)(
    'in $lang at $width px: an administrator finds somebody and suspends him',
    async ({ lang, width }) => {
      const t = translators(lang)
      const prefix = lang === 'en' ? '/en' : ''
      const person = await addPerson(product, { staff: 'administrator', lang })
      const { personId } = await addPerson(product, { name: 'Trần Thị Điền', lang })
      const page = await openPage(browser, width)
      const faults: string[] = []
      const look = async () => faults.push(...(await faultsOf(page, lang)))
      await enter(page, prefix, person)
      const secret = (await wordsOf(page, '.reference')).replace(/\s/g, '')
      await giveCode(page, codeAt(secret, now))
      await page.goto(`${product.url}${prefix}/admin/people?q=dien`)
      await look()
      await page.goto(`${product.url}${prefix}/admin/people/${personId}`)
      await look()
      const suspend = t('staff.acts.suspension.link')
      await leadingOn(page, () => page.getByRole('link', { name: suspend }).click())
      await look()
      await leadingOn(page, () => page.getByRole('button', { name: suspend }).click())
      expect(await wordsOf(page, '.notice')).toBe(t('staff.person.done'))
      await page.goto(`${product.url}${prefix}/admin/outbox`)
      await page.locator('details.more').first().click()
      await look()
      expect(faults).toEqual([])
      await page.context().close()
    },
  )
})
