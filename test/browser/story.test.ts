import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTranslator } from '../../src/platform/i18n/translator.js'
import {
  hasChromium,
  launchBrowser,
  leadingOn,
  openPage,
  VISITS,
  WIDTHS,
  warnWithoutChromium,
} from '../support/browser.js'
import { startTestProduct, type TestProduct } from '../support/product.js'
import { complaintsOf } from './page-checks.js'

warnWithoutChromium()

/** What a visitor types, and what the site has to make of it. */
const STORIES = {
  vi: {
    home: '/',
    typed: 'htx trong khom, 40 ho, sieu thi doi dan tem truy xuat nguon goc, ngan sach 40 trieu',
    service: 'Truy xuất nguồn gốc',
    trade: 'Cây ăn trái',
    missed: 'Hóa đơn điện tử',
  },
  en: {
    home: '/en',
    typed: 'pineapple co-operative of 40 households, the supermarket wants traceability labels, budget 40 million',
    service: 'Traceability',
    trade: 'Fruit',
    missed: 'E-invoicing',
  },
} as const
const OTHER_STORY = 'cuoi thang cham cong hay sai, xuong may 60 nguoi o nga bay'

const translators = createTranslator()

describe.skipIf(!hasChromium)('from a few words to a posted need', () => {
  let product: TestProduct
  let browser: Browser

  beforeAll(async () => {
    ;[product, browser] = await Promise.all([startTestProduct({ demo: true, unlimited: true }), launchBrowser()])
  })
  afterAll(async () => {
    await browser.close()
    await product.close()
  })

  const visit = async (path: string, width: number, options = {}) => {
    const page = await openPage(browser, width, options)
    await page.goto(product.url + path)
    return page
  }

  it.each(VISITS)('in $lang at $width px: asks, corrects, posts, follows and withdraws', async ({ lang, width }) => {
    const { home, typed, service, trade, missed } = STORIES[lang]
    const t = translators(lang)
    const page = await visit(home, width)
    const complaints = complaintsOf(page)

    await page.getByLabel(t('site.home.label')).fill(typed)
    await leadingOn(page, () => page.getByRole('button', { name: t('site.home.submit') }).click())
    const answer = page.locator('#answer')
    const chip = (name: string) => answer.getByRole('link', { name: t('common.filters.remove', { name }) })
    await expectShown(chip(service), chip(trade))
    expect(await firms(page)).not.toEqual([])
    expect(await answer.locator('.why .met q').count()).toBeGreaterThan(0)
    expect(await subjects(page)).toContain(trade)

    await leadingOn(page, () => chip(trade).click())
    expect(await chip(trade).count()).toBe(0)
    expect(await subjects(page)).not.toContain(trade)
    const before = await firms(page)

    await answer.getByText(t('matching.page.add')).click()
    await leadingOn(page, () => answer.getByRole('link', { name: missed, exact: true }).click())
    await expectShown(chip(missed))
    expect(await subjects(page)).toContain(missed)
    expect(await firms(page)).not.toEqual(before)

    await leadingOn(page, () => answer.getByRole('link', { name: t('matching.page.post') }).click())
    expect(await page.getByLabel(t('needs.new.problem.label')).inputValue()).toBe(typed)
    await goOn(page)
    for (const name of [service, missed]) expect(await page.getByRole('checkbox', { name }).isChecked()).toBe(true)
    await page.getByLabel(t('needs.new.details.onSites.yes')).check()
    await goOn(page)

    await page.getByLabel(t('needs.new.contact.name')).fill('Dán tem cho khóm')
    await page.getByRole('textbox', { name: t('needs.new.contact.email') }).fill('chi.bay@')
    await page.getByRole('checkbox').check()
    await goOn(page)
    const wrong = t('fields.errors.email')
    expect(await page.getByRole('alert').textContent()).toContain(wrong)
    await page.getByRole('alert').getByRole('link').click()
    const email = page.locator('#f-email:focus')
    expect(await email.getAttribute('aria-describedby')).toContain('f-email-error')
    expect(await page.locator('#f-email-error').textContent()).toContain(wrong)
    expect(await email.inputValue()).toBe('chi.bay@')
    expect(await page.getByLabel(t('needs.new.contact.name')).inputValue()).toBe('Dán tem cho khóm')
    await email.fill('chi.bay@tiem.example')
    await page.getByRole('checkbox').check()
    await goOn(page)
    await page.getByRole('heading', { level: 1, name: t('needs.follow.heading') }).waitFor()
    expect(complaints).toEqual([])
    await page.context().close()

    const later = await openPage(browser, width)
    await later.goto(page.url())
    await expectShown(later.getByRole('heading', { name: 'Dán tem cho khóm' }))
    expect(await later.locator('.quoted').textContent()).toContain(typed)
    expect(await firms(later)).not.toEqual([])
    await later.getByText(t('needs.follow.withdraw')).click()
    await leadingOn(later, () =>
      later.getByRole('button', { name: t('needs.follow.withdrawNow'), exact: true }).click(),
    )
    await later.getByRole('heading', { level: 1, name: t('needs.follow.endedHeading') }).waitFor()
    expect(await later.getByRole('button', { name: t('needs.follow.withdrawNow') }).count()).toBe(0)
    await later.context().close()
  })

  it('needs no script: on a phone without one, the same story ends on the same page', async () => {
    const t = translators('vi')
    const page = await visit('/', 390, { javaScript: false })
    await page.fill('#ask', STORIES.vi.typed)
    await leadingOn(page, () => page.click('main form button'))
    expect(await firms(page)).not.toEqual([])
    await leadingOn(page, () => page.getByRole('link', { name: t('matching.page.post') }).click())
    await goOn(page)
    await goOn(page)
    await page.fill('#f-email', 'chi.bay@tiem.example')
    await page.check('#f-consent')
    await goOn(page)
    expect(await page.textContent('h1')).toBe(t('needs.follow.heading'))

    await page.goto(`${product.url}/providers`)
    await page.getByRole('link', { name: t('common.filters.open'), exact: true }).click()
    await page.getByLabel(STORIES.vi.service).check()
    await page
      .locator('#filters')
      .getByRole('button', { name: t('listing.apply'), exact: true })
      .click()
    expect(page.url()).toContain('service=traceability')
    await expectShown(page.getByRole('link', { name: t('common.filters.remove', { name: STORIES.vi.service }) }))
    await page.context().close()
  })

  it('loses nothing by the back button, and a step sent twice is saved as it was sent last', async () => {
    const page = await visit('/needs/new', 390)
    await page.fill('#f-problem', STORIES.vi.typed)
    await goOn(page)
    await page.selectOption('#f-ward', { index: 3 })
    const ward = await page.inputValue('#f-ward')
    await goOn(page)
    await page.goBack()
    expect(await page.inputValue('#f-ward')).toBe(ward)
    await page.goBack()
    expect(await page.inputValue('#f-problem')).toBe(STORIES.vi.typed)
    await page.goForward()
    await page.check('#f-onSite')
    await goOn(page)
    await page.getByText(translators('vi')('needs.new.contact.review')).click()
    expect(await page.locator('.review').textContent()).toContain(translators('vi')('needs.facts.onSite'))
    await page.context().close()
  })

  it('keeps two needs apart that are written in two tabs', async () => {
    const one = await visit('/needs/new', 1280)
    const two = await one.context().newPage()
    await two.goto(`${product.url}/needs/new`)
    await one.fill('#f-problem', STORIES.vi.typed)
    await two.fill('#f-problem', OTHER_STORY)
    await goOn(one)
    await goOn(two)
    await goOn(one)
    await goOn(two)
    expect(await one.inputValue('#f-title')).toContain('khom')
    expect(await two.inputValue('#f-title')).toContain('cham cong')
    await one.context().close()
  })

  it.each(WIDTHS)('filters a list at %i px without leaving it, and back undoes the filter', async (width) => {
    const t = translators('vi')
    const page = await visit('/providers', width)
    const all = await page.locator('#results-title').textContent()
    let loads = 0
    page.on('load', () => loads++)
    if (width < 600) await page.click('.filters-open')
    await page.getByLabel(STORIES.vi.service).check()
    await page.waitForURL(/service=traceability/)
    const chosen = page.getByRole('link', { name: t('common.filters.remove', { name: STORIES.vi.service }) })
    await chosen.waitFor({ state: 'attached' })
    expect(await page.locator('#results-title').textContent()).not.toBe(all)
    expect(loads).toBe(0)
    await page.goBack()
    await chosen.waitFor({ state: 'detached' })
    await page.waitForFunction(`document.querySelector('#results-title')?.textContent === ${JSON.stringify(all)}`)
    await page.context().close()
  })
})

const firms = (page: Page) => page.locator('main .rows > li h3').allTextContents()

/** What the firms shown are judged on: the subject of each reason. */
const subjects = async (page: Page) =>
  (await page.locator('.why b').allTextContents()).map((subject) => subject.replace(/:$/, ''))

/** Presses the button of the step's form. */
const goOn = (page: Page) => leadingOn(page, () => page.click('form[method=post] > .actions button'))

async function expectShown(...parts: ReturnType<Page['locator']>[]) {
  for (const part of parts) await part.first().waitFor({ timeout: 10_000 })
}
