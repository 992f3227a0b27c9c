import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addPerson, signedIn, type TestPerson } from '../support/accounts.js'
import { wrongFieldsIn } from '../support/forms.js'
import { formOf, type Guest, newGuest } from '../support/guest.js'
import { linksIn, mainOf, textOf } from '../support/html.js'
import { addProvider } from '../support/listings.js'
import { startTestProduct, type TestProduct } from '../support/product.js'

let product: TestProduct
let administrator: TestPerson
let staff: Guest
let visitor: Guest

beforeAll(async () => {
  product = await startTestProduct({ unlimited: true })
  administrator = await addPerson(product, { staff: 'administrator', name: 'Võ Minh Khôi' })
  staff = await signedIn(product, administrator)
  visitor = newGuest(product.url)
})
afterAll(async () => {
  expect(product.faults()).toEqual([])
  await product.close()
})

const formPage = (section: string) => staff.get(`/admin/park/${section}`)
const save = async (section: string, fields: Record<string, string>) => staff.submit(await formPage(section), fields)
const audited = () =>
  product.core.db.collection('audit').find({ type: 'park', by: administrator.personId }).sort({ at: 1 }).toArray()

describe('a part of the settings', () => {
  test('a new name is on every page at once, in both languages, and in the data for search engines', async () => {
    const { location } = await save('name', { 'name.vi': 'Khu Công nghệ số Xà No', 'name.en': 'Xà No Park' })
    expect(textOf((await staff.get(location)).text)).toContain('Đã lưu')
    expect(textOf((await visitor.get('/')).text)).toContain('Khu Công nghệ số Xà No')
    expect(textOf((await visitor.get('/en/providers')).text)).toContain('Xà No Park')
    expect((await visitor.get('/en/contact')).text).toContain('"name":"Xà No Park"')
    const entry = (await audited()).at(-1)
    expect(entry).toMatchObject({ action: 'park.change', details: { section: 'name', version: '2' } })
  })

  test('contacts are on the contact page', async () => {
    await save('contacts', { email: 'Hoi@XaNo.example', phone: '0293 388 1234', 'hours.vi': 'Thứ hai đến thứ sáu' })
    const page = mainOf((await visitor.get('/contact')).text)
    expect(linksIn(page).map(({ href }) => href)).toEqual(
      expect.arrayContaining(['tel:+842933881234', 'mailto:hoi@xano.example']),
    )
    expect(textOf(page)).toContain('Thứ hai đến thứ sáu')
  })

  test.each([
    ['name', { 'name.vi': '' }, 'name.vi'],
    ['name', { 'name.vi': 'x'.repeat(121) }, 'name.vi'],
    ['place', { province: '77' }, 'province'],
    ['place', { timeZone: 'Asia/Vi_Thanh' }, 'timeZone'],
    ['contacts', { email: 'ban quan ly' }, 'email'],
    ['contacts', { phone: '12' }, 'phone'],
    ['facts', { 'facts.0.source': '' }, 'facts.0.source'],
    ['facts', { 'facts.0.asOf': '2023-02-31' }, 'facts.0.asOf'],
    ['zones', { 'zones.0.name.vi': '' }, 'zones.0.name.vi'],
    ['page-about', { 'text.vi': '' }, 'text.vi'],
    ['page-terms', { 'text.en': 'x'.repeat(20_001) }, 'text.en'],
    ['rules', { listingMonths: '0' }, 'listingMonths'],
    ['rules', { 'hours.need': 'mai' }, 'hours.need'],
  ])('%s: %o is refused at its field, kept as typed, and changes nothing', async (section, fields, wrong) => {
    const before = JSON.stringify(product.core.park())
    const answer = await save(section, fields)
    expect([answer.status, wrongFieldsIn(answer.text)]).toEqual([422, [wrong]])
    // A choice that is not among those offered cannot be shown again.
    if (section !== 'place') expect(formOf(answer.text).fields[wrong] ?? '').toBe(Object.values(fields)[0])
    expect(JSON.stringify(await product.core.parks.current())).toBe(before)
  })

  test('two administrators at once: the second is told, sees the newer version, and loses nothing he typed', async () => {
    const [one, other] = [await formPage('place'), await formPage('place')]
    await staff.submit(one, { 'place.vi': 'Vị Thanh, của người thứ nhất' })
    const answer = await staff.submit(other, { 'place.vi': 'Vị Thanh, của người thứ hai' })
    expect(answer.status).toBe(409)
    expect(textOf(answer.text)).toContain('Vị Thanh, của người thứ nhất')
    expect(formOf(answer.text).fields['place.vi']).toBe('Vị Thanh, của người thứ hai')
    expect(product.core.park().place.vi).toBe('Vị Thanh, của người thứ nhất')
    expect((await staff.submit(answer)).status).toBe(303)
    expect(product.core.park().place.vi).toBe('Vị Thanh, của người thứ hai')
  })

  test('saving what stands there makes no version', async () => {
    const before = await audited()
    for (const section of [
      'name',
      'place',
      'contacts',
      'zones',
      'facts',
      'page-home',
      'page-about',
      'page-terms',
      'rules',
    ])
      expect((await save(section, {})).status).toBe(303)
    expect(await audited()).toEqual(before)
  })

  test('is the administrators’ alone, also by a call that no page offers', async () => {
    const curator = await signedIn(product, await addPerson(product, { staff: 'curator' }))
    await curator.get('/account')
    for (const path of ['name', 'logo/picture', 'name/versions/1', 'zones/a/retire', 'zones/a/units'])
      expect((await curator.post(`/admin/park/${path}`, { seen: '1', 'name.vi': 'x' })).status).toBe(403)
  })

  test('the park’s own target hours count for cases that are sent from then on', async () => {
    await save('rules', { 'hours.need': '5', listingMonths: '6' })
    expect(product.core.park().rules).toEqual({ listingMonths: 6, targetHours: { need: 5 } })
    const { core } = product
    const entry = { parkId: core.park().id, kind: 'need', type: 'need', recordId: 'a need', subjectId: null } as const
    const session = await core.db.startSession()
    await session.withTransaction(async () => {
      await core.cases.submit({ ...entry, version: 1, personId: null }, session)
    })
    await session.endSession()
    const row = await core.db.collection('cases').findOne({ recordId: 'a need' })
    expect(row?.dueAt.getTime() - row?.createdAt.getTime()).toBe(5 * 3_600_000)
  })
})

