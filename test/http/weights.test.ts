import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { VISITOR } from '../../src/kernel/permissions.js'
import { shares } from '../../src/modules/matching/ranking-page/shares.rules.js'
import { addPerson, signedIn, type TestPerson } from '../support/accounts.js'
import { wrongFieldsIn } from '../support/forms.js'
import { type Fields, formOf, type Guest, newGuest } from '../support/guest.js'
import { mainOf, textOf } from '../support/html.js'
import { startTestProduct, type TestProduct } from '../support/product.js'

let product: TestProduct
let administrator: TestPerson
let staff: Guest
let visitor: Guest

beforeAll(async () => {
  product = await startTestProduct({ demo: true, unlimited: true })
  administrator = await addPerson(product, { staff: 'administrator', name: 'Võ Minh Khôi' })
  staff = await signedIn(product, administrator)
  visitor = newGuest(product.url)
})
afterAll(async () => {
  expect(product.faults()).toEqual([])
  await product.close()
})

const CHANGE = '/admin/matching/change'
const rows = () => product.core.db.collection('weights').find().sort({ version: 1 }).toArray()
const audited = () => product.core.db.collection('audit').find({ type: 'weights' }).sort({ at: 1 }).toArray()
const first = async (text: string) => {
  const { ranked } = await product.core.matcher.rank(VISITOR, product.core.park(), { text })
  return ranked.slice(0, 10).map(({ id }) => id)
}

/** Sends the form with some figures changed. */
async function send(act: 'preview' | 'save', fields: Fields, page?: { text: string }) {
  const { fields: filled } = formOf((page ?? (await staff.get(CHANGE))).text)
  return staff.post(CHANGE, { ...filled, ...fields, act })
}

/** What makes price all that counts beside the work. */
const CHEAP = { 'criteria.budget': '100', 'criteria.service': '1', 'criteria.evidence': '1', text: '0' }
const NEED = 'Cần phần mềm bán hàng cho tiệm tạp hóa, kinh phí dưới 10 triệu'

describe('the figures', () => {
  test.each([
    [{ 'criteria.service': '0' }, 'criteria.service'],
    [{ 'criteria.sector': '101' }, 'criteria.sector'],
    [{ 'criteria.place': 'nhiều' }, 'criteria.place'],
    [{ 'criteria.budget': '-3' }, 'criteria.budget'],
    [{ 'criteria.language': '1e2' }, 'criteria.language'],
    [{ sure: '100' }, 'sure'],
    [{ 'newcomer.days': '60,5' }, 'newcomer.days'],
    [{ 'newcomer.reach': '10' }, 'newcomer.reach'],
    // Who fits clearly better is not to give way.
    [{ 'spread.nearTie': '11' }, 'spread.nearTie'],
    [{ text: '' }, 'text'],
    // Silence may never be worth more than half a yes.
    [{ 'value.unknown': '80' }, 'value.unknown'],
    [{ 'evidence.loose': '90' }, 'evidence.loose'],
    [{ note: 'x'.repeat(301), text: '20' }, 'note'],
    [{ note: '', text: '20' }, 'note'],
  ])('%o is refused at its field, kept as typed, and changes nothing', async (fields, wrong) => {
    const answer = await send('save', fields)
    expect([answer.status, wrongFieldsIn(answer.text)]).toEqual([422, [wrong]])
    expect(answer.text).toContain(`value="${Object.values(fields)[0]}"`)
    expect(await rows()).toHaveLength(1)
  })

  test.each([
    [{ 'criteria.budget': '-5' }, 'Số này nhỏ quá: từ 1 trở lên.'],
    [{ text: '−5' }, 'Số này nhỏ quá: từ 0 trở lên.'],
    [{ text: '1000' }, 'Số này lớn quá: nhiều nhất là 100.'],
    [{ 'newcomer.days': '-1' }, 'Số này nhỏ quá: từ 0 trở lên.'],
    [{ text: 'nhiều' }, 'Chỗ này cần một con số.'],
  ])('%o is told what it may be', async (fields, told) => {
    const answer = await send('preview', fields)
    expect([answer.status, textOf(answer.text).includes(told)]).toEqual([422, true])
  })

  test('a form of other fields, or of none, changes nothing', async () => {
    expect((await send('save', { note: 'Thử', 'value.met': '5' })).status).toBe(422)
    expect((await send('save', { note: 'Thử', __proto__x: '5' })).status).toBe(422)
    expect((await staff.post(CHANGE, {})).status).toBe(422)
    expect((await send('save', { note: 'Không đổi gì' })).status).toBe(422)
    expect(await rows()).toHaveLength(1)
  })

  test('curators see them and have nothing to press', async () => {
    const curator = await signedIn(product, await addPerson(product, { staff: 'curator' }))
    const page = await curator.get('/admin/matching')
    expect(textOf(page.text)).toContain('Chỉ người quản trị đổi được')
    expect(mainOf(page.text)).not.toContain('<form')
    expect((await curator.get(CHANGE)).status).toBe(403)
    expect((await curator.post(CHANGE, { act: 'save' })).status).toBe(403)
    expect((await curator.post('/admin/matching/versions/1', { seen: '1' })).status).toBe(403)
  })

  test('without the token of the page nothing is changed', async () => {
    const { fields } = formOf((await staff.get(CHANGE)).text)
    const sent = { ...fields, ...CHEAP, note: 'Thử', act: 'save' }
    expect((await staff.post(CHANGE, { ...sent, _csrf: 'x' }, { token: false })).status).toBe(403)
    expect(await rows()).toHaveLength(1)
  })
})

