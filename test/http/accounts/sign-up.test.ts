import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { peopleModels } from '../../../src/modules/people/people.model.js'
import { addPerson, signedIn } from '../../support/accounts.js'
import { waitingCases } from '../../support/cases.js'
import { tickingClock } from '../../support/clock.js'
import { type Guest, newGuest, unescaped } from '../../support/guest.js'
import { linkTo, mailsTo } from '../../support/mails.js'
import { guestNeeds, mailedPage, postNeed, toDetails } from '../../support/posting.js'
import { startTestProduct, type TestProduct } from '../../support/product.js'

const PASSWORD = 'con thuyền trên sông Hậu'
const HOUR = 3_600_000

let product: TestProduct
const { clock, later } = tickingClock()
beforeAll(async () => {
  product = await startTestProduct({ unlimited: true, clock })
})
afterAll(() => product.close())

let guest: Guest
let email: string
let count = 0
beforeEach(() => {
  guest = newGuest(product.url)
  email = `nguoi.${++count}@tiem.example`
})

const ask = async (path = '/sign-up', browser = guest, to = email) =>
  browser.submit(await browser.get(path), { email: to })
const FORM = { name: 'Chị Bảy', password: PASSWORD, consent: 'on' }
const complete = async (link: string, fields: Record<string, string> = FORM, browser = guest) =>
  browser.submit(await browser.get(link), fields)
const account = async (to = email) => product.core.people.accountHolder(product.core.park().id, to)

/** Asks for an account and fetches the link from the mailbox. */
async function askForLink(path?: string): Promise<string> {
  expect((await ask(path)).status).toBe(303)
  return linkTo(product, email, '/sign-up/')
}

