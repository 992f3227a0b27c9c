import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ProviderProfile } from '../../src/modules/providers/index.js'
import type { StoredRecord } from '../../src/platform/records/record.types.js'
import { addPerson, signedIn, type TestPerson } from '../support/accounts.js'
import type { Guest } from '../support/guest.js'
import { startTestProduct, type TestProduct } from '../support/product.js'
import { checkedTable, importsAtRest, uploadTable } from '../support/tables.js'

let product: TestProduct
let curator: TestPerson
let guest: Guest

beforeAll(async () => {
  product = await startTestProduct({ unlimited: true })
  curator = await addPerson(product, { staff: 'curator' })
  guest = await signedIn(product, curator)
})
afterAll(async () => {
  expect(product.faults()).toEqual([])
  await product.close()
})

type Firm = StoredRecord<ProviderProfile>

async function firms(): Promise<Firm[]> {
  const found: Firm[] = []
  for await (const record of product.core.records.each<ProviderProfile>('provider')) found.push(record)
  return found
}
const firm = async (code: string) => (await firms()).find(({ externalId }) => externalId === code)

async function commit(location: string, fields: Record<string, string> = {}) {
  await guest.submit(await guest.get(location), fields)
  await importsAtRest(product)
  return guest.get(location)
}

describe('a table that is imported', () => {
  it('is named by its headers, looked at, written, and taken back', async () => {
    const table = [
      'Mã số;Tên công ty;MST;Giới thiệu;Điện thoại;Dịch vụ;Lạ',
      'i1;Sao Mai;0101243150;Phần mềm cho trại cá;0912345678;;x',
      'i2;Rẫy Xanh;;Trang web cho vườn;số máy bàn;khong co dich vu nay;y',
      'i3;;;Không tên;;;z',
    ].join('\n')
    const uploaded = await uploadTable(guest, table)
    const columns = await guest.get(uploaded.location)
    expect(columns.text).toMatch(/<option value="taxCode" selected/)
    const location = await (async () => (await guest.submit(columns)).location)()
    await importsAtRest(product)
    const preview = await guest.get(location)
    // Every error stands at its cell.
    expect(preview.text).toMatch(/<td class="wrong">số máy bàn<span class="cell-error">[^<]+/)
    expect(preview.text).toMatch(/<td class="wrong">khong co dich vu nay/)
    expect(preview.text).toMatch(/<td class="wrong"><span class="cell-error">Chỗ này chưa điền/)
    expect(preview.text).toContain('Bỏ qua các cột: Lạ')
    expect(await firm('i1')).toBeUndefined()

    const bad = await guest.get(`${location}/bad-rows.csv`)
    expect(bad.text.split('\n').filter(Boolean)).toHaveLength(3)
    expect(bad.text).toContain('Tên: Chỗ này chưa điền.')

    const done = await commit(location)
    expect(done.text).toContain('Đã nhập xong')
    expect((await firm('i1'))?.published).toMatchObject({ name: { vi: 'Sao Mai' }, taxCode: '0101243150' })
    expect(await firm('i2')).toBeUndefined()

    await guest.post(`${location}/acts/undo`, {})
    await importsAtRest(product)
    expect((await guest.get(location)).text).toContain('Đã hoàn tác')
    expect((await firm('i1'))?.archivedAt).not.toBeNull()

    // What an undo took out comes back with the next import of it.
    await commit(await checkedTable(product, guest, table))
    expect((await firm('i1'))?.archivedAt).toBeNull()
    expect((await firms()).filter(({ externalId }) => externalId === 'i1')).toHaveLength(1)
  })

  it('remembers what the columns were called', async () => {
    const table = 'Cột lạ,Cột khác\nMột,Hai\n'
    const first = await guest.get((await uploadTable(guest, table)).location)
    expect(first.text).not.toMatch(/value="name" selected/)
    await guest.submit(first, { 'column-0': 'name', 'column-1': 'description' })
    const again = await guest.get((await uploadTable(guest, table)).location)
    expect(again.text).toMatch(/value="name" selected/)
    await importsAtRest(product)
  })

  it('changes of a listing what it says, keeps the rest, and an undo leaves what was changed since', async () => {
    const start =
      'externalId,name,name_en,description,phone,website\nu1,Một,One,Làm A,0912345678,a.example\nu2,Hai,,Làm B,,\n'
    await commit(await checkedTable(product, guest, start))
    const before = [await firm('u1'), await firm('u2')]
    const location = await checkedTable(product, guest, 'externalId,description\nu1,Làm khác\nu2,Làm khác nữa\n')
    await commit(location)
    expect((await firm('u1'))?.published).toEqual({ ...before[0]?.published, description: { vi: 'Làm khác' } })

    const meanwhile = await firm('u2')
    await product.core.change<ProviderProfile>({
      ...{ parkId: product.core.park().id, type: 'provider', by: 'system:test', why: 'test' },
      edits: [
        {
          id: meanwhile?.id ?? '',
          set: { published: { ...(meanwhile?.published as ProviderProfile), founded: 2001 } },
        },
      ],
    })
    await guest.post(`${location}/acts/undo`, {})
    await importsAtRest(product)
    expect((await firm('u1'))?.published).toEqual(before[0]?.published)
    expect((await firm('u2'))?.published).toMatchObject({ founded: 2001, description: { vi: 'Làm khác nữa' } })
    const page = await guest.get(location)
    expect(page.text).toContain('1 hồ sơ được để yên')
    expect(page.text).toContain('Hai')
  })

  it('by tax code finds the listing, fills in a zero that a spreadsheet lost, and adds or changes only what was chosen', async () => {
    await commit(await checkedTable(product, guest, 'externalId,name,description,MST\nt1,Thuế,Làm thuế,0100109106\n'))
    const table = 'MST,name,description\n100109106,Thuế mới,Làm thuế\n,Không mã,Mới tinh\n'
    const location = await checkedTable(product, guest, table, { choices: { key: 'taxCode' } })
    await commit(location, { mode: 'update' })
    expect((await firm('t1'))?.published?.name).toEqual({ vi: 'Thuế mới' })
    expect((await firms()).some(({ published }) => published?.name.vi === 'Không mã')).toBe(false)
    expect((await guest.get(location)).text).toContain('Không chọn nhập')
  })

  it("does not touch the curator's own firm, nor one that waits for approval", async () => {
    await commit(await checkedTable(product, guest, 'externalId,name,description\no1,Của mình,Làm\n'))
    const own = await firm('o1')
    const owner = await addPerson(product, {
      staff: 'curator',
      memberships: [{ type: 'provider', organisation: own?.id ?? '', role: 'owner' }],
    })
    const other = await signedIn(product, owner)
    const location = await checkedTable(product, other, 'externalId,name,description\no1,Đổi tên,Làm\n')
    expect((await other.get(location)).text).toContain('cơ sở của chính anh chị')
  })

  it('that was being written when the product stopped is gone on with, each row once', async () => {
    const lines = Array.from({ length: 420 }, (_, i) => `r${i},Dòng ${i},Làm ${i}`)
    const location = await checkedTable(product, guest, `externalId,name,description\n${lines.join('\n')}\n`)
    const id = location.split('/').at(-1) ?? ''
    await guest.submit(await guest.get(location))
    // Another instance at the same import, and one that dies: the cursor lets each batch be written once.
    await product.core.imports.step(id, { set: { worker: 'another', workUntil: new Date(0) }, expect: {} })
    await importsAtRest(product)
    await importsAtRest(product)
    const codes = (await firms()).flatMap(({ externalId, version }) =>
      /^r\d+$/.test(externalId ?? '') ? [`${externalId} ${version}`] : [],
    )
    expect(codes).toHaveLength(420)
    expect(codes.every((code) => code.endsWith(' 1'))).toBe(true)
    expect((await guest.get(location)).text).toContain('Đã nhập xong')
  })

  it('can be stopped while it is checked', async () => {
    const uploaded = await uploadTable(guest, 'name,description\nA,a\n')
    const { location } = await guest.submit(await guest.get(uploaded.location))
    await importsAtRest(product)
    await product.core.imports.step(location.split('/').at(-1) ?? '', {
      set: { state: 'checking', workUntil: new Date(8.64e15) },
      expect: {},
    })
    expect((await guest.post(`${location}/acts/cancel`, {})).status).toBe(303)
    expect((await guest.get(location)).location).toContain('/columns')
    expect((await guest.post(`${location}/acts/undo`, {})).status).toBe(409)
  })
})