describe('a change', () => {
  let before: string[]

  test('is looked at first: who moves on live needs and what the figures become, and nothing is changed by looking', async () => {
    before = await first(NEED)
    const page = await send('preview', CHEAP)
    const said = textOf(mainOf(page.text))
    expect(page.status).toBe(200)
    expect(said).toMatch(/Ngân sách 12 → 100/)
    expect(said).toMatch(/Thử trên 30 nhu cầu mới nhất: [1-9]\d* nhu cầu có thay đổi/)
    expect(said).toMatch(/từ chỗ \d+ (lên|xuống) chỗ \d+/)
    expect(said).toMatch(/nDCG@10\) [\d,]+% [\d,]+%/)
    expect([await first(NEED), (await rows()).length, (await audited()).length]).toEqual([before, 1, 0])
  })

  test('ranks from the moment it is saved, with why, who and when in the list', async () => {
    const looked = await send('preview', CHEAP)
    const saved = await send('save', { note: 'Nhiều người hỏi giá trước' }, looked)
    expect([saved.status, saved.location]).toEqual([303, '/admin/matching'])
    const said = textOf((await staff.get(saved.location)).text)
    for (const words of ['Đã lưu bản 2', 'Nhiều người hỏi giá trước', 'Võ Minh Khôi', 'Ngân sách: 12 → 100'])
      expect(said).toContain(words)
    expect(await first(NEED)).not.toEqual(before)
    expect(product.core.weights()).toMatchObject({ version: 2, text: 0, criteria: { budget: 100, service: 1 } })
    expect((await audited()).map(({ action, by, details }) => [action, by, details])).toEqual([
      ['weights.change', administrator.personId, { version: '2' }],
    ])
  })

  test('begun before another was saved is told so, and keeps what was typed', async () => {
    const old = await send('preview', { 'criteria.language': '40' })
    await send('save', { note: 'Của người nhanh hơn' }, await send('preview', { 'criteria.place': '30' }))
    const late = await send('save', { note: 'Của người đến sau' }, old)
    expect(late.status).toBe(409)
    expect(textOf(late.text)).toContain('Có người vừa đổi trước anh chị')
    expect(formOf(late.text).fields['criteria.language']).toBe('40')
    expect(await rows()).toHaveLength(3)
  })

  test('of two at the same moment one counts', async () => {
    const looked = await send('preview', { 'criteria.sector': '50' })
    const answers = await Promise.all([send('save', { note: 'Một' }, looked), send('save', { note: 'Hai' }, looked)])
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 409])
    expect(await rows()).toHaveLength(4)
  })

  test('any version is put back with one click, and the ranking with it', async () => {
    const look = await staff.get(`${CHANGE}?from=1`)
    expect(textOf(mainOf(look.text))).toMatch(/Ngân sách 100 → 12/)
    await staff.get('/admin/matching')
    const back = await staff.post('/admin/matching/versions/1', { seen: '4' })
    expect([back.status, back.location]).toEqual([303, '/admin/matching'])
    expect(textOf((await staff.get(back.location)).text)).toContain('Lấy lại từ bản 1')
    expect(await first(NEED)).toEqual(before)
    const [shipped, , , , restored] = await rows()
    expect(restored).toMatchObject({ version: 5, restored: 1, weights: shipped?.weights })
    expect((await audited()).at(-1)).toMatchObject({
      action: 'weights.restore',
      details: { version: '5', restored: '1' },
    })
    // A second click, or one from a page that is out of date, does nothing.
    await staff.post('/admin/matching/versions/1', { seen: '5' })
    await staff.post('/admin/matching/versions/2', { seen: '4' })
    expect(await rows()).toHaveLength(5)
    expect((await staff.post('/admin/matching/versions/99', { seen: '5' })).status).toBe(404)
  })

  test('of another instance is followed', async () => {
    const [, second] = await rows()
    await product.core.db.collection('weights').insertOne({ ...second, _id: 'elsewhere' as never, version: 6 })
    await product.core.db.collection<{ _id: string }>('counters').updateOne({ _id: 'settings' }, { $inc: { value: 1 } })
    await product.core.settings.catchUp()
    expect(product.core.weights()).toMatchObject({ version: 6, text: 0 })
  })
})

