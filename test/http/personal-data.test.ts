import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ProviderProfile } from '../../src/modules/providers/index.js'
import { addPerson, signedIn } from '../support/accounts.js'
import { newGuest } from '../support/guest.js'
import { dataActs } from '../support/personal-data.js'
import { postNeed } from '../support/posting.js'
import { startTestProduct, type TestProduct } from '../support/product.js'

let product: TestProduct
let now = new Date('2026-11-24T03:00:00Z')

beforeAll(async () => {
  product = await startTestProduct({ demo: true, unlimited: true, clock: () => now })
})
afterAll(async () => {
  expect(product.faults()).toEqual([])
  await product.close()
})

const { traces, agree, own, firms, download } = dataActs(() => product)

describe('the page of one’s own data', () => {
  it('says in words what is kept, and offers it as a file that holds no hash and nobody else', async () => {
    const person = await addPerson(product, { name: 'Nguyễn Thị Mận', email: 'man@vuon.example' })
    const other = await addPerson(product, { name: 'Trần Văn Khác', email: 'khac@vuon.example' })
    await agree(person, 'account')
    const browser = await signedIn(product, person)
    const page = await browser.get('/account/data')
    expect(page.status).toBe(200)
    expect(page.text).toContain('1 lần đăng nhập')
    expect(page.text).toContain('Tôi đồng ý để ban quản lý')

    const copy = await download(browser)
    expect(copy).toMatchObject({
      person: { name: 'Nguyễn Thị Mận', email: 'man@vuon.example' },
      account: { password: true },
      consents: [{ purpose: 'account', way: 'sign-up', withdrawnAt: null }],
    })
    const text = JSON.stringify(copy)
    for (const secret of ['argon2', 'passwordHash', other.email, other.personId, 'Trần Văn Khác'])
      expect(text).not.toContain(secret)
  })

  it('holds no key of a mailed link, or it would prove a mailbox that is not his', async () => {
    const { core } = product
    const person = await addPerson(product)
    const [firm] = await firms()
    const record = await core.records.byId<ProviderProfile>('provider', firm)
    const published = {
      ...record?.published,
      contacts: { email: { value: 'lien.he@hang-sao.example', visibility: 'public' } },
    }
    await core.change({
      ...{ parkId: core.park().id, type: 'provider', by: 'system:test', why: 'for a test' },
      edits: [{ id: firm, set: { published } }],
    })
    const browser = await signedIn(product, person)
    const claim = `/providers/${record?.slug}/claim`
    await browser.get(claim)
    expect((await browser.post(claim, { way: 'mail', email: 'giam.doc@hang-sao.example' })).status).toBe(303)
    await browser.get('/account/address')
    expect((await browser.post('/account/address', { email: 'nan.nhan@noi-khac.example' })).status).toBe(303)
    await browser.post('/reset', { email: person.email })
    const copy = await download(browser)
    const mails = copy.mails as { to: string; text: string }[]
    expect(mails.map(({ to }) => to).sort()).toEqual(
      ['giam.doc@hang-sao.example', 'nan.nhan@noi-khac.example', person.email, person.email].sort(),
    )
    for (const { text } of await core.db.collection('mails').find({ personId: person.personId }).toArray())
      expect(text).toMatch(/\/[0-9a-z]{32}(?![0-9a-z])/)
    expect(JSON.stringify(mails)).not.toMatch(/[0-9a-z]{32}/)
  })

  it('holds what one’s needs said before, and of a business’s need only what stands there now', async () => {
    const browsers = newGuest(product.url)
    const person = await addPerson(product)
    for (const title of ['Máy sấy lúa ngừng giữa mẻ', 'Sổ công của tổ hợp tác'])
      await postNeed(browsers, {}, { title, email: `${title.length}@lua.example` })
    await own(person, 'Máy sấy lúa ngừng giữa mẻ')
    await own(person, 'Sổ công của tổ hợp tác', 'some-business')
    const { needs } = (await download(await signedIn(product, person))) as { needs: { earlier: unknown[] }[] }
    const earlier = needs.map((need) => need.earlier)
    expect(earlier.map(({ length }) => length).sort()).toEqual([0, 1])
    expect(earlier.flat()).toMatchObject([{ version: 1, working: { title: { vi: 'Máy sấy lúa ngừng giữa mẻ' } } }])
  })

  it('withdraws a consent at once, and keeps the history of it', async () => {
    const person = await addPerson(product)
    await agree(person, 'introduction')
    const browser = await signedIn(product, person)
    const page = await browser.get('/account/data')
    expect(page.text).toContain('không mở được cách liên hệ của anh chị nữa')
    expect((await browser.post('/account/data/consents/introduction', {})).status).toBe(303)
    const after = await browser.get('/account/data')
    expect(after.text).toContain('rút lại ngày 24/11/2026')
    expect(after.text).not.toContain('action="/account/data/consents/introduction"')
    const [consent] = await product.core.people.consentsOf(person.personId)
    expect(consent?.withdrawnAt).not.toBeNull()
    expect((await product.core.requests.of(person.personId))[0]).toMatchObject({ kind: 'withdrawal', outcome: 'done' })
  })

  it('withdrawing the consent to needs closes one’s own at once and takes their words away', async () => {
    const words = 'Xay lúa ban đêm ồn hàng xóm'
    await postNeed(newGuest(product.url), {}, { title: words, email: 'xay@lua.example' })
    const person = await addPerson(product)
    await own(person, words)
    await agree(person, 'guest-need')
    const browser = await signedIn(product, person)
    await browser.get('/account/data')
    await browser.post('/account/data/consents/guest-need', {})
    const found = await traces([words])
    // The mail to the guest who posted it is another person's.
    expect(found.filter((trace) => !trace.startsWith('mails'))).toEqual([])
  })
})

