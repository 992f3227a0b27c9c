import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTranslator } from '../../src/platform/i18n/translator.js'
import { addPerson, setSecondFactor } from '../support/accounts.js'
import { hasChromium, launchBrowser, leadingOn, openPage, VISITS, warnWithoutChromium } from '../support/browser.js'
import { addProvider } from '../support/listings.js'
import { linkTo } from '../support/mails.js'
import { startTestProduct, type TestProduct } from '../support/product.js'
import { complaintsOf, faultsOf } from './page-checks.js'

warnWithoutChromium()

const translators = createTranslator()
describe.skipIf(!hasChromium)('the first day of a firm’s owner', () => {
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

  it.each(VISITS)(
    'in $lang at $width px: signs up, claims his firm by a mail at its domain, writes, sends; a curator agrees and everybody sees it',
    async ({ lang, width }) => {
      const t = translators(lang)
      const inLang = (path: string) => (lang === 'vi' ? path : `/en${path}`)
      const domain = `vamkinh-${lang}${width}.vn`
      const website = { value: `https://${domain}/`, visibility: 'public' } as const
      const firm = await addProvider(product, {
        name: { vi: `Công ty Vàm Kinh ${lang} ${width}` },
        contacts: { website },
      })
      const publicPage = inLang(`/providers/${firm.slug}`)

      const window = async () => {
        const page = await openPage(browser, width)
        const complaints = complaintsOf(page)
        return {
          page,
          go: (path: string) => page.goto(product.url + path),
          press: (name: string) => leadingOn(page, () => page.getByRole('button', { name, exact: true }).click()),
          follow: (name: string) =>
            leadingOn(page, () => page.getByRole('link', { name, exact: true }).first().click()),
          looksRight: async (where: string) =>
            expect([where, ...(await faultsOf(page, lang)), ...complaints.splice(0)]).toEqual([where]),
        }
      }

      const owner = await window()
      const { page, go, press, follow, looksRight } = owner
      await go(publicPage)
      await follow(t('claims.link'))
      expect(new URL(page.url()).pathname).toBe(inLang('/sign-in'))
      await leadingOn(page, () => page.click('.ways a'))
      const email = `chu.${lang}${width}@tiem.example`
      await page.fill('[name=email]', email)
      await leadingOn(page, () => page.click('main form .btn:not([type=button])'))
      await go(await linkTo(product, email, inLang('/sign-up/')))
      await page.fill('[name=name]', 'Trần Văn Chín')
      await page.fill('[name=password]', 'con thuyền trên sông Hậu')
      await page.check('[name=consent]')
      await leadingOn(page, () => page.click('main form .btn:not([type=button])'))
      // Signed up, he is where he was going.
      expect(new URL(page.url()).pathname).toBe(inLang(`/providers/${firm.slug}/claim`))
      await looksRight('claim')

      await page.getByLabel(t('claims.new.email')).fill(`chin@${domain}`)
      await press(t('claims.new.sendMail'))
      await go(await linkTo(product, `chin@${domain}`, inLang('/claims/')))
      await press(t('claims.confirm.submit'))
      await page.getByText(t('claims.notices.owner')).waitFor()
      await looksRight('his firm')

      await follow(t('organisations.show.edit'))
      await follow(t('organisations.section.provider-about'))
      const words = `Sổ kho cho vựa trái cây ${lang} ${width}`
      await page.fill('#f-tagline\\.vi', words)
      await press(t('organisations.form.save'))
      await press(t('organisations.changes.send'))
      await page.getByText(t('organisations.state.change-waiting')).waitFor()
      await go(publicPage)
      expect(await page.textContent('main')).not.toContain(words)

      const curator = await addPerson(product, { staff: 'curator', lang })
      await setSecondFactor(product, curator)
      const staff = await window()
      await staff.go(inLang('/sign-in'))
      await staff.page.fill('#f-email', curator.email)
      await staff.page.fill('#f-password', curator.password)
      await staff.press(t('accounts.signIn.submit'))
      await staff.page.fill('#f-code', (await product.core.secondFactor.codeNow(curator.personId)) ?? '')
      await leadingOn(staff.page, () => staff.page.locator('main form .btn').first().click())
      await staff.go(inLang('/admin'))
      await leadingOn(staff.page, () =>
        staff.page.getByRole('link', { name: `Công ty Vàm Kinh ${lang} ${width}` }).click(),
      )
      await staff.looksRight('the change')
      await staff.press(t('curation.approve.change.submit'))

      await go(publicPage)
      expect(await page.textContent('main')).toContain(words)
      await looksRight('the public page')
      await Promise.all([page.context().close(), staff.page.context().close()])
    },
    120_000,
  )
})