describe('where the demonstration firms are not all there', () => {
  test('the page says that there is nothing to judge by, and shows the live needs all the same', async () => {
    const { core } = product
    const [firm] = await core.records.byExternalIds(core.park().id, 'provider', 'demonstration', ['demo-p-ghe-hang'])
    const edits = [{ id: firm?.id ?? '', set: { archivedAt: core.clock() } }]
    await core.change({ parkId: core.park().id, type: 'provider', by: 'system:test', why: 'left the park', edits })
    const said = textOf(mainOf((await staff.get(`${CHANGE}?from=1`)).text))
    expect(said).toContain('không có đủ các doanh nghiệp minh họa')
    expect(said).not.toContain('nDCG@10')
    expect(said).toMatch(/Thử trên 30 nhu cầu mới nhất/)
  })
})

describe('the public page', () => {
  test.each([
    ['/ranking', (percent: number) => `${percent}%`, 'Bản 6', ['Không ai trả để được đứng trước', '60 ngày']],
    ['/en/ranking', (percent: number) => `${percent}%`, 'Version 6', ['Nobody pays to come first', '60 days']],
  ])('%s tells what is in force, the heaviest first', async (path, words, version, told) => {
    const weights = product.core.weights()
    const page = mainOf((await visitor.get(path)).text)
    const cells = [...page.matchAll(/<td>([^<]+)<\/td>/g)].map(([, cell]) => cell)
    expect(cells).toEqual(shares(weights).map(({ percent }) => words(percent)))
    const said = textOf(page)
    const { value, service, textAlone, evidence } = weights
    for (const share of [value.partly, value.unknown, service.mentioned, textAlone, evidence.close, evidence.loose])
      expect(said).toContain(`${Math.round(share * 100)}%`)
    for (const words of [version, ...told]) expect(said).toContain(words)
  })

  test('is one click from the matches and from every page’s foot', async () => {
    expect(mainOf((await visitor.get('/match?text=can+phan+mem+ke+toan')).text)).toContain('href="/ranking"')
    expect((await visitor.get('/en/needs')).text).toContain('href="/en/ranking"')
  })
})
