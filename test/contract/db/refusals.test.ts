import type { Document } from 'mongodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../../support/database.js'

describe('what the database does not know', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await openTestDatabase()
  })
  afterAll(() => database.close())
  const command = (body: Document) => database.db.db?.command(body) as Promise<Document>

  it('is refused by name: commands', async () => {
    await expect(command({ frobnicate: 1 })).rejects.toMatchObject({ code: 59, codeName: 'CommandNotFound' })
  })

  it('is refused by name: fields of commands', async () => {
    await expect(command({ find: 'items', frobnicate: 1 })).rejects.toMatchObject({ code: 40415 })
  })

  it('is refused: names that no collection has', async () => {
    await expect(command({ create: 'a$b' })).rejects.toMatchObject({ code: 73 })
    await expect(command({ insert: '', documents: [{}] })).rejects.toMatchObject({ code: 73 })
  })

  it('is refused: documents that are too large, and what cannot be an _id', async () => {
    const items = database.db.collection<Document>('items')
    await expect(items.insertOne({ _id: [1] as never })).rejects.toMatchObject({ code: 53 })
    await expect(items.insertOne({ _id: { $a: 1 } as never })).rejects.toMatchObject({ code: 52 })
    await items.insertOne({ _id: 1 as never, text: 'x'.repeat(9_000_000) })
    await expect(items.updateOne({}, { $set: { more: 'x'.repeat(9_000_000) } })).rejects.toThrow(/BSONObj|Size|size/)
    expect(await items.findOne({}, { projection: { more: 1 } })).toEqual({ _id: 1 })
  })

  it('is refused as a whole: a batch one of whose statements is not formed as it should be', async () => {
    const known = { q: {}, u: { $set: { changed: true } } }
    const updates = (second: Document) => command({ update: 'batch', updates: [known, second] })
    await database.db.collection('batch').insertOne({})
    await expect(updates({ ...known, frobnicate: 1 })).rejects.toMatchObject({ code: 40415 })
    await expect(updates({ q: {} })).rejects.toMatchObject({ code: 40414 })
    await expect(command({ delete: 'batch', deletes: [{ q: {} }] })).rejects.toMatchObject({ code: 40414 })
    expect(await database.db.collection('batch').countDocuments({ changed: true })).toBe(0)
  })

  it('is refused by name: what only Atlas has', async () => {
    const search = database.db.collection('items').aggregate([{ $search: { text: { query: 'a', path: 'b' } } }])
    await expect(command({ createSearchIndexes: 'items', indexes: [] })).rejects.toMatchObject({ code: 31082 })
    await expect(search.toArray()).rejects.toMatchObject({ code: 31082 })
  })

  it('is refused: lists that are empty or missing', async () => {
    await expect(command({ insert: 'items', documents: [] })).rejects.toMatchObject({ ok: 0 })
    await expect(command({ aggregate: 'items', pipeline: [] })).rejects.toMatchObject({ code: 9 })
  })

  it.each([
    [{ $unwind: { path: '$a', frobnicate: 1 } }, 28811],
    [{ $sample: { size: 1, frobnicate: 1 } }, 28748],
    [{ $bucket: { groupBy: '$a', boundaries: [0, 1], frobnicate: 1 } }, 40197],
    [{ $unionWith: { coll: 'items', frobnicate: 1 } }, 40415],
    [{ $merge: { into: 'merged', frobnicate: 1 } }, 40415],
    [{ $merge: { into: 'merged', whenMatched: 'frobnicate' } }, 2],
    [{ $merge: { into: 'merged', whenNotMatched: 'frobnicate' } }, 2],
    [{ $merge: { into: 'merged', on: 'a' } }, 51183],
  ])('is refused by name: options of stages: %o', async (stage, code) => {
    const asked = database.db.collection('items').aggregate([stage]).toArray()
    await expect(asked).rejects.toMatchObject({ code })
  })

  it('is refused: to merge by what a document does not have', async () => {
    await database.db.collection('merged').createIndex({ a: 1 }, { unique: true })
    await database.db.collection('plain').insertOne({ b: 1 })
    const merging = (on: string) => database.db.collection('plain').aggregate([{ $merge: { into: 'merged', on } }])
    await expect(merging('a').toArray()).rejects.toMatchObject({ code: 51132 })
    expect(await database.db.collection('merged').countDocuments()).toBe(0)
  })

  it('is refused by name: options of collations', async () => {
    const sorted = (collation: Document) =>
      database.db
        .collection('items')
        .find()
        .collation(collation as never)
        .toArray()
    await expect(sorted({ locale: 'vi', frobnicate: 1 })).rejects.toMatchObject({ code: 40415 })
    await expect(sorted({ locale: 'vi', strength: 6 })).rejects.toMatchObject({ code: 2 })
    const usual = {
      caseLevel: false,
      caseFirst: 'off',
      alternate: 'non-ignorable',
      backwards: false,
      normalization: true,
    }
    expect(await sorted({ locale: 'vi', strength: 2, ...usual })).toBeDefined()
  })
})

it.skipIf(process.env.MONGODB_URI)(
  'says of what MongoDB knows and it does not that it is not implemented',
  async () => {
    const database = await openTestDatabase()
    try {
      for (const more of [
        { strength: 4 },
        { caseLevel: true },
        { caseFirst: 'upper' },
        { alternate: 'shifted' },
        { backwards: true },
      ]) {
        const asked = database.db
          .collection('items')
          .find()
          .collation({ locale: 'fr', ...more } as never)
        await expect(asked.toArray()).rejects.toMatchObject({ code: 238, codeName: 'NotImplemented' })
      }
    } finally {
      await database.close()
    }
  },
)
