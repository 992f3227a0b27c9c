import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTranslator } from '../../src/platform/i18n/translator.js'
import { hasChromium, launchBrowser, leadingOn, openPage, VISITS, warnWithoutChromium } from '../support/browser.js'
import { startTestProduct, type TestProduct } from '../support/product.js'
import { complaintsOf, faultsOf } from './page-checks.js'

warnWithoutChromium()

const translators = createTranslator()
const SERVICE = { vi: 'Hóa đơn điện tử', en: 'E-invoicing' } as const

describe.skipIf(!hasChromium)('searching as one types', () => {
  let product: TestProduct
  let browser: Browser

  beforeAll(async () => {
    ;[product, browser] = await Promise.all([startTestProduct({ demo: true, unlimited: true }), launchBrowser()])
  })
  afterAll(async () => {
    await browser.close()
    await product.close()
  })

  /** What the keyboard stands on in the list of suggestions; null while it is in the field. */
  const active = (page: Page) =>
    page.evaluate(`(() => {
      const id = document.activeElement.getAttribute('aria-activedescendant')
      return id && document.getElementById(id).textContent.trim()
    })()`) as Promise<string | null>

  it.each(VISITS)(
    'in $lang at $width px: by keyboard alone, in place, and back again',
    async ({ lang, width }) => {
      const t = translators(lang)
      const base = `${product.url}${lang === 'vi' ? '' : '/en'}`
      const page = await openPage(browser, width)
      const complaints = complaintsOf(page)
      const field = page.getByRole('combobox', { name: t('providers.list.searchLabel') })
      const options = page.getByRole('listbox', { name: t('listing.suggestions.label') }).getByRole('option')
      const press = (...keys: string[]) =>
        keys.reduce((last, key) => last.then(() => page.keyboard.press(key)), Promise.resolve())
      const found = () => page.locator('#results-title').textContent()
      const addressOf = (query: string) => page.waitForURL(`${base}/providers${query}`)

      /** A step back in the history, whose place is loaded anew. */
      const back = async () => {
        await page.evaluate('window.left = true; history.back()')
        await expect.poll(() => page.evaluate(`!window.left && document.readyState`).catch(() => null)).toBe('complete')
      }

      await page.goto(`${base}/providers`)
      const all = await found()
      await field.focus()
      await page.keyboard.type('hdd')
      await options.first().waitFor()
      expect(await field.getAttribute('aria-expanded')).toBe('true')
      expect(await page.locator('.search [role=status]').textContent()).toBe(
        t('listing.suggestions.status', { count: await options.count() }),
      )
      expect(await faultsOf(page, lang), 'with suggestions').toEqual([])
      const [box, list] = [await field.boundingBox(), await page.locator('.suggestions').boundingBox()]
      expect(list?.y, 'under the field').toBeGreaterThanOrEqual((box?.y ?? 0) + (box?.height ?? 0))
      for (const option of await options.all()) expect((await option.boundingBox())?.height).toBeGreaterThanOrEqual(44)

      await press('ArrowDown')
      expect(await active(page)).toContain(SERVICE[lang])
      await press('End')
      expect(await active(page)).toBe(t('listing.suggestions.search', { words: 'hdd' }))
      await press('Home', 'ArrowUp')
      expect(await active(page), 'back in the field').toBeNull()
      await press('Escape')
      expect(await options.count()).toBe(0)
      expect(await field.inputValue()).toBe('hdd')

      // Letters that go on change the list in place and are one place of the history.
      await page.keyboard.type('t')
      await addressOf('?q=hddt')
      await page.getByText(t('listing.reading.understood'), { exact: true }).waitFor()
      expect(await page.locator('#found').textContent()).toBe(await found())
      expect(await found()).not.toBe(all)
      expect(await page.locator('#q:focus').count()).toBe(1)
      expect(await faultsOf(page, lang), 'with what was understood').toEqual([])

      // A filter chosen by keyboard keeps the focus; on a phone the filters are opened first.
      await press('Escape')
      if (width < 600) await page.locator('.filters-open').press('Enter')
      const choice = page.locator('#facets input').first()
      const id = await choice.getAttribute('id')
      await choice.focus()
      await press('Space')
      await page.waitForURL(/q=hddt&\w+=/)
      await page.locator('#results:not([aria-busy])').waitFor()
      expect(await page.evaluate('document.activeElement.id')).toBe(id)

      await back()
      await addressOf(width < 600 ? '?q=hddt#filters' : '?q=hddt')
      if (width < 600) await back()
      await back()
      await addressOf('')
      expect([await field.inputValue(), await found()]).toEqual(['', all])

      // What was understood is taken away in place, and the reader stands where it is said what came of it.
      await field.fill('hddt vi thanh')
      await press('Enter')
      const understood = page.getByRole('link', { name: t('common.filters.remove', { name: SERVICE[lang] }) })
      await understood.press('Enter')
      await addressOf('?q=vi+thanh')
      await page.locator('#results-title:focus').waitFor()
      expect(await field.inputValue()).toBe('vi thanh')
      await back()
      await addressOf('?q=hddt+vi+thanh')

      // A suggestion chosen is the list of it, with no words.
      await field.fill('')
      await field.focus()
      await page.keyboard.type('hddt')
      await options.getByText(t('listing.suggestions.search', { words: 'hddt' })).waitFor()
      await press('ArrowDown')
      await press('Enter')
      await addressOf('?service=e-invoice')
      expect(await field.inputValue()).toBe('')

      // The words themselves chosen are the list of them, within what was chosen before.
      await field.focus()
      await page.keyboard.type('hoa don')
      await options.getByText(t('listing.suggestions.search', { words: 'hoa don' })).waitFor()
      await press('ArrowDown', 'End', 'Enter')
      await page.waitForURL((url) => url.searchParams.get('q') === 'hoa don')
      await page.waitForLoadState('networkidle')
      expect(new URL(page.url()).searchParams.get('service')).toBe('e-invoice')
      expect(complaints).toEqual([])
      await page.context().close()
    },
    90_000,
  )

  it('on a slow network shows nothing that is out of date, and says when an update did not come', async () => {
    const t = translators('vi')
    const page = await openPage(browser, 390)
    let held: (() => Promise<void>)[] = []
    await page.route('**/suggest?*', (route) => {
      if (route.request().url().endsWith('q=ke')) held.push(() => route.continue().catch(() => {}))
      else return route.continue()
    })
    await page.goto(`${product.url}/providers`)
    const field = page.locator('#q')
    await field.focus()
    await page.keyboard.type('ke')
    await expect.poll(() => held.length).toBe(1)
    await page.keyboard.type(' toan')
    await page.locator('[data-searches]').waitFor()
    for (const go of held) await go()
    held = []
    expect(await page.locator('[data-searches]').textContent()).toBe(
      t('listing.suggestions.search', { words: 'ke toan' }),
    )

    await page.keyboard.press('Escape')
    await page.waitForURL('**/providers?q=ke+toan')
    const before = await page.locator('#results-title').textContent()
    await page.route('**/providers?*', (route) => held.push(() => route.abort()))
    await field.fill('hoa don')
    await expect.poll(() => held.length).toBe(1)
    expect(await page.locator('#results').getAttribute('aria-busy')).toBe('true')
    await page.keyboard.press('Escape')
    await page.locator('#results-title + .loading').waitFor({ state: 'visible' })
    await held[0]?.()
    await page.getByRole('alert').getByText(t('listing.failed')).waitFor()
    expect(await page.locator('#results-title').textContent()).toBe(before)
    expect(await faultsOf(page, 'vi'), 'after a failure').toEqual([])
    await page.unroute('**/providers?*')
    await page.getByRole('button', { name: t('listing.retry') }).click()
    await page.waitForURL('**/providers?q=hoa+don')
    expect(await page.getByText(t('listing.failed')).count()).toBe(0)
    expect(await page.locator('#q:focus').count()).toBe(1)
    await page.context().close()
  })

  it('without scripts the plain form searches', async () => {
    const page = await openPage(browser, 390, { javaScript: false })
    await page.goto(`${product.url}/`)
    await page.fill('#q', 'hddt')
    await leadingOn(page, () => page.click('form[role=search] button'))
    expect(new URL(page.url()).search).toBe('?q=hddt')
    expect(await page.locator('.rows > li').count()).toBeGreaterThan(0)
    await page.context().close()
  })
})
