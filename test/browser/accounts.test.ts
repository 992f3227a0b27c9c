import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasChromium, launchBrowser, leadingOn, openPage, visitsOf, warnWithoutChromium } from '../support/browser.js'
import { linkTo } from '../support/mails.js'
import { startTestProduct, type TestProduct } from '../support/product.js'
import { complaintsOf, faultsOf } from './page-checks.js'

const VISITS = visitsOf(import.meta.url)

warnWithoutChromium()

const PATIENCE_MS = 240_000
const FIRST = 'con thuyền trên sông Hậu'
const SECOND = 'mùa nước nổi năm nay'

describe.skipIf(!hasChromium)('one’s account in a browser', () => {
  let product: TestProduct
  let browser: Browser

  beforeAll(async () => {
    ;[product, browser] = await Promise.all([startTestProduct({ unlimited: true }), launchBrowser()])
  })
  afterAll(async () => {
    await browser.close()
    await product.close()
  })

  it.each(VISITS)(
    'sign up, verify, look around, sign out, reset: in $lang, $width px wide',
    async ({ lang, width }) => {
      const page = await openPage(browser, width)
      const complaints = complaintsOf(page)
      const inLang = (path: string) => (lang === 'vi' ? path : `/en${path}`)
      const go = (path: string) => page.goto(product.url + path)
      const send = (form = 'main form') => leadingOn(page, () => page.click(`${form} .btn:not([type=button])`))
      const expectFit = async (what: string) => {
        expect(await faultsOf(page, lang), what).toEqual([])
        expect(complaints.splice(0), what).toEqual([])
      }
      const email = `ba.${lang}.${width}@tiem.example`

      await go(inLang(`/sign-in?next=${inLang('/needs')}`))
      await expectFit('signing in')
      await send()
      await expectFit('signing in, nothing filled in')
      await page.fill('[name=email]', email)
      await page.fill('[name=password]', 'không có câu này')
      await send()
      await expectFit('signing in, wrong password')
      await leadingOn(page, () => page.click('.ways a'))
      await expectFit('signing up')
      await send()
      await expectFit('signing up without an address')
      await page.fill('[name=email]', email)
      await send()
      expect(await page.textContent('main')).toContain(email)
      await expectFit('look into your mail')

      await go(await linkTo(product, email, inLang('/sign-up/')))
      await expectFit('behind the link')
      await send()
      await expectFit('behind the link, with errors')
      await page.fill('[name=name]', 'Nguyễn Thị Ba')
      await expectShows(page, FIRST)
      await page.check('[name=consent]')
      await send()
      expect(new URL(page.url()).pathname).toBe(inLang('/needs'))
      await expectFit('back where one came from')

      for (const path of ['', '/details', '/address', '/password', '/sign-ins']) {
        await go(inLang(`/account${path}`))
        await expectFit(`account${path}`)
      }
      await go(inLang('/account/details'))
      await page.fill('[name=phone]', 'gọi giờ nào cũng được')
      await send()
      await expectFit('details with an error')
      await go(inLang('/account/password'))
      await send()
      await expectFit('password with errors')

      await go(inLang('/account'))
      await send('main form[action$="/sign-out"]')
      await go(inLang('/reset'))
      await expectFit('reset')
      await page.fill('[name=email]', email)
      await send()
      await expectFit('reset, look into your mail')
      const link = await linkTo(product, email, inLang('/reset/'))
      await go(link)
      await expectFit('new password')
      await page.fill('[name=password]', SECOND)
      await send()
      expect(new URL(page.url()).pathname).toBe(inLang('/account'))
      expect(await page.textContent('h1')).toContain('Nguyễn Thị Ba')
      await expectFit('account after the reset')
      await go(link)
      await expectFit('a link that is used up')
      await page.context().close()
    },
    PATIENCE_MS,
  )

  it('has no fault in the dark either', async () => {
    const page = await openPage(browser, 390, { colorScheme: 'dark' })
    for (const path of ['/sign-in', '/sign-up', '/reset', '/sign-up?sent=1', '/sign-up/no-such-key']) {
      await page.goto(product.url + path)
      expect(await faultsOf(page, 'vi'), path).toEqual([])
    }
    await page.context().close()
  })

  it('works without a script; only the password cannot be shown', async () => {
    const page = await openPage(browser, 390, { javaScript: false })
    await page.goto(`${product.url}/sign-in`)
    expect(await page.locator('[data-reveals]').isVisible()).toBe(false)
    await page.context().close()
  })
})

/** Types a password and looks at it; it is sent covered all the same. */
async function expectShows(page: Page, password: string): Promise<void> {
  await page.fill('[name=password]', password)
  await page.click('[data-reveals]')
  expect(await page.getAttribute('[name=password]', 'type')).toBe('text')
  expect(await page.getAttribute('[data-reveals]', 'aria-pressed')).toBe('true')
  await page.click('[data-reveals]')
  expect(await page.getAttribute('[name=password]', 'type')).toBe('password')
}