describe('words of a page', () => {
  test('are seen before they are saved, and by nobody else', async () => {
    const answer = await save('page-contact', { act: 'preview', 'text.vi': '# Ghé khu\n\n**Cổng số 2**' })
    expect(answer.status).toBe(200)
    expect(answer.text).toContain('<strong>Cổng số 2</strong>')
    expect(formOf(answer.text).fields['text.vi']).toBe('# Ghé khu\n\n**Cổng số 2**')
    expect((await visitor.get('/contact')).text).not.toContain('Cổng số 2')
    await staff.submit(answer)
    expect((await visitor.get('/contact')).text).toContain('<strong>Cổng số 2</strong>')
    // Who reads English gets the words there are, said to be Vietnamese.
    expect((await visitor.get('/en/contact')).text).toContain('<div lang="vi"><h2>Ghé khu</h2>')
  })

  test('every page shows its own, and the product’s where there are none', async () => {
    for (const [page, path] of Object.entries({ home: '/', about: '/about', terms: '/terms', privacy: '/privacy' })) {
      await save(`page-${page}`, { 'text.vi': `Lời riêng cho ${page}, <script>alert(1)</script>` })
      const { text } = await visitor.get(path)
      expect(text).toContain(`Lời riêng cho ${page}, &lt;script&gt;`)
    }
    await save('page-terms', { 'text.vi': '' })
    expect(textOf((await visitor.get('/terms')).text)).toContain('Trang này làm gì')
  })
})

describe('earlier versions', () => {
  test('say who changed what and when, are compared, and are put back as a new version', async () => {
    await save('name', { 'name.vi': 'Khu Tên Khác', 'shortName.vi': 'Tên Khác' })
    const list = textOf(mainOf((await staff.get('/admin/park/name/versions')).text))
    for (const words of ['Bản 3', 'Đang dùng', 'Võ Minh Khôi', 'Có sẵn từ đầu']) expect(list).toContain(words)
    const first = await staff.get('/admin/park/name/versions/1?with=3')
    expect(first.text).toMatch(/<del>.*Tên Khác/s)
    expect((await staff.submit(first)).status).toBe(303)
    expect(product.core.park().name.vi).toBe('Khu Công nghệ số Hậu Giang')
    expect(product.core.park().shortName).toBeUndefined()
    expect((await audited()).at(-1)).toMatchObject({ action: 'park.restore', details: { restored: '1', version: '4' } })
  })

  test('an old page that puts back over a newer version is told', async () => {
    const old = await staff.get('/admin/park/name/versions/2')
    await save('name', { 'name.vi': 'Khu Mới Hơn' })
    expect((await staff.submit(old)).status).toBe(409)
    expect(product.core.park().name.vi).toBe('Khu Mới Hơn')
  })
})