describe('the register', () => {
  it('acknowledges a request at once by mail, shows both clocks, and mails the answer', async () => {
    const person = await addPerson(product, { email: 'sua@ten.example' })
    const browser = await signedIn(product, person)
    expect((await browser.post('/account/data', { kind: 'correction' })).status).toBe(403)
    await browser.get('/account/data')
    const refused = await browser.post('/account/data', { kind: 'correction' })
    expect(refused.status).toBe(422)
    expect((await browser.post('/account/data', { kind: 'correction', words: 'Tên tôi là Mười Hai' })).status).toBe(303)
    const mail = (await product.core.outbox.of(person.personId))[0]
    expect(mail?.subject).toBe('Đã nhận: Yêu cầu sửa')
    expect(mail?.text).toContain('09/12/2026')

    const administrator = await signedIn(product, await addPerson(product, { staff: 'administrator' }))
    const list = await administrator.get('/admin/requests')
    expect(list.text).toContain('đã báo nhận ngày 24/11/2026')
    expect(list.text).toContain('phải xong chậm nhất ngày 09/12/2026, còn 15 ngày')
    const href = /href="(\/admin\/requests\/[^"]+)"/.exec(list.text)?.[1] ?? ''
    const one = await administrator.get(href)
    expect(one.text).toContain('Tên tôi là Mười Hai')
    expect((await administrator.post(href, { outcome: 'done' })).status).toBe(422)
    expect((await administrator.post(href, { outcome: 'done', note: 'Đã sửa tên.' })).status).toBe(303)
    const texts = (await product.core.outbox.of(person.personId)).map(({ text }) => text)
    expect(texts.some((text) => text.includes('Đã sửa tên.'))).toBe(true)
    expect((await browser.get('/account/data')).text).toContain('Xong ngày 24/11/2026')
  })

  it('puts what is overdue first, in words', async () => {
    const late = await addPerson(product)
    const browser = await signedIn(product, late)
    await browser.get('/account/data')
    await browser.post('/account/data', { kind: 'objection', words: 'Đừng gửi thư nữa' })
    const before = now
    now = new Date('2026-12-12T03:00:00Z')
    const administrator = await signedIn(product, await addPerson(product, { staff: 'administrator' }))
    const fresh = await addPerson(product)
    const second = await signedIn(product, fresh)
    await second.get('/account/data')
    await second.post('/account/data', { kind: 'restriction', words: 'Tạm ngừng giúp' })
    const { text } = await administrator.get('/admin/requests')
    expect(text).toContain('1 yêu cầu đã quá hạn')
    expect(text.indexOf('Phản đối')).toBeLessThan(text.indexOf('hạn chế'))
    expect(text).toContain('quá hạn 3 ngày, hạn là 09/12/2026')
    now = before
  })
})
