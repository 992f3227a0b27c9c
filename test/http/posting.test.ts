import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CONSENT_VERSION } from '../../src/modules/needs/posting/consent.js'
import { peopleModels } from '../../src/modules/people/people.model.js'
import { formOf, newGuest, unescaped } from '../support/guest.js'
import { CONTACT, guestNeeds, mailedPage, postNeed, STORY, toContact, toDetails } from '../support/posting.js'
import { startTestProduct, type TestProduct } from '../support/product.js'

let product: TestProduct

beforeAll(async () => {
  product = await startTestProduct({ demo: true, unlimited: true })
})
afterAll(() => product.close())

const newVisitor = () => newGuest(product.url)

const mails = async () =>
  (await product.core.db.collection('mails').find({}).toArray()).map(({ to, subject, text }) => ({
    to,
    subject,
    text: String(text),
  }))

describe('posting a need as a guest', () => {
  it('goes from the story over three steps to a page of his own', async () => {
    const before = await guestNeeds(product)
    const guest = newVisitor()
    const first = await guest.get('/needs/new')
    expect(first.text).toContain('Bước 1 trên 3')
    const second = await guest.get((await guest.submit(first, { problem: STORY })).location)
    expect(second.text).toContain('Bước 2 trên 3')
    const third = await guest.get(
      (
        await guest.submit(second, {
          services: ['traceability'],
          sector: 'fruit',
          ward: '31441',
          budget: '30-100',
          onSite: 'yes',
          tools: 'sổ tay, Zalo',
          mustHaves: 'dùng được trên điện thoại\r\ncó tiếng Việt\r\n',
        })
      ).location,
    )
    expect(third.text).toContain('Bước 3 trên 3')
    const sent = await guest.submit(third, { ...CONTACT, name: 'Chị Bảy' })
    expect([sent.status, sent.location]).toEqual([303, expect.stringMatching(/^\/my-need\/[0-9a-z]{32}$/)])

    const page = await guest.get(sent.location)
    expect(page.status).toBe(200)
    expect(unescaped(page.text)).toContain('Đã nhận nhu\u00a0cầu của anh\u00a0chị')
    expect(page.text).toContain('Ban quản lý chưa đăng công khai')
    expect(page.text).toContain(STORY)
    expect(page.text).toContain(`${product.core.config.publicUrl}${sent.location}`)
    expect(page.text).toContain('c•••@tiem.example')
    expect(page.text).not.toContain(CONTACT.email)

    const created = (await guestNeeds(product)).filter((n) => !before.some((b) => b.id === n.id))
    expect(created).toHaveLength(1)
    expect(created[0]).toMatchObject({ status: 'submitted', published: null, source: 'guest' })
    expect(created[0]?.working).toMatchObject({
      title: { vi: CONTACT.title },
      problem: { vi: STORY },
      anonymous: true,
      services: ['traceability'],
      sector: 'fruit',
      ward: '31441',
      budget: { min: 30_000_000, max: 100_000_000 },
      onSite: true,
      tools: ['sổ tay', 'Zalo'],
      mustHaves: ['dùng được trên điện thoại', 'có tiếng Việt'],
    })
  })

  it('keeps his address with the consent he gave, and mails him the link', async () => {
    const sent = await postNeed(
      newVisitor(),
      {},
      { email: 'Anh.Tu@Tiem.example', title: 'Sổ kho hay lệch $t(common.skip) {{park}}' },
    )
    const mail = (await mails()).find(({ to }) => to === 'anh.tu@tiem.example')
    const mailed = await mailedPage(product, sent.location)
    expect(mailed).not.toBe(sent.location)
    expect(mail?.text).toContain(`${product.core.config.publicUrl}${mailed}`)
    expect(mail?.text).not.toContain(sent.location)
    expect(mail?.subject).toBe('Đã nhận nhu cầu: Sổ kho hay lệch $t(common.skip) {{park}}')
    const { people, consents } = peopleModels(product.core.db)
    const person = await people.findOne({ email: 'anh.tu@tiem.example' }).lean()
    const consent = await consents.findOne({ personId: person?._id ?? '' }).lean()
    expect(consent).toMatchObject({
      purpose: 'guest-need',
      way: 'need-form',
      textVersion: CONSENT_VERSION,
      lang: 'vi',
      withdrawnAt: null,
    })
  })

  it('shows a posted need to nobody but who has its address', async () => {
    await postNeed(newVisitor(), {}, { title: 'Chuyện riêng chưa ai duyệt' })
    const need = (await guestNeeds(product)).find((n) => n.working?.title.vi === 'Chuyện riêng chưa ai duyệt')
    expect((await newVisitor().get(`/needs/${need?.slug}`)).status).toBe(404)
    expect((await newVisitor().get(`/api/v1/needs/${need?.slug}`)).status).toBe(404)
    expect((await newVisitor().get('/needs?q=chuyen+rieng+chua+ai+duyet&state=all')).text).not.toContain(
      'Chuyện riêng chưa ai duyệt',
    )
  })

  it('starts with the words and the trade that another page hands on', async () => {
    const guest = newVisitor()
    const page = await guest.get(
      `/needs/new?sector=rice&text=${encodeURIComponent('<b>lúa</b> & "sổ kho" hay lệch mãi')}`,
    )
    expect(formOf(page.text).fields).toMatchObject({ problem: '<b>lúa</b> & "sổ kho" hay lệch mãi', sector: 'rice' })
    const details = await guest.get((await guest.submit(page)).location)
    expect(formOf(details.text).fields).toMatchObject({ sector: 'rice' })
  })

  it('speaks English from step to step under /en, and in the mail', async () => {
    const guest = newVisitor()
    const details = await toDetails(
      guest,
      'We are a small rice mill and our stock never agrees with the books',
      '/en/needs/new',
    )
    expect(details.text).toContain('Step 2 of 3')
    const contact = await guest.get((await guest.submit(details)).location)
    const sent = await guest.submit(contact, { ...CONTACT, email: 'mill@rice.example' })
    expect(sent.location).toMatch(/^\/en\/my-need\//)
    expect((await guest.get(sent.location)).text).toContain('We have your need')
    const mail = (await mails()).find(({ to }) => to === 'mill@rice.example')
    expect(mail?.subject).toContain('We have your need')
    expect(mail?.text).toContain('/en/my-need/')
  })

  it('offers an unfinished need again to who comes back', async () => {
    const guest = newVisitor()
    await toDetails(guest, 'Quán hủ tiếu muốn khách gọi món bằng điện thoại. Bàn đông ghi nhầm hoài')
    const again = await guest.get('/needs/new')
    const href =
      /<a href="(\/needs\/new\/[0-9a-z]+\/details)">Quán hủ tiếu muốn khách gọi món bằng điện thoại<\/a>/.exec(
        again.text,
      )?.[1]
    expect((await guest.get(href ?? '')).text).toContain('Bước 2 trên 3')
  })

  it('lets him go back and change what he told, without losing the rest', async () => {
    const guest = newVisitor()
    const contact = await toContact(guest, { tools: 'sổ tay', budget: 'under-10' })
    const backToDetails = /<a href="([^"]+\/details)">/.exec(contact.text)?.[1] ?? ''
    const details = await guest.get(backToDetails)
    expect(formOf(details.text).fields).toMatchObject({ tools: 'sổ tay', budget: 'under-10' })
    const problem = await guest.get(/<a href="([^"]+\/problem)">/.exec(details.text)?.[1] ?? '')
    expect(formOf(problem.text).fields.problem).toBe(STORY)
    const changed = await guest.submit(problem, { problem: `${STORY}, gap lam` })
    expect(formOf((await guest.get(changed.location)).text).fields).toMatchObject({
      tools: 'sổ tay',
      budget: 'under-10',
    })
  })
})

