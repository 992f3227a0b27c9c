import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTranslator } from '../../src/platform/i18n/translator.js'
import { addPerson, setSecondFactor, type TestPerson } from '../support/accounts.js'
import { hasChromium, launchBrowser, leadingOn, openPage, VISITS, warnWithoutChromium } from '../support/browser.js'
import { startTestProduct, type TestProduct } from '../support/product.js'
import { complaintsOf, faultsOf } from './page-checks.js'

warnWithoutChromium()

const translators = createTranslator()

describe.skipIf(!hasChromium)('a new firm', () => {
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
    'in $lang at $width px: applies and becomes public; its change is sent back with a note at the field, corrected and approved; a visitor reports a fault',
    async ({ lang, width }) => {
      const t = translators(lang)
      const inLang = (path: string) => (lang === 'vi' ? path : `/en${path}`)

      const window = async (person: TestPerson | null) => {
        const page = await openPage(browser, width)
        const complaints = complaintsOf(page)
        const go = (path: string) => page.goto(product.url + path)
        const press = (name: string) => leadingOn(page, () => page.getByRole('button', { name, exact: true }).click())
        const follow = (name: string) => leadingOn(page, () => page.getByRole('link', { name }).first().click())
        const looksRight = async (where: string) =>
          expect([where, ...(await faultsOf(page, lang)), ...complaints.splice(0)]).toEqual([where])
        if (person) {
          await go(inLang('/sign-in'))
          await page.fill('#f-email', person.email)
          await page.fill('#f-password', person.password)
          await press(t('accounts.signIn.submit'))
        }
        if (person?.staff) {
          await page.fill('#f-code', (await product.core.secondFactor.codeNow(person.personId)) ?? '')
          await leadingOn(page, () => page.locator('main form .btn').first().click())
        }
        return { page, go, press, follow, looksRight }
      }

      const owner = await window(await addPerson(product, { lang }))
      const curator = await addPerson(product, { staff: 'curator', lang })
      await setSecondFactor(product, curator)
      const staff = await window(curator)
      const name = `Công ty Lái Hiếu ${lang} ${width}`
      const openCase = async () => {
        await staff.go(inLang('/admin'))
        await staff.follow(name)
      }

      await owner.go(`${inLang('/organisations/new')}?kind=provider`)
      await owner.page.fill('#f-name', name)
      await owner.page.locator('details summary').first().click()
      await owner.page.locator('[name=services]').first().check()
      await owner.page.fill('#f-description', 'Làm phần mềm sổ kho cho vựa trái cây, bán ở chợ nổi.')
      await leadingOn(owner.page, () => owner.page.locator('main form .btn:not([type=button])').last().click())
      const organisation = new URL(owner.page.url()).pathname
      await owner.page.getByText(t('organisations.state.new-waiting')).waitFor()
      await owner.looksRight('his firm')

      await openCase()
      await staff.looksRight('the application')
      await staff.press(t('curation.approve.new-listing.submit'))
      await owner.go(organisation)
      await owner.page.getByText(t('organisations.state.published')).waitFor()

      await owner.go(`${organisation}/profile/about`)
      await owner.page.fill(
        `#f-description\\.${lang}`,
        'Làm phần mềm sổ kho và máy cân cho vựa trái cây, bán ở chợ nổi.',
      )
      await owner.press(t('organisations.form.save'))
      await owner.press(t('organisations.changes.send'))

      await openCase()
      expect(await staff.page.locator('.field-change ins').first().textContent()).toContain('và máy cân')
      const words = 'Máy cân loại nào, xin ghi rõ.'
      await staff.page.locator('.note-here summary').first().click()
      await staff.page.fill('[name="note.description"]', words)
      await staff.looksRight('the change')
      await staff.press(t('curation.sendBack.change.submit'))

      await owner.go(`${organisation}/profile/about`)
      expect(await owner.page.locator('#f-description\\.vi-note').textContent()).toContain(words)
      await owner.looksRight('the note at the field')
      const right = 'Làm phần mềm sổ kho và máy cân điện tử cho vựa trái cây, bán ở chợ nổi.'
      await owner.page.fill(`#f-description\\.${lang}`, right)
      await owner.press(t('organisations.form.save'))
      await owner.press(t('organisations.changes.send'))

      await openCase()
      await staff.press(t('curation.approve.change.submit'))
      await owner.go(organisation)
      await owner.page.getByText(t('organisations.state.published')).waitFor()

      const visitor = await window(null)
      const slug = (await product.core.records.byId('provider', organisation.split('/').at(-1) ?? ''))?.slug
      await visitor.go(inLang(`/providers/${slug}`))
      expect(await visitor.page.textContent('main')).toContain(right)
      await visitor.follow(t('reports.link'))
      await visitor.looksRight('the report')
      await visitor.page.getByLabel(t('reports.faults.contact')).check()
      await visitor.page.fill('#f-text', 'Số bàn này đã cắt.')
      await visitor.press(t('reports.send'))
      await visitor.page.getByText(t('reports.done')).waitFor()

      await openCase()
      await staff.looksRight('the reported page')
      await staff.press(t('reports.corrected.submit'))
      await staff.go(inLang('/admin/reasons'))
      await staff.looksRight('the reasons')
      await Promise.all([owner, staff, visitor].map(({ page }) => page.context().close()))
    },
    120_000,
  )
})
