import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Lang } from '../../src/kernel/text.js'
import { type ProviderProfile, providerProfile } from '../../src/modules/providers/index.js'
import { createTranslator } from '../../src/platform/i18n/translator.js'
import { addPerson, setSecondFactor, type TestPerson } from '../support/accounts.js'
import { hasChromium, launchBrowser, leadingOn, openPage, visitsOf, warnWithoutChromium } from '../support/browser.js'
import { newGuest } from '../support/guest.js'
import { postNeed } from '../support/posting.js'
import { startTestProduct, type TestProduct } from '../support/product.js'
import { complaintsOf, faultsOf } from './page-checks.js'

const VISITS = visitsOf(import.meta.url)

warnWithoutChromium()

const translators = createTranslator()
type Visit = (typeof VISITS)[number]

describe.skipIf(!hasChromium)("the park's curators and those who wait for them", () => {
  let product: TestProduct
  let browser: Browser
  let curator: TestPerson
  let made = 0

  beforeAll(async () => {
    ;[product, browser] = await Promise.all([startTestProduct({ unlimited: true }), launchBrowser()])
    curator = await addPerson(product, { staff: 'curator', name: 'Lê Thị Sáu' })
  })
  afterAll(async () => {
    await browser.close()
    expect(product.faults()).toEqual([])
    await product.close()
  })

  /** Somebody signed in through the form at a window of his own. */
  async function windowOf(person: TestPerson, { lang, width }: Visit) {
    const page = await openPage(browser, width)
    const complaints = complaintsOf(page)
    const go = (path: string) => page.goto(product.url + (lang === 'en' ? `/en${path}` : path))
    const t = translators(lang)
    const press = (name: string) => leadingOn(page, () => page.getByRole('button', { name, exact: true }).click())
    await go('/sign-in')
    await page.fill('#f-email', person.email)
    await page.fill('#f-password', person.password)
    if (person.staff) await setSecondFactor(product, person)
    await press(t('accounts.signIn.submit'))
    if (person.staff) {
      await page.fill('#f-code', (await product.core.secondFactor.codeNow(person.personId)) ?? '')
      await leadingOn(page, () => page.locator('main form .btn').first().click())
    }
    /** The page as it stands is fit to be shown. */
    const look = async () => expect([...(await faultsOf(page, lang)), ...complaints]).toEqual([])
    return { page, go, press, look, t }
  }

  async function listedFirm() {
    const domain = `bokinh${++made}.vn`
    const published = providerProfile.parse({
      name: { vi: `Công ty Bờ Kinh ${made}`, en: `Bờ Kinh ${made}` },
      description: { vi: 'Làm phần mềm cho trại cá', en: 'Software for fish farms' },
      park: { status: 'associated' },
      contacts: { website: { value: `https://${domain}`, visibility: 'public' } },
    })
    const edits = [{ slugFrom: `bo kinh ${made}`, source: 'import', set: { published } }]
    const parkId = product.core.park().id
    const what = { parkId, type: 'provider', by: 'test', why: 'test', edits } as const
    const [firm] = await product.core.change<ProviderProfile>(what)
    if (!firm) throw new Error('no firm')
    return { firm, domain }
  }

  async function linkIn(to: string): Promise<string> {
    const mail = await product.core.db.collection('mails').findOne({ to })
    return /(?:\/en)?\/claims\/\w+/.exec(String(mail?.text))?.[0] ?? ''
  }

  it.each(VISITS)('in $lang at $width px: a firm is taken over by a mail at its domain', async (visit) => {
    const { firm, domain } = await listedFirm()
    const person = await addPerson(product, { lang: visit.lang })
    const { page, go, press, look, t } = await windowOf(person, visit)
    await go(`/providers/${firm.slug}`)
    await look()
    await leadingOn(page, () => page.getByRole('link', { name: t('claims.link') }).click())
    await look()
    await page.getByLabel(t('claims.new.email')).fill('toi@gmail.com')
    await press(t('claims.new.sendMail'))
    expect(await page.getByRole('alert').textContent()).toContain(t('fields.errors.publicMail'))
    await look()
    await page.getByLabel(t('claims.new.email')).fill(`lienhe@${domain}`)
    await press(t('claims.new.sendMail'))
    await page.getByText(t('claims.new.mailed')).waitFor()
    await look()
    await page.goto(product.url + (await linkIn(`lienhe@${domain}`)))
    await look()
    await press(t('claims.confirm.submit'))
    await page.getByText(t('claims.notices.owner')).waitFor()
    expect(await product.core.memberships.of(person.personId)).toEqual([
      { type: 'provider', organisation: firm.id, role: 'owner' },
    ])
    await page.context().close()
  })

  it.each(VISITS)('in $lang at $width px: a firm is handed over by a curator', async (visit) => {
    const { firm } = await listedFirm()
    const person = await addPerson(product, { lang: visit.lang, name: 'Trần Thị Bảy' })
    const claimant = await windowOf(person, visit)
    await claimant.go(`/providers/${firm.slug}/claim`)
    await claimant.page.getByLabel(claimant.t('claims.new.note')).fill('Tôi là giám đốc')
    await claimant.press(claimant.t('claims.new.sendNote'))
    await claimant.look()

    const { page, go, press, look, t } = await windowOf(curator, visit)
    await go('/admin')
    await look()
    await leadingOn(page, () => page.getByRole('link', { name: nameIn(firm.published, visit.lang) }).click())
    await page.getByText('Tôi là giám đốc').waitFor()
    await look()
    await press(t('curation.sendBack.claim.submit'))
    expect(await page.getByRole('alert').textContent()).toContain(t('fields.errors.required'))
    await press(t('curation.approve.claim.submit'))
    await page.getByText(t('curation.notices.approved')).waitFor()
    await look()
    await claimant.go(`/providers/${firm.slug}/claim`)
    await claimant.page.getByText(t('claims.new.lead.member')).waitFor()
    await claimant.look()
    await Promise.all([page.context().close(), claimant.page.context().close()])
  })

  it.each(VISITS)("in $lang at $width px: a guest's need is sent back, another is published", async (visit) => {
    const titles = [++made, ++made].map((n) => `Dán tem cho khóm ${n}`)
    const sent = []
    for (const title of titles)
      sent.push(await postNeed(newGuest(product.url), {}, { title, email: `k${title.slice(-2).trim()}@tiem.example` }))
    const [unclear = '', clear = ''] = titles
    const { page, go, press, look, t } = await windowOf(curator, visit)
    await go('/admin?kind=need')
    await leadingOn(page, () => page.getByRole('link', { name: unclear }).click())
    await look()
    await page.getByLabel(t('curation.note'), { exact: true }).fill('Anh chị ghi thêm số vườn')
    await press(t('curation.sendBack.need.submit'))
    await go('/admin?kind=need')
    await leadingOn(page, () => page.getByRole('link', { name: clear }).click())
    await press(t('curation.approve.need.submit'))
    await page.getByText(t('curation.notices.approved')).waitFor()
    await product.core.indexing.poke()
    await findIn(page, () => go('/needs'), clear)
    expect(await page.getByRole('link', { name: unclear }).count()).toBe(0)
    await page.goto(product.url + (sent[0]?.location ?? ''))
    await page.getByText('Anh chị ghi thêm số vườn').waitFor()
    await page.context().close()
  })
})

const nameIn = (profile: ProviderProfile | null, lang: Lang) => profile?.name[lang] ?? ''

/** Lists follow what is published within moments. */
async function findIn(page: Page, load: () => Promise<unknown>, name: string): Promise<void> {
  await expect
    .poll(
      async () => {
        await load()
        return page.getByRole('link', { name }).count()
      },
      { timeout: 10_000 },
    )
    .toBe(1)
}
