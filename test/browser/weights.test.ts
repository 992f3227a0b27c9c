import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTranslator } from '../../src/platform/i18n/translator.js'
import { addPerson, setSecondFactor, type TestPerson } from '../support/accounts.js'
import { hasChromium, launchBrowser, leadingOn, openPage, VISITS, warnWithoutChromium } from '../support/browser.js'
import { startTestProduct, type TestProduct } from '../support/product.js'
import { complaintsOf, faultsOf } from './page-checks.js'

warnWithoutChromium()

const translators = createTranslator()

describe.skipIf(!hasChromium)('an administrator and the ranking', () => {
  let product: TestProduct
  let browser: Browser
  let administrator: TestPerson

  beforeAll(async () => {
    ;[product, browser] = await Promise.all([startTestProduct({ demo: true, unlimited: true }), launchBrowser()])
    administrator = await addPerson(product, { staff: 'administrator', name: 'Võ Minh Khôi' })
  })
  afterAll(async () => {
    await browser.close()
    expect(product.faults()).toEqual([])
    await product.close()
  })

  it.each(VISITS)(
    'in $lang at $width px: reads what counts, tries other figures, saves them, and puts the old ones back',
    async ({ lang, width }) => {
      const page = await openPage(browser, width)
      const complaints = complaintsOf(page)
      const t = translators(lang)
      const go = (path: string) => page.goto(product.url + (lang === 'en' ? `/en${path}` : path))
      const press = (name: string) => leadingOn(page, () => page.getByRole('button', { name, exact: true }).click())
      const look = async () => expect([...(await faultsOf(page, lang)), ...complaints]).toEqual([])
      await setSecondFactor(product, administrator)
      await go('/sign-in')
      await page.fill('#f-email', administrator.email)
      await page.fill('#f-password', administrator.password)
      await press(t('accounts.signIn.submit'))
      await page.fill('#f-code', (await product.core.secondFactor.codeNow(administrator.personId)) ?? '')
      await leadingOn(page, () => page.locator('main form .btn').first().click())

      await go('/ranking')
      await look()
      await go('/admin/matching')
      await look()
      await leadingOn(page, () => page.getByRole('link', { name: t('weighing.change'), exact: true }).click())
      await look()
      const before = product.core.weights()
      await page.fill('[id="f-criteria.budget"]', '90')
      await page.fill('[id="f-criteria.service"]', '5')
      await press(t('weighing.form.preview'))
      await look()
      expect(await page.locator('#preview').count()).toBe(1)
      await page.fill('#f-note', lang === 'vi' ? 'Nhiều người hỏi giá trước' : 'Many ask the price first')
      await press(t('weighing.form.save'))
      await look()
      expect(product.core.weights().criteria).toMatchObject({ budget: 90, service: 5 })
      await press(t('weighing.versions.restore', { version: before.version }))
      await look()
      expect(product.core.weights()).toMatchObject({ version: before.version + 2, criteria: before.criteria })
    },
  )
})
