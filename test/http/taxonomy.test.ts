import { afterAll, beforeAll, expect, test } from 'vitest'
import { retaggingService, retagRepository } from '../../src/modules/taxonomy-editing/index.js'
import { inTransaction } from '../../src/platform/db/connection.js'
import type { Change } from '../../src/platform/records/change.repository.js'
import { addPerson, signedIn, type TestPerson } from '../support/accounts.js'
import type { Answer, Guest } from '../support/guest.js'
import { mainOf, textOf, textsIn } from '../support/html.js'
import { startTestProduct, type TestProduct } from '../support/product.js'

let product: TestProduct
let person: TestPerson
let curator: Guest

beforeAll(async () => {
  product = await startTestProduct({ demo: true, unlimited: true })
  person = await addPerson(product, { staff: 'curator', name: 'Lê Thị Sen' })
  curator = await signedIn(product, person)
})

afterAll(async () => {
  expect(product.faults()).toEqual([])
  await product.close()
})

const wordsOf = ({ text }: Answer) => textOf(mainOf(text))
const taxonomy = () => product.core.taxonomy().taxonomy
const service = (id: string) => taxonomy().services.find((one) => one.id === id)

/** Fills in an entry's form and goes to the preview of what it would do. */
async function drafted(path: string, fields: Record<string, string>, who = curator): Promise<Answer> {
  const sent = await who.submit(await who.get(path), fields)
  expect(sent.status, wordsOf(sent)).toBe(303)
  return who.get(sent.location)
}

async function saved(preview: Answer, who = curator): Promise<Answer> {
  const sent = await who.submit(preview, { act: 'save' })
  expect(sent.status, wordsOf(sent)).toBe(303)
  return who.get(sent.location)
}

const audited = async () => {
  const rows = await product.core.db.collection('audit').find({ type: 'taxonomy' }).sort({ at: 1 }).toArray()
  return rows.map(({ action, by }) => `${action} ${by === person.personId}`)
}

test('an entry is found by its names and by any other word of it, however it is accented', async () => {
  const names = async (query: string) => textsIn(mainOf((await curator.get(`/admin/taxonomy?${query}`)).text), 'h2')
  expect(await names('q=ke+toan')).toContain('Phần mềm kế toán')
  expect(await names('q=hoa+don+do')).toEqual(['Hóa đơn điện tử'])
  expect(await names('kind=sector&q=rice')).toContain('Lúa gạo')
  expect(await names('q=khong+co+tu+nay')).toEqual(['Không mục nào có từ này'])
})

test('an entry is added, renamed, moved and given words, each after a look at what it does, each kept and audited', async () => {
  const added = await drafted('/admin/taxonomy/entries/service/new', {
    ...{ nameVi: 'In ấn 3D', nameEn: '3D printing', group: 'operations', synonyms: 'in khối\nin khối\n' },
  })
  expect(wordsOf(added)).toContain('Thêm “In ấn 3D”')
  expect(service('3d-printing'), 'a draft counts for nothing').toBeUndefined()
  await saved(added)
  expect(service('3d-printing')).toMatchObject({ group: 'operations', synonyms: ['in khối'] })

  const path = '/admin/taxonomy/entries/service/3d-printing'
  await saved(await drafted(path, { nameVi: 'In 3D', keepName: 'on' }))
  expect(service('3d-printing')).toMatchObject({ name: { vi: 'In 3D' }, synonyms: ['in khối', 'In ấn 3D'] })
  await saved(await drafted(path, { group: 'software' }))
  expect(service('3d-printing')?.group).toBe('software')
  const page = await saved(await drafted(path, { cues: 'cần mẫu nhựa mà không biết đặt ở đâu' }))
  expect(wordsOf(page)).toMatch(/từ ngữ của “In 3D”.*Lê Thị Sen.*cần mẫu nhựa/)
  expect(await audited()).toEqual(['add', 'rename', 'move', 'words'].map((act) => `taxonomy.${act} true`))
})

test('a word that another entry has, or that is too short, is warned of before it is kept', async () => {
  const preview = await drafted('/admin/taxonomy/entries/service/3d-printing', {
    synonyms: 'in khối\nIn ấn 3D\nhóa đơn đỏ\nđèn\nphần mềm quản lý xưởng in',
  })
  const words = wordsOf(preview)
  expect(words).toContain('“hóa đơn đỏ” đang thuộc “Hóa đơn điện tử”')
  expect(words).toContain('“đèn” ngắn quá')
  expect(words).not.toContain('“phần mềm quản lý xưởng in”')
  await curator.submit(preview, { act: 'discard' })
  expect(service('3d-printing')?.synonyms).not.toContain('đèn')
})

