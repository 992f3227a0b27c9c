import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTranslator } from '../../src/platform/i18n/translator.js'
import { addPerson, setSecondFactor } from '../support/accounts.js'
import { hasChromium, launchBrowser, leadingOn, openPage, visitsOf, warnWithoutChromium } from '../support/browser.js'
import { newGuest } from '../support/guest.js'
import { postNeed } from '../support/posting.js'
import { startTestProduct, type TestProduct } from '../support/product.js'
import { complaintsOf, faultsOf } from './page-checks.js'

const VISITS = visitsOf(import.meta.url)

warnWithoutChromium()

const translators = createTranslator()

describe.skipIf(!hasChromium)('a morning at the queue', () => {
  let product: TestProduct
  let browser: Browser

  beforeAll(async () => {
    ;[product, browser] = await Promise.all([startTestProduct({ unlimited: true }), launchBrowser()])
  })
  afterAll(async () => {
    await browser.close()
    expect(product.faults()).toEqual([])
    await product.close()
  })

  it.each(VISITS)('in $lang at $width px: by keyboard, then several at once', async ({ lang, width }) => {
    const t = translators(lang)
    await product.core.db.collection('cases').deleteMany({})
    const titles = ['a', 'b', 'c', 'd'].map((n) => `Dán tem ${lang} ${n}`)
    for (const title of titles)
      await postNeed(newGuest(product.url), {}, { title, email: `${title.replaceAll(/\W/g, '')}@tiem.example` })
    const curator = await addPerson(product, { staff: 'curator', name: 'Lê Thị Lan', lang })
    await setSecondFactor(product, curator)
    const page = await openPage(browser, width)
    const complaints = complaintsOf(page)
    const look = async () => expect([...(await faultsOf(page, lang)), ...complaints]).toEqual([])
    const key = (name: string) => leadingOn(page, () => page.keyboard.press(name))
    const press = (name: string) => leadingOn(page, () => page.getByRole('button', { name, exact: true }).click())
    const heading = () => page.locator('h1').textContent()
    const root = product.url + (lang === 'en' ? '/en' : '')
    await page.goto(`${root}/sign-in`)
    await page.fill('#f-email', curator.email)
    await page.fill('#f-password', curator.password)
    await press(t('accounts.signIn.submit'))
    await page.fill('#f-code', (await product.core.secondFactor.codeNow(curator.personId)) ?? '')
    await leadingOn(page, () => page.locator('main form .btn').first().click())

    await page.goto(`${root}/admin`)
    await look()
    await page.keyboard.press('?')
    await page.getByRole('dialog').waitFor()
    await look()
    await page.getByLabel(t('queue.keys.switch')).uncheck()
    await page.keyboard.press('Escape')
    await page.keyboard.press('j')
    expect(await page.evaluate('document.activeElement.dataset.case')).toBeUndefined()
    await page.getByRole('button', { name: t('queue.keys.title') }).click()
    await page.getByLabel(t('queue.keys.switch')).check()
    await page.keyboard.press('Escape')

    // Down to the second, up to the first, and into it.
    for (const step of ['j', 'j', 'k']) await page.keyboard.press(step)
    await key('Enter')
    expect(await heading()).toBe(titles[0])
    await look()
    await page.keyboard.press('s')
    expect(await page.evaluate('document.activeElement.name')).toBe('note')
    // In a field letters are letters.
    await page.keyboard.type('aejk?')
    expect(await page.inputValue('#f-note')).toBe('aejk?')
    await page.keyboard.press('Escape')
    await key('n')
    expect(await heading()).toBe(titles[1])
    await key('e')
    expect(page.url()).toMatch(/\/admin\/cases\/\w+\/edit/)
    expect(await page.inputValue('#f-title')).toBe(titles[1])
    await page.goBack()
    expect(await heading()).toBe(titles[1])
    await key('a')
    await page.getByText(t('curation.notices.approved')).waitFor()
    expect(await heading()).toBe(titles[2])

    await page.goto(`${root}/admin?kind=need`)
    for (const step of ['j', 'x', 'j', 'x']) await page.keyboard.press(step)
    await press(t('queue.together.open'))
    await look()
    await leadingOn(page, () => page.locator('main form .btn').click())
    await page.getByText(t('queue.together.done', { count: 2 })).waitFor()
    await look()
    const left = (await product.core.cases.counts(product.core.park().id, new Date())).map(({ count }) => count)
    expect(left).toEqual([1])
    await page.context().close()
  })
})
