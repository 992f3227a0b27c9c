import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { NeedContent } from '../../src/modules/needs/index.js'
import { CONSENT_VERSION } from '../../src/modules/needs/posting/consent.js'
import { peopleModels } from '../../src/modules/people/people.model.js'
import type { StoredRecord } from '../../src/platform/records/record.types.js'
import { type Answer, type Fields, formOf, type Guest, newGuest, unescaped } from '../support/guest.js'
import { startTestProduct, type TestProduct } from '../support/product.js'

const STORY = 'htx trong khom, 40 ho, sieu thi doi dan tem truy xuat nguon goc. khach quet ma phai thay vuon nao'
const CONTACT = { title: 'Dán tem truy xuất cho khóm', email: 'chi.bay@tiem.example', consent: 'on' }

let product: TestProduct

beforeAll(async () => {
  product = await startTestProduct({ demo: true, unlimited: true })
})
afterAll(() => product.close())

const newVisitor = () => newGuest(product.url)

const guestNeeds = async () => {
  const found: StoredRecord<NeedContent>[] = []
  for await (const need of product.core.records.each<NeedContent>('need', 'guest')) found.push(need)
  return found
}

const mails = async () =>
  (await product.core.db.collection('mails').find({}).toArray()).map(({ to, subject, text }) => ({
    to,
    subject,
    text: String(text),
  }))

async function toDetails(guest: Guest, problem = STORY, path = '/needs/new'): Promise<Answer> {
  const started = await guest.submit(await guest.get(path), { problem })
  expect(started.status).toBe(303)
  return guest.get(started.location)
}

async function toContact(guest: Guest, details: Fields = {}): Promise<Answer> {
  const saved = await guest.submit(await toDetails(guest), details)
  expect(saved.status).toBe(303)
  return guest.get(saved.location)
}

async function post(guest: Guest, details: Fields = {}, contact: Fields = {}): Promise<Answer> {
  const sent = await guest.submit(await toContact(guest, details), { ...CONTACT, ...contact })
  expect(sent.status).toBe(303)
  return sent
}

