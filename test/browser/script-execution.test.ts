import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { setSecondFactor, signedIn } from '../support/accounts.js'
import { hasChromium, launchBrowser, leadingOn, warnWithoutChromium } from '../support/browser.js'
import { crawl } from '../support/crawl.js'
import { filledIn, postingFormsIn } from '../support/forms.js'
import { newGuest } from '../support/guest.js'
import { postNeed } from '../support/posting.js'
import { startTestProduct, type TestProduct } from '../support/product.js'
import { addRoles, type Role, type Roles } from '../support/roles.js'

/** Scripts that people write into what others are shown: none runs, with the policy and without it. */

warnWithoutChromium()

const RUN = 'window.ran=1'
const SCRIPT = [
  `<script>${RUN}</script>`,
  `"><img src=x onerror=${RUN}>`,
  `'><svg/onload=${RUN}>`,
  `</textarea></title></script><script>${RUN}</script>`,
  `<a href="javascript:${RUN}" autofocus onfocus=${RUN}>x</a>`,
  `<iframe srcdoc="<script>parent.ran=1</script>">`,
  `{{constructor.constructor('${RUN}')()}}`,
  `<div hx-on:load="${RUN}" hx-get="/" hx-trigger="load">`,
  `<details open ontoggle=${RUN}>`,
].join(' ')

/** Collections whose texts people write, poisoned wherever there is one. */
const WRITTEN = ['providers', 'businesses', 'needs', 'people', 'introductions', 'cases', 'invitations', 'claims']

/** Who sees most comes first: of the others' pages only those are looked at that show it otherwise. */
const LOOKERS: readonly Role[] = [
  'administrator',
  'firm owner',
  'business owner',
  'person without organisation',
  'visitor',
]

describe.skipIf(!hasChromium)('scripts in what people write', () => {
  let product: TestProduct
  let roles: Roles
  let browser: Browser
  let invitation: string

  beforeAll(async () => {
    product = await startTestProduct({ demo: true, unlimited: true })
    roles = await addRoles(product)
    browser = await launchBrowser()
    invitation = await makeThings()
    await poison()
  }, 300_000)

  afterAll(async () => {
    await browser?.close()
    await product?.close()
  })

  /** An invitation, a claim and a guest's need, so that there are cases for curators. Resolves with the invitation's address. */
  async function makeThings(): Promise<string> {
    const owner = await roles.browser('firm owner')
    const members = `/organisations/${roles.firm.id}/members`
    await owner.get(members)
    await owner.post(members, { email: 'moi@tiem.example', role: 'editor' })
    const claimant = await roles.browser('person without organisation')
    const claim = `/providers/${roles.otherFirm.slug}/claim`
    const [form] = postingFormsIn((await claimant.get(claim)).text)
    if (form) await claimant.post(form.action, { ...filledIn(form), way: 'note', note: 'Tôi là giám đốc công ty này' })
    await postNeed(newGuest(product.url), {}, { title: 'Việc của tôi đây', name: 'Chị Bảy' })
    const mails = await product.core.db.collection('mails').find({ to: 'moi@tiem.example' }).toArray()
    return /\/invitations\/[\w-]+/.exec(String(mails[0]?.text))?.[0] ?? ''
  }

  async function poison(): Promise<void> {
    for (const name of WRITTEN) {
      const rows = product.core.db.collection(name)
      for await (const row of rows.find({})) await rows.replaceOne({ _id: row._id }, poisoned(row) as object)
    }
  }

  async function signIn(context: BrowserContext, role: Role): Promise<Page> {
    const page = await context.newPage()
    const person = roles.people.get(role)
    if (!person) return page
    if (person.staff) await setSecondFactor(product, person)
    await page.goto(`${product.url}/sign-in`)
    await page.fill('[name=email]', person.email)
    await page.fill('[name=password]', person.password)
    await leadingOn(page, () => page.click('main form .actions button'))
    if (person.staff) {
      await page.fill('[name=code]', (await product.core.secondFactor.codeNow(person.personId)) ?? '')
      await leadingOn(page, () => page.click('main form .actions button'))
    }
    return page
  }

  /** Pages that show what others have written, one of each kind, without those that `seen` has; it has them afterwards. */
  async function pathsOf(role: Role, seen: Set<string>): Promise<string[]> {
    const person = roles.people.get(role)
    const guest = person ? await signedIn(product, person) : newGuest(product.url)
    const paths = new Map<string, string>()
    for (const { route, text, path } of await crawl(guest, roles)) {
      // One person's page differs from another's by how much it shows of what is written.
      const view = `${route} ${text.split('window.ran').length}`
      if (!text.includes('window.ran') || paths.has(route) || seen.has(view)) continue
      paths.set(route, path)
      seen.add(view)
    }
    return [...paths.values(), invitation]
  }

  // Without the policy escaping alone must hold; with it, that is also told by what the policy has to stop.
  const looks = LOOKERS.map((role) => ({ role, bypassCSP: true }))
  const seen = { with: new Set<string>(), without: new Set<string>() }
  test.each([...looks, { role: 'visitor' as const, bypassCSP: false }])(
    'do not run for the $role (policy switched off: $bypassCSP)',
    async ({ role, bypassCSP }) => {
      const context = await browser.newContext({ bypassCSP, viewport: { width: 1280, height: 900 } })
      const page = await signIn(context, role)
      const noticed: string[] = []
      page.on('dialog', (dialog) => {
        noticed.push(`dialog on ${page.url()}`)
        void dialog.dismiss()
      })
      page.on('console', (message) => {
        // What the policy stops had got through the escaping.
        if (/Content Security Policy|Refused to/.test(message.text())) noticed.push(`${page.url()}: ${message.text()}`)
      })
      const paths = await pathsOf(role, bypassCSP ? seen.without : seen.with)
      expect(paths.length).toBeGreaterThan(1)
      for (const path of paths) {
        await page.goto(product.url + path, { waitUntil: 'load' })
        if (await page.evaluate('window.ran === 1')) noticed.push(`ran on ${path}`)
        const links = await page.evaluate("document.querySelectorAll('a[href^=javascript], img[src=x], iframe').length")
        if (links !== 0) noticed.push(`markup on ${path}`)
      }
      await context.close()
      console.log(`${role}: ${paths.length} pages`)
      expect(noticed).toEqual([])
    },
    120_000,
  )
})

/** The same value with a script behind each text; what has no space in it is an id, a code or an address. */
function poisoned(value: unknown): unknown {
  if (typeof value === 'string') return value.includes(' ') ? `${value} ${SCRIPT}` : value
  if (Array.isArray(value)) return value.map(poisoned)
  if (value && Object.getPrototypeOf(value) === Object.prototype)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, poisoned(inner)]))
  return value
}