describe('signing up', () => {
  it('goes by a mailed link to an account that is signed in', async () => {
    const link = await askForLink()
    const page = await guest.get(link)
    expect(page.headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
    expect(page.text).toContain(email)
    const done = await guest.submit(page, FORM)
    expect([done.status, done.location]).toEqual([303, '/account'])
    expect(unescaped((await guest.get('/account')).text)).toContain('Chị Bảy')

    const person = await account()
    expect(person).toMatchObject({ name: 'Chị Bảy', lang: 'vi', hasAccount: true })
    const consent = await peopleModels(product.core.db)
      .consents.findOne({ personId: person?._id ?? '' })
      .lean()
    expect(consent).toMatchObject({ purpose: 'account', lang: 'vi', textVersion: '2026-11-24', withdrawnAt: null })
  })

  it('keeps the language of the page as the one he is written in', async () => {
    await ask('/en/sign-up')
    await complete(await linkTo(product, email, '/en/sign-up/'))
    expect(await account()).toMatchObject({ lang: 'en' })
  })

  it('leads back to the page he came from, through the mail', async () => {
    const link = await askForLink('/sign-up?next=/needs/new')
    expect((await complete(link)).location).toBe('/needs/new')
  })

  it.each(['https://evil.example/', '//evil.example', '/\\evil.example', 'javascript:alert(1)'])(
    'never leads on to %s',
    async (target) => {
      const link = await askForLink(`/sign-up?next=${encodeURIComponent(target)}`)
      expect((await complete(link)).location).toBe('/account')
      const asked = newGuest(product.url)
      await asked.get('/sign-up')
      const sent = await asked.post('/sign-up', { email: `x${email}`, next: target })
      expect(sent.location).toBe('/sign-up?sent=1')
    },
  )

  it('carries the draft of a need along, under a new session id', async () => {
    const others = await sessionIds()
    const details = await toDetails(guest)
    const mine = without(await sessionIds(), others)
    expect(mine).toHaveLength(1)
    await complete(await askForLink())
    expect(await sessionIds()).not.toContain(mine[0])
    const draft = /action="([^"]+)"/.exec(details.text)?.[1] ?? ''
    expect((await guest.get(draft)).status).toBe(200)
  })

  it('uses nothing up when a link is only opened, as mail scanners do', async () => {
    const link = await askForLink()
    for (let i = 0; i < 3; i++) expect((await newGuest(product.url).get(link)).status).toBe(200)
    expect((await complete(link)).status).toBe(303)
  })

  it('takes a link once', async () => {
    const link = await askForLink()
    await complete(link)
    const again = newGuest(product.url)
    expect((await again.get(link)).status).toBe(404)
    await again.get('/sign-up')
    expect((await again.post(link, { ...FORM, password: 'kẻ khác tới sau' })).status).toBe(404)
  })

  it('makes one account of two requests at once, with one link or with two', async () => {
    const links = [await askForLink(), await askForLink()]
    const browsers = [0, 1, 0].map((which) => ({ browser: newGuest(product.url), link: links[which] ?? '' }))
    for (const { browser, link } of browsers) await browser.get(link)
    const answers = await Promise.all(browsers.map(({ browser, link }) => browser.post(link, FORM)))
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 404, 404])
    expect(await peopleModels(product.core.db).people.countDocuments({ email, hasAccount: true })).toBe(1)
  })

  it('takes no link that is older than a day', async () => {
    const link = await askForLink()
    later(24 * HOUR)
    expect((await guest.get(link)).status).toBe(404)
  })

  it('takes no key of another purpose', async () => {
    const person = await addPerson(product)
    await guest.submit(await guest.get('/reset'), { email: person.email })
    const key = (await linkTo(product, person.email, '/reset/')).replace('/reset/', '')
    expect((await guest.get(`/sign-up/${key}`)).status).toBe(404)
    expect((await guest.post(`/sign-up/${key}`, FORM)).status).toBe(404)
  })

  it('answers alike whether there is an account, and tells only the mailbox', async () => {
    const { email: known } = await addPerson(product)
    const [a, b] = [newGuest(product.url), newGuest(product.url)]
    const fresh = await ask('/sign-up', a, email)
    const taken = await ask('/sign-up', b, known)
    expect([taken.status, taken.location]).toEqual([fresh.status, fresh.location])
    const [freshPage, takenPage] = [await a.get(fresh.location), await b.get(taken.location)]
    expect(takenPage.text.replaceAll(known, '')).toBe(freshPage.text.replaceAll(email, ''))
    const [mail] = await mailsTo(product, known)
    expect(mail?.subject).toBe('Anh chị đã có tài khoản Cầu Nối Số')
    expect(mail?.text).toContain('/sign-in')
    expect(mail?.text).not.toContain('/sign-up/')
  })

  it.each([
    [{ ...FORM, password: 'vịt 9 con' }, 'hơi ngắn'],
    [{ ...FORM, password: 'qwertyuiop' }, 'nhiều người dùng quá'],
    [{ ...FORM, password: 'chi.bay-2026' }, 'tên hoặc địa chỉ thư'],
    [{ ...FORM, consent: '' }, 'Cần anh chị đồng ý'],
    [{ ...FORM, name: ' ' }, 'Chỗ này chưa điền'],
  ])('tells what is wrong with the form, and repeats no password', async (fields, message) => {
    const answer = await complete(await askForLink(), fields)
    expect(answer.status).toBe(422)
    expect(unescaped(answer.text).replaceAll('\u00a0', ' ')).toContain(message)
    if (fields.password) expect(answer.text).not.toContain(fields.password)
    expect(await account()).toBeNull()
  })

  it('ticks no box beforehand', async () => {
    expect((await guest.get(await askForLink())).text).toMatch(/type="checkbox" name="consent" value="on"(?! checked)/)
  })

  it('stops writing to an address after five mails a day, and says nothing of it', async () => {
    for (let i = 0; i < 7; i++) expect((await ask()).location).toBe('/sign-up?sent=1')
    expect(await mailsTo(product, email)).toHaveLength(5)
  })
})