test('what cannot be is refused at the field: no name, no group, nothing changed, no successor for what is carried', async () => {
  const none = await curator.post('/admin/taxonomy/entries/service/new', { version: '1', nameVi: '', nameEn: 'x' })
  expect([none.status, wordsOf(none)]).toEqual([422, expect.stringContaining('Tên tiếng Việt')])
  const path = '/admin/taxonomy/entries/service/accounting'
  const same = await curator.submit(await curator.get(path))
  expect([same.status, wordsOf(same)]).toEqual([422, expect.stringContaining('Chưa sửa gì cả')])
  const alone = await curator.submit(await curator.get(`${path}/end`), { way: 'retire', successor: '' })
  expect([alone.status, wordsOf(alone)]).toEqual([422, expect.stringContaining('chọn mục thay nó')])
})

test('of two curators at one entry the second sees the newer version and loses nothing of either', async () => {
  const other = await signedIn(product, await addPerson(product, { staff: 'curator' }))
  const path = '/admin/taxonomy/entries/service/accounting'
  const before = service('accounting')?.synonyms ?? []
  const first = await drafted(path, { synonyms: [...before, 'sổ sách cô Tư'].join('\n') })
  const second = await drafted(path, { synonyms: [...before, 'sổ sách chú Năm'].join('\n') }, other)
  await saved(first)
  const late = await other.submit(second, { act: 'save' })
  expect(late.status).toBe(409)
  expect(wordsOf(late)).toContain('Có người vừa sửa chỗ này')
  expect(wordsOf(late)).toContain('sổ sách chú Năm')
  await saved(late, other)
  expect(service('accounting')?.synonyms).toEqual([...before, 'sổ sách cô Tư', 'sổ sách chú Năm'])
})

test('a merged entry is nowhere to be seen: its firms and needs, links and words lead to the other', async () => {
  const { core } = product
  const uses = await core.taxonomyUses.count(core.park().id, 'service', 'e-invoice')
  expect(uses.provider).toBeGreaterThan(0)
  const preview = await drafted('/admin/taxonomy/entries/service/e-invoice/end', {
    way: 'merge',
    successor: 'accounting',
  })
  expect(wordsOf(preview)).toContain(`Sẽ chuyển: ${uses.provider} doanh nghiệp, ${uses.need} nhu cầu`)
  await saved(preview)
  expect(core.taxonomy().service('e-invoice')?.id).toBe('accounting')
  expect(service('accounting')?.synonyms).toContain('hóa đơn đỏ')
  for await (const record of core.records.each('provider')) {
    expect(JSON.stringify(record.published), record.slug).not.toContain('"e-invoice"')
  }
})

test('an old version is compared with any other and put back', async () => {
  const merged = taxonomy().version
  const version = await curator.get(`/admin/taxonomy/versions/${merged - 1}?with=${merged}`)
  expect(wordsOf(version)).toMatch(/Hóa đơn điện tử thôi dùng/)
  const form = await curator.submit(version)
  await saved(await curator.get(form.location))
  expect(taxonomy().version).toBe(merged + 1)
  expect(service('e-invoice')?.name.vi).toBe('Hóa đơn điện tử')
  expect(wordsOf(await curator.get('/admin/taxonomy/versions'))).toContain(`lấy lại bản ${merged - 1}`)
  expect((await audited()).slice(-2)).toEqual(['taxonomy.merge true', 'taxonomy.restore true'])
})

