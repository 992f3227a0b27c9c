import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasChromium, launchBrowser, leadingOn, openPage, VISITS, warnWithoutChromium } from '../support/browser.js'
import { startTestProduct, type TestProduct } from '../support/product.js'
import { complaintsOf, faultsOf } from './page-checks.js'

warnWithoutChromium()

const STORY = {
  vi: 'htx trong khom, 40 ho, sieu thi doi dan tem truy xuat nguon goc, ngan sach 40 trieu',
  en: 'pineapple co-operative of 40 households, the supermarket wants traceability labels, budget 40 million',
} as const
const NOBODY = { vi: 'mái nhà bị dột, cần người lợp lại', en: 'our roof is leaking, somebody has to mend it' } as const
type Lang = keyof typeof STORY

const SUBMIT = 'form[method=post] > .actions button'
const PATIENCE_MS = 120_000
const LANGS = ['vi', 'en'] as const
const inLang = (lang: Lang, path: string) => (lang === 'vi' ? path : `/en${path === '/' ? '' : path}`)

/** Pages with an address of their own; of lists the first entry is opened. */
const PAGES: Record<string, (lang: Lang) => string> = {
  'the front page': () => '/',
  'the list of firms': () => '/providers',
  'a filtered list of firms': (lang) => `/providers?service=traceability&q=${lang === 'vi' ? 'truy+xuat' : 'labels'}`,
  'a list without any firm': () => '/providers?q=zzzxq',
  'the list of businesses': () => '/businesses',
  'the list of needs': () => '/needs',
  'a list without any need': () => '/needs?q=zzzxq',
  'the question of the matcher': () => '/match',
  'the answer of the matcher': (lang) => `/match?text=${encodeURIComponent(STORY[lang])}`,
  'the answer that nobody does it': (lang) => `/match?text=${encodeURIComponent(NOBODY[lang])}`,
  'supply and demand': () => '/demand',
  'about the site': () => '/about',
  'personal data': () => '/privacy',
  'a page that is not there': () => '/providers/nowhere/at-all',
}

describe.skipIf(!hasChromium)('every page', () => {
  let product: TestProduct
  let browser: Browser

  beforeAll(async () => {
    ;[product, browser] = await Promise.all([startTestProduct({ demo: true, unlimited: true }), launchBrowser()])
  })
  afterAll(async () => {
    await browser.close()
    await product.close()
  })

  const firstOf = async (kind: string) => {
    const answer = await fetch(`${product.url}/api/v1/${kind}?limit=1`)
    const { results } = (await answer.json()) as { results: { slug: string }[] }
    return `/${kind}/${results[0]?.slug}`
  }

  describe.each(VISITS)('in $lang, $width px wide', (at) => {
    const { lang, width } = at
    let page: Page
    let complaints: string[]

    beforeAll(async () => {
      page = await openPage(browser, width)
      complaints = complaintsOf(page)
    })
    afterAll(() => page.context().close())

    const go = (path: string) => page.goto(product.url + inLang(lang, path))
    const send = () => leadingOn(page, () => page.click(SUBMIT))
    const expectFit = async (what: string) => {
      expect(await faultsOf(page, lang), what).toEqual([])
      expect(complaints.splice(0), what).toEqual([])
    }

    // Each page in one language and width, all in all of them with `EVERY_VISIT=1`.
    const own = Object.entries(PAGES).filter(
      (_, n) => process.env.EVERY_VISIT || n % VISITS.length === VISITS.indexOf(at),
    )
    it.each(own)('%s is fit to be shown', async (what, path) => {
      await go(path(lang))
      await expectFit(what)
    })

    it.each(['providers', 'businesses', 'needs'])('one of the %s is fit to be shown', async (kind) => {
      await go(await firstOf(kind))
      await expectFit(kind)
    })

    it(
      "the steps of posting, their errors and the guest's own page are fit to be shown",
      async () => {
        await go('/needs/new')
        await expectFit('first step')
        await send()
        await expectFit('first step with an error')
        await page.fill('[name=problem]', STORY[lang])
        await send()
        await expectFit('second step')
        await page.fill('[name=deadline]', '2020-01-01')
        await send()
        await expectFit('second step with an error')
        await page.fill('[name=deadline]', '')
        await send()
        await expectFit('third step')
        await send()
        await expectFit('third step with errors')
        await page.fill('[name=email]', 'chi.bay@tiem.example')
        await page.check('[name=consent]')
        await send()
        await expectFit('own page')
        await page.click('.withdraw summary')
        await leadingOn(page, () => page.click('.withdraw button'))
        await expectFit('own page, withdrawn')
        await go('/my-need/00000000000000000000000000000000')
        await expectFit('own page that is not there')
      },
      PATIENCE_MS,
    )

    it('a form that was open for too long is fit to be shown, with what was typed', async () => {
      await go('/needs/new')
      await page.fill('[name=problem]', STORY[lang])
      await page.context().clearCookies()
      await send()
      expect(await page.textContent('main')).toContain(STORY[lang])
      await expectFit('expired form')
    })
  })

  it(
    'the dark theme has no fault either',
    async () => {
      const page = await openPage(browser, 390, { colorScheme: 'dark' })
      const every = process.env.EVERY_VISIT ? 1 : 3
      const some = Object.values(PAGES).filter((_, n) => n % every === 0)
      const paths = [...some.map((path) => path('vi')), '/needs/new']
      for (const path of paths) {
        await page.goto(product.url + path)
        expect(await faultsOf(page, 'vi'), path).toEqual([])
      }
      await leadingOn(page, () => page.click(SUBMIT))
      expect(await faultsOf(page, 'vi'), 'first step with an error').toEqual([])
      await page.context().close()
    },
    PATIENCE_MS,
  )

  it.each(['/providers', '/businesses', '/needs'])('on paper %s shows its rows, and nothing to press', async (path) => {
    const page = await openPage(browser, 1280)
    await page.goto(product.url + path)
    await page.emulateMedia({ media: 'print' })
    expect(await page.locator('.rows > li').first().isVisible()).toBe(true)
    expect(await page.locator('main :is(button, .btn, input, select):visible').count()).toBe(0)
    await page.context().close()
  })

  it.each(LANGS)('on a narrow phone the menu in %s takes two lines at most', async (lang) => {
    const page = await openPage(browser, 360)
    await page.goto(product.url + inLang(lang, '/'))
    expect(await page.locator('header nav').evaluate((nav) => nav.clientHeight)).toBeLessThanOrEqual(2 * 44)
    await page.context().close()
  })
})
