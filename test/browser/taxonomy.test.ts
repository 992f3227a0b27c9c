import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTranslator } from '../../src/platform/i18n/translator.js'
import { addPerson, setSecondFactor, type TestPerson } from '../support/accounts.js'
import { hasChromium, launchBrowser, leadingOn, openPage, VISITS, warnWithoutChromium } from '../support/browser.js'
import { startTestProduct, type TestProduct } from '../support/product.js'
import { complaintsOf, faultsOf } from './page-checks.js'

warnWithoutChromium()

const translators = createTranslator()

/** One for each visit: what one has taught the product finds something in the next. */
const WORDS: Readonly<Record<string, string>> = {
  'vi 390': 'kwetoxan',
  'en 1280': 'bukkipping',
  'vi 1280': 'xotoxan',
  'en 390': 'peyrolling',
}

describe.skipIf(!hasChromium)('a word that people use becomes one that is understood', () => {
  let product: TestProduct
  let browser: Browser
  let curator: TestPerson

  beforeAll(async () => {
    ;[product, browser] = await Promise.all([startTestProduct({ demo: true, unlimited: true }), launchBrowser()])
    curator = await addPerson(product, { staff: 'curator', name: 'Lê Thị Sáu' })
  })
  afterAll(async () => {
    await browser.close()
    expect(product.faults()).toEqual([])
    await product.close()
  })

  it.each(VISITS)(
    'in $lang at $width px: from a search that finds nothing to one that does',
    async ({ lang, width }) => {
      const t = translators(lang)
      const word = WORDS[`${lang} ${width}`] ?? ''
      for (const visit of ['a', 'b', 'c']) {
        await (await fetch(`${product.url}/providers?q=${word}`, { headers: { 'User-Agent': visit } })).text()
      }
      await product.core.searchTerms.settled()

      const page = await openPage(browser, width)
      const complaints = complaintsOf(page)
      const go = (path: string) => page.goto(product.url + (lang === 'en' ? `/en${path}` : path))
      const look = async () => expect([...(await faultsOf(page, lang)), ...complaints]).toEqual([])
      const follow = (name: string) => leadingOn(page, () => page.getByRole('link', { name }).first().click())
      const press = (name: string) => leadingOn(page, () => page.getByRole('button', { name, exact: true }).click())
      await setSecondFactor(product, curator)
      await go('/sign-in')
      await page.fill('#f-email', curator.email)
      await page.fill('#f-password', curator.password)
      await press(t('accounts.signIn.submit'))
      await page.fill('#f-code', (await product.core.secondFactor.codeNow(curator.personId)) ?? '')
      await leadingOn(page, () => page.locator('main form .btn').first().click())

      await go('/admin/taxonomy')
      await look()
      await follow(t('vocabulary.pages.searches'))
      await page.getByRole('heading', { name: word }).waitFor()
      await look()
      await follow(t('vocabulary.searches.other'))
      await page.getByLabel(t('vocabulary.searches.entry')).selectOption('service:accounting')
      await look()
      await press(t('vocabulary.entry.preview'))
      await page.getByRole('heading', { name: `“${word}”`, exact: true }).waitFor()
      // The script tries one handful after the other until all are tried.
      await page.getByRole('status').waitFor()
      await look()
      await press(t('vocabulary.draft.save'))
      expect(await page.getByRole('status').first().textContent()).toContain(word)
      await look()

      await go(`/providers?q=${word}`)
      expect(await page.locator('#results .rows > li').count()).toBeGreaterThan(0)

      await go('/admin/taxonomy/phrases')
      await page.getByText(`${t('vocabulary.phrases.byDay')}: ${word}`).click()
      await look()
      for (const path of ['/versions/2', '/entries/service/accounting', '/entries/sector/rice/end']) {
        await go(`/admin/taxonomy${path}`)
        await look()
      }
      await page.context().close()
    },
    60_000,
  )
})