test('a search that found nothing becomes a word of an entry, and then finds; another is set aside for good', async () => {
  const { core, url } = product
  const search = async (words: string, browser: string) => {
    await (await fetch(`${url}/providers?q=${words}`, { headers: { 'User-Agent': browser } })).text()
    await core.searchTerms.settled()
  }
  const vain = async (words: string) => {
    for (const browser of ['a', 'b', 'c']) await search(words, browser)
  }
  await vain('kwetoxan')
  await vain('zzyzx')
  const list = async () => textsIn(mainOf((await curator.get('/admin/taxonomy/searches')).text), 'h2')
  expect(await list()).toEqual(['kwetoxan', 'zzyzx'])

  const word = await drafted('/admin/taxonomy/words?word=kwetoxan&miss=kwetoxan', { entry: 'service:accounting' })
  const sent = await curator.submit(word, { act: 'save' })
  const after = await curator.get(sent.location)
  expect(wordsOf(after)).toMatch(/Giờ tìm “kwetoxan” ra [1-9]/)
  expect(await list()).toEqual(['zzyzx'])

  await curator.post('/admin/taxonomy/searches', { miss: 'zzyzx' })
  expect(await list()).toEqual(['Không có lượt tìm nào về tay không'])
  await vain('zzyzx')
  expect(await list()).toEqual(['Không có lượt tìm nào về tay không'])
  expect((await audited()).slice(-2)).toEqual(['taxonomy.words true', 'taxonomy.dismiss true'])
})

test('firms of a merged entry are retagged in the background, and go back with the version, what came in between kept', async () => {
  const { core } = product
  const before = taxonomy().version
  const codes = async (entry: string) =>
    core.taxonomyUses.ids(core.park().id, 'provider', { kind: 'service', id: entry }, { after: '', limit: 500 })
  const invoicing = await codes('e-invoice')
  await saved(await drafted('/admin/taxonomy/entries/service/e-invoice/end', { way: 'merge', successor: 'accounting' }))
  await core.retagging.settled()
  expect(await codes('e-invoice')).toEqual([])
  expect(await core.retagging.waiting(core.park().id)).toEqual([])
  const id = String(invoicing[0])
  const versions = await core.db.collection('versions').find({ recordId: id }).sort({ version: -1 }).toArray()
  expect(versions[0]).toMatchObject({ action: 'retag', by: person.personId, batch: expect.any(String) })

  const [record] = await core.records.byIds<{ founded?: number }>('provider', [id])
  const published = { ...record?.published, founded: 1999 }
  await core.change({
    parkId: core.park().id,
    type: 'provider',
    by: 'x',
    why: 'x',
    edits: [{ id, set: { published } }],
  })

  const form = await curator.submit(await curator.get(`/admin/taxonomy/versions/${before}`))
  await saved(await curator.get(form.location))
  await core.retagging.settled()
  expect(await codes('e-invoice')).toEqual(invoicing)
  const [after] = await core.records.byIds<{ founded?: number }>('provider', [id])
  expect(after?.published?.founded).toBe(1999)
})

test('nothing is retagged after the merge was undone, also when a batch was under way', async () => {
  const { core } = product
  const { db, clock, log, records, taxonomyUses: uses, change } = core
  const [retags, parkId, kind, from] = [retagRepository(db, clock), core.park().id, 'service', 'accounting'] as const
  const carriers = () => uses.ids(parkId, 'provider', { kind, id: from }, { after: '', limit: 500 })
  const before = await carriers()
  const late: Change = async (request) => {
    await inTransaction(db, (session) => retags.stopForward(parkId, { kind, from }, session))
    return change(request)
  }
  const service = retaggingService({ retags, uses, records, change: late, log })
  const fresh = { parkId, kind, from, to: 'crm', undoes: null, by: 'x', total: before.length }
  await inTransaction(db, (session) => retags.add(fresh, session))
  await service.run()
  expect(await carriers()).toEqual(before)
})

test('groups and general short forms are lines of text; a group with services in it stays', async () => {
  const { groups, abbreviations } = taxonomy()
  const lines = groups.map(({ name }) => `${name.vi} | ${name.en}`)
  const shorts = Object.entries(abbreviations).map(([short, long]) => `${short} = ${long}`)
  await saved(
    await drafted('/admin/taxonomy/lists', {
      groups: [...lines, 'Năng lượng | Energy'].join('\n'),
      shortForms: [...shorts, 'nlmt = năng lượng mặt trời'].join('\n'),
    }),
  )
  expect(taxonomy().groups.at(-1)).toEqual({ id: 'energy', name: { vi: 'Năng lượng', en: 'Energy' } })
  expect(taxonomy().abbreviations.nlmt).toBe('năng lượng mặt trời')
  const page = await curator.get('/admin/taxonomy/lists')
  expect(wordsOf(await curator.submit(page, { groups: lines.slice(1).join('\n') }))).toContain('Nhóm còn dịch vụ')
  expect((await curator.submit(page, { groups: 'không có tên tiếng Anh' })).status).toBe(422)
})