describe('sending twice', () => {
  it('by going back and sending again leads to the same page, and there is one need', async () => {
    const guest = newVisitor()
    const contact = await toContact(guest)
    const before = (await guestNeeds(product)).length
    const first = await guest.submit(contact, CONTACT)
    const second = await guest.submit(contact, { ...CONTACT, title: 'Một tên khác hẳn' })
    expect(second.location).toBe(first.location)
    expect((await guestNeeds(product)).length).toBe(before + 1)
    expect((await guest.get(formOf(contact.text).action)).location).toBe(first.location)
  })

  it('by a double click leads to the same page, and there is one need and one mail', async () => {
    const guest = newVisitor()
    const contact = await toContact(guest)
    const before = [(await guestNeeds(product)).length, (await mails()).length]
    const sent = await Promise.all([1, 2, 3, 4].map(() => guest.submit(contact, CONTACT)))
    expect(sent.map(({ status }) => status)).toEqual([303, 303, 303, 303])
    expect(new Set(sent.map(({ location }) => location)).size).toBe(1)
    expect([(await guestNeeds(product)).length, (await mails()).length]).toEqual(before.map((n) => n + 1))
  })
})

describe("a guest's own page", () => {
  it('is kept out of caches, search engines and referrers', async () => {
    const { location } = await postNeed(newVisitor())
    const page = await newVisitor().get(location)
    expect(page.headers).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex, nofollow',
    })
    expect(page.text).toContain('<meta name="robots" content="noindex">')
  })

  it('shows him the firms that could do it, with reasons, and none once it has ended', async () => {
    const { location } = await postNeed(newVisitor())
    const holder = newVisitor()
    const page = await holder.get(location)
    expect(page.text).toMatch(/<h2 class="result-title" id="firms">\d+ doanh nghiệp có thể làm<\/h2>/)
    expect(page.text).toContain('<svg class="bridge"')
    await holder.submit(page)
    expect((await holder.get(location)).text).not.toContain('id="firms"')
  })

  it('lets him withdraw the need, once and for all', async () => {
    const { location } = await postNeed(newVisitor())
    const holder = newVisitor()
    const page = await holder.get(location)
    const [first, second] = await Promise.all([holder.submit(page), holder.submit(page)])
    expect([first?.status, first?.location, second?.status]).toEqual([303, location, 303])
    const after = await holder.get(location)
    expect(after.text).toContain('Anh chị đã rút lại ngày')
    expect(after.text).not.toContain('/withdraw')
    expect((await guestNeeds(product)).find((n) => n.working && n.status === 'closed')).toBeDefined()
  })

  it('shows him the page of a sixth need in a day too, though no mail goes to that address any more', async () => {
    const to = 'nguoi-bi-lam-phien@tiem.example'
    let page = ''
    for (let i = 1; i <= 6; i++) {
      const sent = await postNeed(newVisitor(), {}, { email: to, title: `Nhu cầu thứ ${i}` })
      page = (await newVisitor().get(sent.location)).text
    }
    expect(page).toContain('Nhu cầu thứ 6')
    expect(page).toContain('/my-need/')
    expect(page).toContain('Hôm nay đã gửi đủ thư')
    expect(page).not.toContain('đã gửi tới')
    expect((await mails()).filter((mail) => mail.to === to)).toHaveLength(5)
  })

  it('says what might have happened when the address leads nowhere', async () => {
    for (const key of ['abc', 'a'.repeat(32), '__proto__', '%F0%9F%92%A9']) {
      const answer = await newVisitor().get(`/my-need/${key}`)
      expect(answer.status).toBe(404)
      expect(answer.text).toContain('Địa chỉ bị thiếu hoặc dính thêm chữ')
    }
    const guest = newVisitor()
    await guest.get('/needs/new')
    expect((await guest.post('/my-need/abc/withdraw', {})).status).toBe(404)
  })
})

describe('a form without its token', () => {
  it.each(['/needs/new', '/en/needs/new', '/needs/new/abc/contact', '/my-need/abc/withdraw'])(
    'is refused at %s',
    async (path) => {
      const guest = newVisitor()
      await guest.get('/needs/new')
      const before = (await guestNeeds(product)).length
      expect((await guest.post(path, { problem: STORY }, { token: false })).status).toBe(403)
      expect((await guest.post(path, { problem: STORY, _csrf: ['a', 'b'] })).status).toBe(403)
      expect((await guestNeeds(product)).length).toBe(before)
    },
  )
})

it('has answered everything so far without a fault', () => expect(product.faults()).toEqual([]))