describe('signing up with the address of needs posted as a guest', () => {
  it('adopts them, and their links act for nobody any more: they lead to where he signs in', async () => {
    const links: string[] = []
    for (const title of ['Nhu cầu thứ nhất', 'Nhu cầu thứ hai']) {
      const { location } = await postNeed(newGuest(product.url), {}, { email, title })
      links.push(location, await mailedPage(product, location))
    }
    await postNeed(newGuest(product.url), {}, { email: 'ai-khac@tiem.example', title: 'Của người khác' })
    await complete(await askForLink())
    const person = await account()
    const mine = (await guestNeeds(product)).filter(({ ownerId }) => ownerId === person?._id)
    expect(mine.map(({ working }) => working?.title.vi).sort()).toEqual(['Nhu cầu thứ hai', 'Nhu cầu thứ nhất'])
    const ids = mine.map(({ id }) => id)
    for (const link of links) {
      const visitor = newGuest(product.url)
      await visitor.get('/needs/new')
      const answers = [
        ...[await visitor.get(link), await visitor.get(`${link}/copy`), await visitor.post(`${link}/withdraw`, {})],
        ...[await visitor.post(`${link}/erasure`, {}), await visitor.get(`${link}/firms/abc`)],
        await visitor.get(`${link}/introductions/abc`),
      ]
      for (const { status, location } of answers) {
        expect([status, ids.includes(location.replace('/account/needs/', ''))]).toEqual([303, true])
        expect((await visitor.get(location)).location).toBe(`/sign-in?next=${encodeURIComponent(location)}`)
        expect((await guest.get(location)).status).toBe(200)
      }
    }

    const { people, consents, links: keys } = peopleModels(product.core.db)
    expect(await people.countDocuments({ email })).toBe(1)
    const of = { personId: person?._id ?? '' }
    expect(await consents.countDocuments({ ...of, purpose: 'guest-need' })).toBe(2)
    expect(await keys.countDocuments(of)).toBe(4)
    const waiting = await waitingCases(product)
    const byId = new Map(mine.map((need) => [need.id, need]))
    const cases = waiting.filter(({ kind, recordId }) => kind === 'need' && byId.has(recordId))
    expect(cases.map(({ personId, version, recordId }) => [personId, version === byId.get(recordId)?.version])).toEqual(
      [
        [person?._id, true],
        [person?._id, true],
      ],
    )
  })
})

describe('signing in', () => {
  it('carries the draft of a need along, under a new session id', async () => {
    const person = await addPerson(product)
    const others = await sessionIds()
    const details = await toDetails(guest)
    const mine = without(await sessionIds(), others)
    expect(mine).toHaveLength(1)
    const done = await guest.submit(await guest.get('/sign-in?next=/needs'), {
      email: person.email,
      password: person.password,
    })
    expect(done.location).toBe('/needs')
    expect(await sessionIds()).not.toContain(mine[0])
    expect((await guest.get(/action="([^"]+)"/.exec(details.text)?.[1] ?? '')).status).toBe(200)
  })

  it('ends the sign-in that was there before on the same browser', async () => {
    const [first, second] = [await addPerson(product), await addPerson(product)]
    const browser = await signedIn(product, first)
    await browser.get('/sign-up')
    await browser.get('/reset')
    const { email: to } = second
    await browser.submit(await browser.get('/reset'), { email: to })
    await browser.submit(await browser.get(await linkTo(product, to, '/reset/')), { password: PASSWORD })
    expect(await product.core.signIns.of(first.personId)).toEqual([])
    expect((await browser.get('/account')).text).toContain(to)
  })

  it.each(['https://evil.example/', '//evil.example', '/%5Cevil.example/..//evil.example', '/\t/evil.example'])(
    'never leads on to %s',
    async (next) => {
      const person = await addPerson(product)
      await guest.get('/sign-in')
      const done = await guest.post('/sign-in', { email: person.email, password: person.password, next })
      expect(new URL(done.location, product.url).host).toBe(new URL(product.url).host)
    },
  )

  it('offers ways on to who has forgotten his password or has no account, with the page he came from', async () => {
    const text = unescaped((await guest.get('/sign-in?next=/account')).text)
    expect(text).toContain('href="/reset?next=%2Faccount"')
    expect(text).toContain('href="/sign-up?next=%2Faccount"')
  })
})

/** Ids of all sessions there are. */
async function sessionIds(): Promise<string[]> {
  const rows = await product.core.db.collection('sessions').find({}).toArray()
  return rows.map(({ _id }) => String(_id))
}

const without = (ids: readonly string[], others: readonly string[]) => ids.filter((id) => !others.includes(id))
