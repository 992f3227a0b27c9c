import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Conflict, NotFound } from '../../../src/kernel/errors.js'
import { createChange } from '../../../src/platform/records/change.repository.js'
import { createRecordIndexes, recordModels } from '../../../src/platform/records/record.model.js'
import { recordRepository } from '../../../src/platform/records/record.repository.js'
import { openTestDatabase, type TestDatabase } from '../../support/database.js'

interface Content {
  text: string
}

let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
  await createRecordIndexes(database.db)
})
afterAll(() => database.close())

const setup = () => {
  const change = createChange(database.db, () => new Date('2026-11-24T00:00:00Z'))
  const records = recordRepository(database.db)
  const create = async (slugFrom: string, over: { externalId?: string } = {}) => {
    const edit = { slugFrom, source: 'test', set: { published: { text: slugFrom } }, ...over }
    const [record] = await change<Content>({ parkId: 'p', type: 'provider', by: 'me', why: 'new', edits: [edit] })
    if (!record) throw new Error('nothing was created')
    return record
  }
  return { change, records, create, models: recordModels(database.db) }
}

describe('changing a record', () => {
  test('record, version, audit entry, address and change-log entry are there together', async () => {
    const { create, models } = setup()
    const record = await create('Kênh Xáng')
    expect(record).toMatchObject({ version: 1, slug: 'kenh-xang', published: { text: 'Kênh Xáng' } })
    const of = { recordId: record.id }
    expect(await models.versions.find(of).lean()).toMatchObject([{ version: 1, by: 'me', why: 'new' }])
    expect(await models.audit.find(of).lean()).toMatchObject([{ action: 'create', version: 1 }])
    expect(await models.slugs.find(of).lean()).toMatchObject([{ slug: 'kenh-xang' }])
    expect(await models.changes.find(of).lean()).toMatchObject([{ version: 1, type: 'provider' }])
  })

  test('what fails alongside leaves nothing behind', async () => {
    const { change, records, models } = setup()
    const before = await records.lastSeq()
    const failing = change<Content>({
      ...{ parkId: 'p', type: 'provider', by: 'me', why: 'new' },
      edits: [{ slugFrom: 'never', source: 'test', set: { published: { text: 'x' } } }],
      alongside: async () => {
        throw new Error('no mail today')
      },
    })
    await expect(failing).rejects.toThrow('no mail today')
    expect(await records.lastSeq()).toBe(before)
    expect(await records.bySlug('p', 'provider', 'never')).toBeNull()
    expect(await models.versions.countDocuments({ why: 'new', published: { text: 'x' } })).toBe(0)
  })

  test('a change against an older version is refused and changes nothing', async () => {
    const { change, create, records } = setup()
    const { id } = await create('hai người sửa')
    const edit = (expect: number, text: string) =>
      change<Content>({
        parkId: 'p',
        type: 'provider',
        by: 'me',
        why: 'edit',
        edits: [{ id, expect, set: { published: { text } } }],
      })
    await edit(1, 'first')
    await expect(edit(1, 'second')).rejects.toThrow(Conflict)
    expect(await records.byId<Content>('provider', id)).toMatchObject({ version: 2, published: { text: 'first' } })
  })

  test('parallel changes of one record all count, one after the other', async () => {
    const { change, create, records, models } = setup()
    const { id } = await create('đông người sửa')
    const edit = (n: number) =>
      change<Content>({
        parkId: 'p',
        type: 'provider',
        by: `b${n}`,
        why: 'edit',
        edits: [{ id, set: { published: { text: `${n}` } } }],
      })
    await Promise.all([1, 2, 3, 4, 5].map(edit))
    expect((await records.byId('provider', id))?.version).toBe(6)
    const versions = await models.versions.find({ recordId: id }).lean()
    expect(versions.map((v) => v.version).sort()).toEqual([1, 2, 3, 4, 5, 6])
  })

  test('the change log has no gaps and no repeats under parallel changes', async () => {
    const { create, records } = setup()
    const before = await records.lastSeq()
    await Promise.all(Array.from({ length: 8 }, (_, i) => create(`song song ${i}`)))
    const entries = await records.changesAfter(before, 100)
    expect(entries.map((e) => e.seq)).toEqual(Array.from({ length: 8 }, (_, i) => before + 1 + i))
  })

  test('a record of another park is not found', async () => {
    const { change, create } = setup()
    const { id } = await create('khu này')
    const other = change<Content>({
      parkId: 'q',
      type: 'provider',
      by: 'me',
      why: 'x',
      edits: [{ id, set: { published: null } }],
    })
    await expect(other).rejects.toThrow(NotFound)
  })
})

describe('addresses', () => {
  test('two records of one name get two addresses', async () => {
    const { create, records } = setup()
    const first = await create('Cùng Tên')
    const second = await create('Cùng Tên')
    expect(first.slug).toBe('cung-ten')
    expect(second.slug).toMatch(/^cung-ten-[0-9a-z]{5}$/)
    expect((await records.bySlug('p', 'provider', second.slug))?.id).toBe(second.id)
  })

  test('an old address still leads to the renamed record, and a return to the old name takes it back', async () => {
    const { change, create, records } = setup()
    const { id } = await create('Tên Cũ')
    const rename = (slugFrom: string) =>
      change<Content>({ parkId: 'p', type: 'provider', by: 'me', why: 'renamed', edits: [{ id, slugFrom, set: {} }] })
    await rename('Tên Mới')
    expect(await records.bySlug('p', 'provider', 'ten-cu')).toMatchObject({ id, slug: 'ten-moi' })
    await rename('Tên Cũ')
    expect(await records.bySlug('p', 'provider', 'ten-moi')).toMatchObject({ id, slug: 'ten-cu' })
  })

  test('the address of a merged record leads to the one that is left, and a circle of merges ends', async () => {
    const { change, create, records } = setup()
    const a = await create('gộp a')
    const b = await create('gộp b')
    const merge = (id: string, mergedInto: string) =>
      change<Content>({ parkId: 'p', type: 'provider', by: 'me', why: 'merged', edits: [{ id, set: { mergedInto } }] })
    await merge(a.id, b.id)
    expect((await records.bySlug('p', 'provider', 'gop-a'))?.id).toBe(b.id)
    await merge(b.id, a.id)
    await expect(records.bySlug('p', 'provider', 'gop-a')).resolves.toBeTruthy()
  })
})

describe('external ids', () => {
  test('one source cannot bring the same id twice, another source can', async () => {
    const { change, create } = setup()
    await create('một', { externalId: 'x1' })
    await expect(create('hai', { externalId: 'x1' })).rejects.toMatchObject({ code: 11000 })
    const [other] = await change<Content>({
      ...{ parkId: 'p', type: 'provider', by: 'me', why: 'new' },
      edits: [{ slugFrom: 'ba', source: 'elsewhere', externalId: 'x1', set: { published: { text: 'ba' } } }],
    })
    expect(other?.externalId).toBe('x1')
  })
})