describe('the logo', () => {
  const png = () =>
    sharp({ create: { width: 40, height: 20, channels: 4, background: '#2a6b4f' } })
      .png()
      .toBuffer()
  const send = async (data: Buffer, fields: Record<string, string> = { 'alt.vi': 'Biểu trưng của khu' }) =>
    staff.upload(await formPage('logo'), { field: 'file', data }, fields)

  test('stands at the head of every page and in what is shared, until it is taken out', async () => {
    expect((await send(await png())).status).toBe(303)
    const { text } = await visitor.get('/en/providers')
    const src = /<a class="brand"[^>]*><img src="([^"]+)" width="40" height="20" alt="Biểu trưng của khu">/.exec(
      text,
    )?.[1]
    expect(text).toContain(`<meta property="og:image" content="http://127.0.0.1:3000${src}">`)
    const picture = await visitor.get(src ?? '')
    expect(picture.headers).toMatchObject({ 'content-type': 'image/webp', 'x-content-type-options': 'nosniff' })
    expect((await send(Buffer.alloc(0), { remove: 'on' })).status).toBe(422)
    await staff.post('/admin/park/logo/picture', { seen: '2', remove: 'on' })
    expect((await visitor.get('/')).text).not.toContain('og:image')
  })

  test.each([
    [
      'a drawing that could hold a script',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'),
    ],
    ['a page', Buffer.from('<!doctype html><script>alert(1)</script>')],
  ])('%s is refused', async (_what, data) => {
    const answer = await send(data)
    expect([answer.status, wrongFieldsIn(answer.text)]).toEqual([422, ['file']])
  })

  test('without words for whoever does not see it is refused, and no file is left behind', async () => {
    const files = () => product.core.db.collection('files.files').countDocuments()
    const before = await files()
    const answer = await send(await png(), { 'alt.vi': '' })
    expect([answer.status, wrongFieldsIn(answer.text)]).toEqual([422, ['alt.vi']])
    expect(await files()).toBe(before)
  })
})

describe('zones and units', () => {
  const placeOf = async (id: string) => {
    const [record] = await product.core.records.byIds<{ park: object }>('provider', [id])
    return record?.published?.park
  }
  const sitting = (unit: string) => addProvider(product, { park: { status: 'resident', zone: 'a', unit } })

  test('one is added by filling in the empty row, and another’s units listed', async () => {
    await save('zones', { 'zones.2.name.vi': 'Khu Ươm tạo', 'zones.0.units': 'A1\nA2\n' })
    expect(product.core.park().zones).toMatchObject([
      { id: 'a', units: ['A1', 'A2'] },
      { id: 'b' },
      { id: 'khu-uom-tao', name: { vi: 'Khu Ươm tạo' } },
    ])
  })

  test('what firms sit in is not taken out unseen; its firms are moved with it', async () => {
    const firm = await sitting('A1')
    const refused = await save('zones', { 'zones.0.units': 'A2' })
    expect([refused.status, wrongFieldsIn(refused.text)]).toEqual([422, ['zones.0.units']])
    const gone = { 'zones.0.name.vi': '', 'zones.0.name.en': '', 'zones.0.units': '' }
    const emptied = await save('zones', { ...gone, 'zones.0.summary.vi': '', 'zones.0.summary.en': '' })
    expect([emptied.status, textOf(emptied.text)]).toEqual([
      422,
      expect.stringContaining('1 doanh nghiệp đang ở khu này'),
    ])

    const page = await staff.get('/admin/park/zones/a')
    expect((await staff.submit(page, { unit: 'A1', toZone: 'b', toUnit: 'B7' })).status).toBe(303)
    expect(await placeOf(firm.id)).toEqual({ status: 'resident', zone: 'b', unit: 'B7' })
    expect(product.core.park().zones.map(({ units = [] }) => units)).toEqual([['A2'], ['B7'], []])
    const [version] = await product.core.db.collection('versions').find({ recordId: firm.id, version: 2 }).toArray()
    expect(version).toMatchObject({ action: 'retag', by: administrator.personId })
  })

  test('a zone is retired with a successor, which is asked for where firms sit there', async () => {
    const firm = await sitting('A9')
    await staff.get('/admin/park/zones/a')
    expect((await staff.post('/admin/park/zones/a/retire', {})).status).toBe(422)
    expect((await staff.post('/admin/park/zones/a/retire', { successor: 'b' })).status).toBe(303)
    expect(await placeOf(firm.id)).toEqual({ status: 'resident', zone: 'b', unit: 'A9' })
    expect(product.core.park().zones.map(({ id }) => id)).toEqual(['b', 'khu-uom-tao'])
    // What stood before is no way to take a unit from under its firms.
    const first = await staff.get('/admin/park/zones/versions/1')
    const answer = await staff.submit(first)
    expect([answer.status, textOf(answer.text)]).toEqual([422, expect.stringContaining('B7')])
    expect(product.core.park().zones.map(({ id }) => id)).toEqual(['b', 'khu-uom-tao'])
  })
})
