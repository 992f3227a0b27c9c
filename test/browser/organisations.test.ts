import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ProviderProfile, providerProfile } from '../../src/modules/providers/index.js'
import { createTranslator } from '../../src/platform/i18n/translator.js'
import { addPerson } from '../support/accounts.js'
import {
  hasChromium,
  launchBrowser,
  leadingOn,
  openPage,
  visitsOf,
  WIDTHS,
  warnWithoutChromium,
} from '../support/browser.js'
import { startTestProduct, type TestProduct } from '../support/product.js'
import { complaintsOf, faultsOf } from './page-checks.js'

const VISITS = visitsOf(import.meta.url)

warnWithoutChromium()

const translators = createTranslator()

describe.skipIf(!hasChromium)('the people of a firm', () => {
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

  async function addFirm(): Promise<string> {
    const published = providerProfile.parse({
      ...{ name: { vi: 'Công ty Vàm Số Liệu' }, description: { vi: 'Gom số liệu.' }, park: { status: 'resident' } },
    })
    const [record] = await product.core.change<ProviderProfile>({
      ...{ parkId: product.core.park().id, type: 'provider', by: 'system:test', why: 'a firm of the test' },
      edits: [{ slugFrom: 'Vàm', source: 'test', set: { published } }],
    })
    return record?.id ?? ''
  }

  async function enter(
    page: Page,
    prefix: string,
    { email, password }: { email: string; password: string },
    next: string,
  ) {
    await page.goto(`${product.url}${prefix}/sign-in?next=${encodeURIComponent(next)}`)
    await page.fill('#f-email', email)
    await page.fill('#f-password', password)
    await leadingOn(page, () => page.press('#f-password', 'Enter'))
  }

  it.each(VISITS)(
    'in $lang at $width px: edits the profile part by part, sends it, invites a colleague who accepts',
    async ({ lang, width }) => {
      const t = translators(lang)
      const prefix = lang === 'en' ? '/en' : ''
      const firm = await addFirm()
      const owner = await addPerson(product, {
        ...{ name: 'Chị Bảy', lang },
        memberships: [{ type: 'provider', organisation: firm, role: 'owner' }],
      })
      const page = await openPage(browser, width)
      const complaints = complaintsOf(page)
      const looksRight = async (where: string) => expect([where, await faultsOf(page, lang)]).toEqual([where, []])
      const press = (name: string) => leadingOn(page, () => page.getByRole('button', { name, exact: true }).click())
      const follow = (name: string) =>
        leadingOn(page, () => page.getByRole('link', { name, exact: true }).first().click())

      await enter(page, prefix, owner, `${prefix}/organisations`)
      await looksRight('list')
      await follow('Công ty Vàm Số Liệu')
      await looksRight('place')
      await follow(t('organisations.show.edit'))
      await looksRight('profile')

      await follow(t('organisations.section.provider-services'))
      await follow(t('organisations.items.services.add'))
      await looksRight('service')
      await page.selectOption('#f-service', 'data-ai')
      await page.getByLabel(t('organisations.form.min')).first().fill('ba mươi')
      await page.getByLabel(t('organisations.field.evidence'), { exact: false }).first().fill('Bảng trên điện thoại')
      await press(t('organisations.form.save'))
      await looksRight('service with an error')
      expect(await page.getByRole('alert').textContent()).toContain(t('fields.errors.money'))
      expect(await page.inputValue('#f-evidence\\.vi')).toBe('Bảng trên điện thoại')
      await page.getByLabel(t('organisations.form.min')).first().fill('30.000.000')
      await press(t('organisations.form.save'))
      await page.getByText(t('organisations.form.saved')).waitFor()
      await looksRight('services')
      await follow(t('organisations.form.back'))

      await follow(t('organisations.section.provider-reach'))
      await looksRight('reach')
      await page.locator('[name=sectors]').first().check()
      await page.locator('[name=onSite][value=yes]').check()
      await press(t('organisations.form.save'))
      await follow(t('organisations.section.provider-about'))
      await looksRight('about')
      await page.fill('#f-tagline\\.vi', 'Số liệu cho chủ đọc mỗi sáng')
      // The Enter key saves, though another button of the form comes first.
      await leadingOn(page, () => page.press('#f-tagline\\.vi', 'Enter'))
      await page.getByText(t('organisations.form.saved')).waitFor()
      await looksRight('what will change')
      expect(await page.locator('.changes ins').allTextContents()).toContain('Số liệu cho chủ đọc mỗi sáng')
      await press(t('organisations.changes.send'))
      await page.getByText(t('organisations.state.change-waiting')).waitFor()
      await looksRight('sent')

      await follow(t('organisations.show.preview'))
      await looksRight('preview')
      expect(await page.textContent('main')).toContain('Số liệu cho chủ đọc mỗi sáng')

      const lan = await addPerson(product, { name: 'Lan', lang })
      await page.goto(`${product.url}${prefix}/organisations/${firm}/members`)
      await looksRight('people')
      await page.fill('#f-email', lan.email)
      await press(t('organisations.members.send'))
      await page.getByText(t('organisations.members.invited', { email: lan.email })).waitFor()
      await looksRight('invited')
      expect(complaints).toEqual([])
      await page.context().close()

      const mail = await product.core.db.collection('mails').findOne({ to: lan.email })
      const link = new URL(/http\S+/.exec(String(mail?.text))?.[0] ?? '').pathname
      const colleague = await openPage(browser, width)
      await colleague.goto(product.url + link)
      expect(await faultsOf(colleague, lang)).toEqual([])
      await leadingOn(colleague, () =>
        colleague.getByRole('link', { name: t('organisations.invitation.signIn'), exact: true }).click(),
      )
      await colleague.fill('#f-email', lan.email)
      await colleague.fill('#f-password', lan.password)
      await leadingOn(colleague, () => colleague.press('#f-password', 'Enter'))
      expect(await faultsOf(colleague, lang)).toEqual([])
      await leadingOn(colleague, () =>
        colleague.getByRole('button', { name: t('organisations.invitation.accept'), exact: true }).click(),
      )
      await colleague.getByText(t('organisations.invitation.accepted')).waitFor()
      expect(new URL(colleague.url()).pathname).toBe(`${prefix}/organisations/${firm}`)
      await colleague.context().close()
    },
  )

  it.each(WIDTHS)('registers a firm in the dark and without a script at %i px', async (width) => {
    const t = translators('vi')
    const person = await addPerson(product)
    const page = await openPage(browser, width, { javaScript: false, colorScheme: 'dark' })
    await enter(page, '', person, '/organisations/new')
    const name = `Nhóm Rạch Sâu ${width}`
    await page.fill('#f-name', name)
    await page.fill('#f-description', 'Làm phần mềm chấm công cho xưởng may và lò bánh quanh Vị Thanh.')
    await leadingOn(page, () => page.getByRole('button', { name: t('organisations.new.submit') }).click())
    await page.getByText(t('organisations.new.done')).waitFor()
    expect(await page.textContent('h1')).toBe(name)
    await page.context().close()
  })
})
