import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Fields, formOf, newGuest, unescaped } from '../support/guest.js'
import { CONTACT, guestNeeds, postNeed, STORY, toContact, toDetails } from '../support/posting.js'
import { startTestProduct, type TestProduct } from '../support/product.js'

let product: TestProduct

beforeAll(async () => {
  product = await startTestProduct({ demo: false, unlimited: true })
})
afterAll(() => product.close())

const newVisitor = () => newGuest(product.url)

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
    const before = (await guestNeeds(product)).length
    const answer = await guest.post(formOf(contact.text).action, fields)
    expect(answer.status).toBe(422)
    expect(unescaped(answer.text)).toContain(message)
    expect((await guestNeeds(product)).length).toBe(before)
  })

  it('drops null bytes and line breaks where they do not belong', async () => {
    const guest = newVisitor()
    await postNeed(guest, {}, { title: 'Tem\u0000 cho\r\nkhóm\tBảy' })
    expect((await guestNeeds(product)).some((n) => n.working?.title.vi === 'Tem cho khóm Bảy')).toBe(true)
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

describe('drafts', () => {
  it('of two tabs do not touch each other', async () => {
    const guest = newVisitor()
    const one = await toDetails(guest, 'Tiệm tạp hóa cần tính tiền cho nhanh, cuối ngày khỏi cộng tay')
    const two = await toDetails(guest, 'Trại tôm cần biết oxy dưới ao lúc nửa đêm mà không phải thức')
    const oneContact = await guest.get((await guest.submit(one, { sector: 'retail' })).location)
    const twoContact = await guest.get((await guest.submit(two, { sector: 'aquaculture' })).location)
    await guest.submit(twoContact, { ...CONTACT, title: 'Oxy ao tôm nửa đêm' })
    await guest.submit(oneContact, { ...CONTACT, title: 'Tính tiền tạp hóa' })
    const posted = await guestNeeds(product)
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
    const before = (await guestNeeds(product)).length
    const answer = await guest.post(formOf(details.text).action.replace(/details$/, 'contact'), CONTACT)
    expect([answer.status, answer.location]).toEqual([303, formOf(details.text).action])
    expect((await guestNeeds(product)).length).toBe(before)
  })
})

it('has answered everything so far without a fault', () => expect(product.faults()).toEqual([]))