describe('a file that cannot be read', () => {
  it.each([
    ['an empty file', '', 'Tệp không có gì'],
    ['an old workbook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0, 0]), 'Excel đời cũ'],
    ['TCVN3', Buffer.from('T\xaan;\xa7\xdea ch\xd8\nR\xc9y;c\xa7\n', 'latin1'), 'CSV UTF-8'],
  ])('%s is answered in the form', async (_, data, words) => {
    const answer = await uploadTable(guest, data as Buffer)
    expect(answer.status).toBe(422)
    expect(answer.text).toContain(words)
  })

  it('of more than 50 MB is told so in the form, and a much larger one is not let in', async () => {
    const answer = await uploadTable(guest, Buffer.alloc(51 * 2 ** 20, 'a'))
    expect(answer.status).toBe(422)
    expect(answer.text).toContain('nặng quá 50 MB')
  })
})

describe('a list that is exported', () => {
  it('holds what was narrowed down to, with nothing that a spreadsheet would run, and changes nothing when it comes back', async () => {
    await commit(
      await checkedTable(product, guest, 'externalId,name,description,phone\nx1,Zê Ta,=1+1,0912345678\nx2,Khác,Làm,\n'),
    )
    const list = await guest.get('/admin/listings/export.csv?q=ze+ta')
    expect(list.headers['content-disposition']).toContain('providers.csv')
    expect(list.text.split('\r\n').filter(Boolean)).toHaveLength(2)
    expect(list.text).toContain(",'=1+1,")
    expect((await guest.get('/admin/listings/export.pdf')).status).toBe(404)
    const before = await firms()
    const all = await guest.get('/admin/listings/export.csv?standing=public')
    const page = await guest.get(await checkedTable(product, guest, all.text))
    expect(page.text).toContain('Không có dòng nào để ghi')
    expect(page.text).not.toContain('class="wrong"')
    expect(await firms()).toEqual(before)
  })
})
