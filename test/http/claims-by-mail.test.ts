import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { addPerson, signedIn } from '../support/accounts.js'
import { claimActs } from '../support/claims.js'
import { type Guest, newGuest } from '../support/guest.js'
import { linksIn, mainOf, textOf } from '../support/html.js'
import { mailsTo } from '../support/mails.js'
import { startTestProduct, type TestProduct } from '../support/product.js'

/** Getting hold of a listed firm’s page by a mailbox of the firm. */

let product: TestProduct
let curator: Guest
let now = new Date('2026-11-24T02:00:00Z')

const HOUR = 60 * 60_000
const later = (ms: number) => {
  now = new Date(now.getTime() + ms)
}
const { listedFirm, claimant, rolesAt, askByMail, linkFor, claimCase, opened } = claimActs(() => product)

beforeAll(async () => {
  product = await startTestProduct({ unlimited: true, clock: () => now })
})

// Anew each time: the clock of these tests is ahead of what a sign-in of the staff lives for.
beforeEach(async () => {
  curator = await signedIn(product, await addPerson(product, { staff: 'curator', name: 'Lê Thị Sáu' }))
})

afterAll(async () => {
  expect(product.faults()).toEqual([])
  await product.close()
})

describe('by a mailbox of the firm', () => {
  test('the firm page leads there, and the opened link makes him its owner once the button is pressed', async () => {
    const { firm, domain, path } = await listedFirm()
    const { person, browser } = await claimant()
    expect(linksIn((await browser.get(`/providers/${firm.slug}`)).text).map(({ href }) => href)).toContain(path)
    expect((await askByMail(browser, path, `lienhe@${domain}`)).status).toBe(303)
    const link = await linkFor(`lienhe@${domain}`)
    expect((await browser.get(link ?? '')).status).toBe(200)
    expect(await rolesAt(firm)).toEqual([])
    const done = await opened(link, browser)
    expect(done.location).toBe(`/organisations/${firm.id}`)
    expect(await rolesAt(firm)).toEqual([[person.personId, 'owner']])
    expect(textOf((await browser.get(done.location)).text)).toContain('Từ giờ anh chị giữ trang này')
    const audited = await product.core.db
      .collection('audit')
      .findOne({ action: 'claim-confirmed', by: person.personId })
    expect(audited).toMatchObject({ type: 'claim' })
  })

  test('the link works once', async () => {
    const { domain, path } = await listedFirm()
    const { browser } = await claimant()
    await askByMail(browser, path, `a@${domain}`)
    const link = await linkFor(`a@${domain}`)
    await opened(link, browser)
    expect((await opened(link, browser)).status).toBe(404)
  })

  test('the link works for a day', async () => {
    const { firm, domain, path } = await listedFirm()
    const { browser } = await claimant()
    await askByMail(browser, path, `a@${domain}`)
    const link = await linkFor(`a@${domain}`)
    later(24 * HOUR + 1)
    expect((await opened(link, browser)).status).toBe(404)
    expect(await rolesAt(firm)).toEqual([])
  })

  test('the link works for nobody but who asked, and not before signing in', async () => {
    const { firm, domain, path } = await listedFirm()
    const { person, browser } = await claimant()
    const { browser: stranger } = await claimant('Người lạ')
    await askByMail(browser, path, `a@${domain}`)
    const link = await linkFor(`a@${domain}`)
    expect((await opened(link, stranger)).status).toBe(404)
    const visitor = await newGuest(product.url).get(link ?? '')
    expect(visitor.location).toBe(`/sign-in?next=${encodeURIComponent(link ?? '')}`)
    expect(await rolesAt(firm)).toEqual([])
    await opened(link, browser)
    expect(await rolesAt(firm)).toEqual([[person.personId, 'owner']])
  })

  test('the newest link alone works', async () => {
    const { domain, path } = await listedFirm()
    const { browser } = await claimant()
    await askByMail(browser, path, `a@${domain}`)
    const first = await linkFor(`a@${domain}`)
    later(1000)
    await askByMail(browser, path, `a@${domain}`)
    expect((await opened(first, browser)).status).toBe(404)
    expect((await opened(await linkFor(`a@${domain}`), browser)).status).toBe(303)
  })

  test('an address elsewhere gets no mail, and the answer is the same', async () => {
    const { domain, path } = await listedFirm()
    const { browser } = await claimant()
    const { browser: other } = await claimant()
    const wrong = await askByMail(browser, path, 'toi@noikhac.vn')
    const right = await askByMail(other, path, `toi@${domain}`)
    expect(await linkFor('toi@noikhac.vn')).toBeNull()
    expect([wrong.status, wrong.location]).toEqual([right.status, right.location])
    const page = async (who: Guest) => textOf(mainOf((await who.get(path)).text))
    expect(await page(browser)).toBe(await page(other))
  })

  test('an address that the listing keeps to itself is not given away, and proves the firm all the same', async () => {
    const { path, firm } = await listedFirm({ email: { value: 'kin@rieng-cua-toi.vn', visibility: 'introduced' } })
    const { browser } = await claimant()
    expect((await browser.get(path)).text).not.toContain('rieng-cua-toi')
    expect((await askByMail(browser, path, 'toi@rieng-cua-toi.vn')).text).not.toContain('kin@')
    expect((await opened(await linkFor('toi@rieng-cua-toi.vn'), browser)).status).toBe(303)
    expect(await rolesAt(firm)).toHaveLength(1)
  })

  test('a mailbox that anybody may have proves nothing, also when the firm uses one', async () => {
    const { path } = await listedFirm({ email: { value: 'congty@gmail.com', visibility: 'public' } })
    const { browser } = await claimant()
    const answer = await askByMail(browser, path, 'congty@gmail.com')
    expect(answer.status).toBe(422)
    expect(answer.text).toContain('value="congty@gmail.com"')
    expect(await linkFor('congty@gmail.com')).toBeNull()
  })

  test("a firm's mailbox is not filled by strangers", async () => {
    const { domain, path } = await listedFirm()
    for (let i = 0; i < 7; i++) {
      const { browser } = await claimant()
      expect((await askByMail(browser, path, `info+${i}@${domain}`)).status).toBe(303)
    }
    const mails = await product.core.db.collection('mails').countDocuments({ to: { $regex: `@${domain}$` } })
    expect(mails).toBe(5)
  })

  test('a firm that has an owner goes to the curators, with what was proven', async () => {
    const { firm, domain, path } = await listedFirm()
    const owner = await addPerson(product, {
      name: 'Chủ cũ',
      memberships: [{ type: 'provider', organisation: firm.id, role: 'owner' }],
    })
    const { person, browser } = await claimant()
    await askByMail(browser, path, `a@${domain}`)
    await opened(await linkFor(`a@${domain}`), browser)
    expect(await rolesAt(firm)).toEqual([[owner.personId, 'owner']])
    const page = textOf((await curator.get((await claimCase(person)) ?? '')).text)
    expect(page).toContain('Chủ cũ')
    expect(page).toContain(`đã mở thư gửi tới @${domain}`)
    const [told] = await mailsTo(product, owner.email)
    expect(told?.text).toContain(`/organisations/${firm.id}/members`)
    expect(told?.text).not.toContain(person.email)
  })

  test('of two at the same moment one becomes the owner, the other goes to the curators', async () => {
    const { firm, domain, path } = await listedFirm()
    const [one, two] = [await claimant(), await claimant()]
    await askByMail(one.browser, path, `mot@${domain}`)
    await askByMail(two.browser, path, `hai@${domain}`)
    const links = [await linkFor(`mot@${domain}`), await linkFor(`hai@${domain}`)]
    await Promise.all([opened(links[0] ?? null, one.browser), opened(links[1] ?? null, two.browser)])
    expect(await rolesAt(firm)).toHaveLength(1)
    expect([await claimCase(one.person), await claimCase(two.person)].filter(Boolean)).toHaveLength(1)
  })
})
