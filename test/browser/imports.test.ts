import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTranslator } from '../../src/platform/i18n/translator.js'
import { addPerson, setSecondFactor, type TestPerson } from '../support/accounts.js'
import { hasChromium, launchBrowser, leadingOn, openPage, VISITS, warnWithoutChromium } from '../support/browser.js'
import { startTestProduct, type TestProduct } from '../support/product.js'
import { importsAtRest } from '../support/tables.js'
import { complaintsOf, faultsOf } from './page-checks.js'

warnWithoutChromium()

const translators = createTranslator()
const ROWS = 500
const BAD = 20

/** A list as somebody keeps it in a spreadsheet: one row in 25 lacks its name or has a year that is none. */
function listOf(lang: string): Buffer {
  const head = lang === 'vi' ? 'Mã số;Tên công ty;Mô tả;Năm thành lập' : 'Code;Company name;Description;Founded'
  const rows = Array.from({ length: ROWS }, (_, n) => {
    const bad = n % (ROWS / BAD) === 7
    return `${lang}${n};${bad && n % 2 ? '' : `Cơ sở ${lang} ${n}`};Làm phần mềm số ${n};${bad && n % 2 === 0 ? 'năm ngoái' : 2000 + (n % 20)}`
  })
  return Buffer.from(`\ufeff${head}\r\n${rows.join('\r\n')}\r\n`, 'utf16le')
}

describe.skipIf(!hasChromium)('a list that is imported and taken back', () => {
  let product: TestProduct
  let browser: Browser
  let curator: TestPerson

  beforeAll(async () => {
    ;[product, browser] = await Promise.all([startTestProduct({ unlimited: true }), launchBrowser()])
    curator = await addPerson(product, { staff: 'curator', name: 'Lê Thị Sáu' })
  })
  afterAll(async () => {
    await browser.close()
    expect(product.faults()).toEqual([])
    await product.close()
  })

  it.each(VISITS)(
    'in $lang at $width pixels: 500 rows, 20 of them bad',
    { timeout: 300_000 },
    async ({ lang, width }) => {
      const t = translators(lang)
      const page = await openPage(browser, width)
      const complaints = complaintsOf(page)
      const look = async () => expect([...(await faultsOf(page, lang)), ...complaints]).toEqual([])
      const press = (name: string) => leadingOn(page, () => page.getByRole('button', { name, exact: true }).click())
      const go = (path: string) => page.goto(product.url + (lang === 'en' ? `/en${path}` : path))
      const standing = async () =>
        (await product.core.summaries.count(product.core.park().id, { dimensions: { standing: ['public'] } })).total

      await go('/sign-in')
      await page.fill('#f-email', curator.email)
      await page.fill('#f-password', curator.password)
      await setSecondFactor(product, curator)
      await press(t('accounts.signIn.submit'))
      await page.fill('#f-code', (await product.core.secondFactor.codeNow(curator.personId)) ?? '')
      await leadingOn(page, () => page.locator('main form .btn').first().click())

      const before = await standing()
      await go('/admin/imports')
      await look()
      await page.setInputFiles('#f-file', { name: `danh-sach-${lang}.csv`, mimeType: 'text/csv', buffer: listOf(lang) })
      await press(t('importing.upload.submit'))
      await look()
      expect(await page.locator('#f-column-1').inputValue()).toBe('name')

      await press(t('importing.mapping.submit'))
      await importsAtRest(product)
      await page.getByRole('heading', { name: t('importing.headings.ready') }).waitFor()
      await look()
      expect(await page.locator('.sheet tbody tr').count()).toBe(BAD)
      expect(await page.locator('.sheet td.wrong').count()).toBe(BAD)
      expect(await standing()).toBe(before)

      await press(t('importing.commit.submit'))
      await importsAtRest(product)
      await page.getByRole('heading', { name: t('importing.headings.done') }).waitFor()
      await look()
      expect(await standing()).toBe(before + ROWS - BAD)

      await press(t('importing.undo.submit'))
      await importsAtRest(product)
      await page.getByRole('heading', { name: t('importing.headings.undone') }).waitFor()
      await look()
      expect(await standing()).toBe(before)
      await page.context().close()
    },
  )
})
