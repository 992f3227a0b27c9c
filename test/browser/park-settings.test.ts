import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTranslator } from '../../src/platform/i18n/translator.js'
import { addPerson, setSecondFactor, type TestPerson } from '../support/accounts.js'
import { hasChromium, launchBrowser, leadingOn, openPage, visitsOf, warnWithoutChromium } from '../support/browser.js'
import { startTestProduct, type TestProduct } from '../support/product.js'
import { complaintsOf, faultsOf } from './page-checks.js'

const VISITS = visitsOf(import.meta.url)

warnWithoutChromium()

const translators = createTranslator()

describe.skipIf(!hasChromium)('the park’s settings in a browser', () => {
  let product: TestProduct
  let browser: Browser
  let administrator: TestPerson

  beforeAll(async () => {
    const started = startTestProduct({ unlimited: true })
    ;[product, browser] = await Promise.all([started, launchBrowser()])
    administrator = await addPerson(product, { staff: 'administrator', name: 'Võ Minh Khôi' })
  })
  afterAll(async () => {
    await browser.close()
    expect(product.faults()).toEqual([])
    await product.close()
  })

  async function signIn(page: Page, prefix: string) {
    await setSecondFactor(product, administrator)
    await page.goto(`${product.url}${prefix}/sign-in`)
    await page.fill('[name=email]', administrator.email)
    await page.fill('[name=password]', administrator.password)
    await leadingOn(page, () => page.press('[name=password]', 'Enter'))
    await page.fill('[name=code]', (await product.core.secondFactor.codeNow(administrator.personId)) ?? '')
    await leadingOn(page, () => page.press('[name=code]', 'Enter'))
  }

  it.each(VISITS)(
    'in $lang at $width px: another name, another story seen first, both public at once, and put back',
    async ({ lang, width }) => {
      const t = translators(lang)
      const prefix = lang === 'en' ? '/en' : ''
      const page = await openPage(browser, width, width < 600 ? {} : { colorScheme: 'dark' })
      const complaints = complaintsOf(page)
      const faults: string[] = []
      const look = async () => faults.push(...(await faultsOf(page, lang)))
      const press = (name: string) =>
        leadingOn(page, () => page.getByRole('button', { name, exact: true }).last().click())
      const follow = (name: string) =>
        leadingOn(page, () => page.getByRole('link', { name, exact: true }).first().click())
      const shown = async (path: string) => {
        await page.goto(`${product.url}${prefix}${path}`)
        return (await page.locator('body').textContent()) ?? ''
      }
      const [name, story] = [`Xà No ${lang}`, `Bên kênh Xà No, ${lang}`]
      const before = product.core.park().name[lang] ?? ''

      await signIn(page, prefix)
      await page.goto(`${product.url}${prefix}/admin/park`)
      await look()
      await follow(t('settings.section.name.title'))
      await look()
      await page.fill(`[name="name.${lang}"]`, name)
      await press(t('settings.form.save'))
      await look()
      expect(await page.locator('footer').textContent()).toContain(name)

      await follow(t('settings.section.page-about.title'))
      await page.fill(`[name="text.${lang}"]`, `## ${story}\n\n- [${t('settings.title')}](/providers)`)
      await press(t('settings.form.preview'))
      await look()
      expect(await page.locator('#preview ~ .split h2', { hasText: story }).count()).toBe(1)
      await press(t('settings.form.save'))
      expect(await shown('/about')).toContain(story)
      await look()

      await page.goto(`${product.url}${prefix}/admin/park/name/versions`)
      await look()
      await follow(t('settings.versions.one', { version: product.core.park().sections?.name?.version === 2 ? 1 : 3 }))
      await look()
      await press(t('settings.versions.restore'))
      await look()
      expect(await shown('/contact')).toContain(before)
      await look()
      for (const path of ['zones', 'zones/a', 'facts', 'logo', 'rules', 'place']) {
        await page.goto(`${product.url}${prefix}/admin/park/${path}`)
        await look()
      }
      await page.goto(`${product.url}${prefix}/terms`)
      await look()
      expect([faults, complaints]).toEqual([[], []])
      await page.context().close()
    },
    60_000,
  )
})