describe('posting a need as a guest', () => {
  it('goes from the story over three steps to a page of his own', async () => {
    const before = await guestNeeds()
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
    expect(unescaped(page.text)).toContain('Đã nhận nhu cầu của anh chị')
    expect(page.text).toContain('Ban quản lý chưa đăng công khai')
    expect(page.text).toContain(STORY)
    expect(page.text).toContain(`${product.core.config.publicUrl}${sent.location}`)
    expect(page.text).toContain('c•••@tiem.example')
    expect(page.text).not.toContain(CONTACT.email)

    const created = (await guestNeeds()).filter((n) => !before.some((b) => b.id === n.id))
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
    const sent = await post(
      newVisitor(),
      {},
      { email: 'Anh.Tu@Tiem.example', title: 'Sổ kho hay lệch $t(common.skip) {{park}}' },
    )
    const mail = (await mails()).find(({ to }) => to === 'anh.tu@tiem.example')
    expect(mail?.text).toContain(`${product.core.config.publicUrl}${sent.location}`)
    expect(mail?.subject).toBe('Đã nhận nhu cầu: Sổ kho hay lệch $t(common.skip) {{park}}')
    const { people, consents } = peopleModels(product.core.db)
    const person = await people.findOne({ email: 'anh.tu@tiem.example' }).lean()
    const consent = await consents.findOne({ personId: person?._id ?? '' }).lean()
    expect(consent).toMatchObject({
      purpose: 'guest-need',
      textVersion: CONSENT_VERSION,
      lang: 'vi',
      withdrawnAt: null,
    })
  })

  it('shows a posted need to nobody but who has its address', async () => {
    await post(newVisitor(), {}, { title: 'Chuyện riêng chưa ai duyệt' })
    const need = (await guestNeeds()).find((n) => n.working?.title.vi === 'Chuyện riêng chưa ai duyệt')
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

describe('what is wrong with a step', () => {
  it('is said at the field and in a summary, with everything typed kept', async () => {
    const guest = newVisitor()
    const answer = await guest.submit(await toContact(guest), {
      title: 'Tem <khóm>',
      email: 'khong-dung',
      name: 'Bảy "Khóm"',
    })
    expect(answer.status).toBe(422)
    expect(answer.text).toContain('Còn 2 chỗ cần xem lại')
    expect(answer.text).toContain('<a href="#f-email">')
    expect(answer.text).toContain('<a href="#f-consent">')
    expect(answer.text).toContain('id="f-email-error"')
    expect(formOf(answer.text).fields).toMatchObject({ title: 'Tem <khóm>', email: 'khong-dung', name: 'Bảy "Khóm"' })
    expect(formOf(answer.text).fields.consent).toBeUndefined()
  })

  it('keeps choices and texts of the details too', async () => {
    const guest = newVisitor()
    const typed = {
      services: ['traceability', 'website'],
      sector: 'fruit',
      budget: '10-30',
      onSite: 'no',
      deadline: '2020-01-31',
      outcome: 'khách thấy vườn',
      mustHaves: 'một\nhai',
    }
    const answer = await guest.submit(await toDetails(guest), typed)
    expect(answer.status).toBe(422)
    expect(answer.text).toContain('Ngày này đã qua')
    expect(formOf(answer.text).fields).toMatchObject(typed)
  })

  it('never ticks the consent beforehand', async () => {
    const guest = newVisitor()
    const contact = await toContact(guest)
    expect(formOf(contact.text).fields.consent).toBeUndefined()
    expect(contact.text).toContain('href="/privacy"')
  })

  it.each<[string, Fields, string]>([
    ['an empty story', { problem: '   ' }, 'Chỗ này chưa điền'],
    ['a story of two words', { problem: 'cần giúp' }, 'Kể thêm một chút'],
    ['a story without end', { problem: 'a'.repeat(4_001) }, 'nhiều nhất 4.000 ký tự'],
    ['two stories', { problem: [STORY, STORY] }, 'Chỗ này cần điền bằng chữ'],
    ['a trade that there is not', { problem: STORY, sector: 'astrology' }, 'Không có mục này'],
    ['a field that there is not', { problem: STORY, $where: '1' }, 'Không có trường này'],
  ])('refuses %s in the first step', async (_, fields, message) => {
    const guest = newVisitor()
    await guest.get('/needs/new')
    const answer = await guest.post('/needs/new', fields)
    expect(answer.status).toBe(422)
    expect(answer.text).toContain(message)
    expect(answer.cookies.filter((cookie) => cookie.startsWith('sid'))).toEqual([])
  })

  it.each<[string, Fields, string]>([
    ['a service that there is not', { services: ['traceability', 'fortune-telling'] }, 'Không có mục này'],
    ['a service that is no id', { services: "'; drop table" }, 'Không có mục này'],
    ['more services than anybody needs', { services: Array.from({ length: 21 }, () => 'website') }, 'tối đa 20 mục'],
    ['a trade that there is not', { sector: 'astrology' }, 'Không có mục này'],
    ['a ward that there is not', { ward: '99999' }, 'Không có phường, xã này'],
    ['two wards', { ward: ['31441', '31441'] }, 'Chỗ này cần điền bằng chữ'],
    ['a budget that is not offered', { budget: '1000000' }, 'chọn một trong các mục'],
    ['a day that there is not', { deadline: '2027-02-30' }, 'Ngày chưa đúng'],
    ['a day that has passed', { deadline: '2021-01-01' }, 'Ngày này đã qua'],
    ['an answer that is neither yes nor no', { onSite: 'maybe' }, 'chọn một trong các mục'],
    [
      'thirty things that it must have',
      { mustHaves: Array.from({ length: 30 }, (_, i) => `điều ${i}`).join('\n') },
      'tối đa 20 mục',
    ],
    ['a field that there is not', { status: 'published' }, 'Không có trường này'],
  ])('refuses %s in the second step', async (_, fields, message) => {
    const guest = newVisitor()
    const details = await toDetails(guest)
    const answer = await guest.post(formOf(details.text).action, fields)
    expect(answer.status).toBe(422)
    expect(unescaped(answer.text)).toContain(message)
    // Nothing was saved: the last step still sends back here.
    const contact = formOf(details.text).action.replace(/details$/, 'contact')
    expect((await guest.get(contact)).location).toMatch(/\/details$/)
  })

  it.each<[string, Fields, string]>([
    ['a title of one letter', { ...CONTACT, title: 'x' }, 'Chỗ này chưa điền'],
    ['an address that is none', { ...CONTACT, email: 'a@b' }, 'Địa chỉ thư chưa đúng'],
    ['two addresses', { ...CONTACT, email: ['a@b.example', 'c@d.example'] }, 'Chỗ này cần điền bằng chữ'],
    ['a mail header in the address', { ...CONTACT, email: 'a@b.example\r\nBcc: c@d.example' }, 'Địa chỉ thư chưa đúng'],
    ['no consent', { title: CONTACT.title, email: CONTACT.email }, 'Cần anh chị đồng ý'],
    ['a consent that is something else', { ...CONTACT, consent: 'false' }, 'Cần anh chị đồng ý'],
  ])('refuses %s in the last step, and takes no need', async (_, fields, message) => {
    const guest = newVisitor()
    const contact = await toContact(guest)
    const before = (await guestNeeds()).length
    const answer = await guest.post(formOf(contact.text).action, fields)
    expect(answer.status).toBe(422)
    expect(unescaped(answer.text)).toContain(message)
    expect((await guestNeeds()).length).toBe(before)
  })

  it('drops null bytes and line breaks where they do not belong', async () => {
    const guest = newVisitor()
    await post(guest, {}, { title: 'Tem\u0000 cho\r\nkhóm\tBảy' })
    expect((await guestNeeds()).some((n) => n.working?.title.vi === 'Tem cho khóm Bảy')).toBe(true)
  })

  it('is not a field that reaches for the prototype: it is passed over and reaches nothing', async () => {
    const guest = newVisitor()
    await guest.get('/needs/new')
    const answer = await guest.post('/needs/new', { problem: STORY, ['__proto__']: 'polluted' })
    expect(answer.status).toBe(303)
    expect(formOf((await guest.get(answer.location)).text).fields.text).toBe(STORY)
    expect(Object.getPrototypeOf({})).toBe(Object.prototype)
  })

  it('answers a body of 1 MB with 413', async () => {
    const guest = newVisitor()
    await guest.get('/needs/new')
    expect((await guest.post('/needs/new', { problem: 'a'.repeat(1_000_000) })).status).toBe(413)
  })
})

describe('sending twice', () => {
  it('by going back and sending again leads to the same page, and there is one need', async () => {
    const guest = newVisitor()
    const contact = await toContact(guest)
    const before = (await guestNeeds()).length
    const first = await guest.submit(contact, CONTACT)
    const second = await guest.submit(contact, { ...CONTACT, title: 'Một tên khác hẳn' })
    expect(second.location).toBe(first.location)
    expect((await guestNeeds()).length).toBe(before + 1)
    expect((await guest.get(formOf(contact.text).action)).location).toBe(first.location)
  })

  it('by a double click leads to the same page, and there is one need and one mail', async () => {
    const guest = newVisitor()
    const contact = await toContact(guest)
    const before = [(await guestNeeds()).length, (await mails()).length]
    const sent = await Promise.all([1, 2, 3, 4].map(() => guest.submit(contact, CONTACT)))
    expect(sent.map(({ status }) => status)).toEqual([303, 303, 303, 303])
    expect(new Set(sent.map(({ location }) => location)).size).toBe(1)
    expect([(await guestNeeds()).length, (await mails()).length]).toEqual(before.map((n) => n + 1))
  })
})

describe('drafts', () => {
  it('of two tabs do not touch each other', async () => {
    const guest = newVisitor()
    const one = await toDetails(guest, 'Tiệm tạp hóa cần tính tiền cho nhanh, cuối ngày khỏi cộng tay')
    const two = await toDetails(guest, 'Trại tôm cần biết oxy dưới ao lúc nửa đêm mà không phải thức')
    const oneContact = await guest.get((await guest.submit(one, { sector: 'retail' })).location)
    const twoContact = await guest.get((await guest.submit(two, { sector: 'aquaculture' })).location)
    await guest.submit(twoContact, { ...CONTACT, title: 'Oxy ao tôm nửa đêm' })
    await guest.submit(oneContact, { ...CONTACT, title: 'Tính tiền tạp hóa' })
    const posted = await guestNeeds()
    const sectorOf = (title: string) => posted.find((n) => n.working?.title.vi === title)?.working?.sector
    expect([sectorOf('Oxy ao tôm nửa đêm'), sectorOf('Tính tiền tạp hóa')]).toEqual(['aquaculture', 'retail'])
  })

  it('belong to one visitor alone', async () => {
    const details = await toDetails(newVisitor())
    const other = await newVisitor().get(formOf(details.text).action)
    expect(other.status).toBe(404)
    expect(other.text).not.toContain(STORY)
  })

  it('that are lost give the story back to be sent again', async () => {
    const details = await toDetails(newVisitor())
    const { action, fields } = formOf(details.text)
    const other = newVisitor()
    await other.get('/needs/new')
    const answer = await other.post(action, { text: String(fields.text) })
    expect(answer.status).toBe(404)
    expect(answer.text).toContain('Bản đang viết không còn nữa')
    expect(formOf(answer.text)).toMatchObject({ action: '/needs/new', fields: { problem: STORY } })
    expect((await other.submit(answer)).status).toBe(303)
  })

  it.each(['__proto__', 'constructor', 'toString', 'a'.repeat(500)])(
    'are not found under the name %s',
    async (name) => {
      const guest = newVisitor()
      await toDetails(guest)
      expect((await guest.get(`/needs/new/${name}/details`)).status).toBe(404)
    },
  )

  it('have three steps and no other', async () => {
    const guest = newVisitor()
    const details = await toDetails(guest)
    for (const step of ['publish', 'constructor', '']) {
      expect((await guest.get(formOf(details.text).action.replace(/details$/, step))).status).toBe(404)
    }
  })

  it('cannot be sent before the details were seen', async () => {
    const guest = newVisitor()
    const details = await toDetails(guest)
    const before = (await guestNeeds()).length
    const answer = await guest.post(formOf(details.text).action.replace(/details$/, 'contact'), CONTACT)
    expect([answer.status, answer.location]).toEqual([303, formOf(details.text).action])
    expect((await guestNeeds()).length).toBe(before)
  })
})

describe("a guest's own page", () => {
  it('is kept out of caches, search engines and referrers', async () => {
    const { location } = await post(newVisitor())
    const page = await newVisitor().get(location)
    expect(page.headers).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex, nofollow',
    })
    expect(page.text).toContain('<meta name="robots" content="noindex">')
  })

  it('shows him the firms that could do it, with reasons, and none once it has ended', async () => {
    const { location } = await post(newVisitor())
    const holder = newVisitor()
    const page = await holder.get(location)
    expect(page.text).toMatch(/<h2 class="result-title" id="firms">\d+ doanh nghiệp có thể làm<\/h2>/)
    expect(page.text).toContain('<svg class="bridge"')
    await holder.submit(page)
    expect((await holder.get(location)).text).not.toContain('id="firms"')
  })

  it('lets him withdraw the need, once and for all', async () => {
    const { location } = await post(newVisitor())
    const holder = newVisitor()
    const page = await holder.get(location)
    const [first, second] = await Promise.all([holder.submit(page), holder.submit(page)])
    expect([first?.status, first?.location, second?.status]).toEqual([303, location, 303])
    const after = await holder.get(location)
    expect(after.text).toContain('Anh chị đã rút lại ngày')
    expect(after.text).not.toContain('/withdraw')
    expect((await guestNeeds()).find((n) => n.working && n.status === 'closed')).toBeDefined()
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
      const before = (await guestNeeds()).length
      expect((await guest.post(path, { problem: STORY }, { token: false })).status).toBe(403)
      expect((await guest.post(path, { problem: STORY, _csrf: ['a', 'b'] })).status).toBe(403)
      expect((await guestNeeds()).length).toBe(before)
    },
  )
})

it('has answered everything so far without a fault', () => expect(product.faults()).toEqual([]))
