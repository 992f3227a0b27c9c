import fc from 'fast-check'
import type { Document } from 'mongodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../../support/database.js'

const INDEXES: Document[] = [
  { a: 1 },
  { a: 1, b: -1 },
  { b: 1, a: 1 },
  { 'c.d': 1 },
  { 'c.d': 1, 'c.e': 1 },
  { b: -1, 'c.d': 1 },
  // With _id at the end the order of an index is the whole order, and shows.
  { b: 1, _id: 1 },
  { f: 1, b: -1, _id: 1 },
]

/** Small values of many types, so that documents and filters often meet. */
const scalar = fc.oneof(
  fc.integer({ min: -2, max: 3 }),
  fc.constantFrom('', 'a', 'ab', 'b', null, true, false, 1.5, Number.NaN, new Date(0), new Date(5)),
)
const value = fc.oneof({ weight: 5, arbitrary: scalar }, { weight: 2, arbitrary: fc.array(scalar, { maxLength: 3 }) })
// Two arrays side by side in one compound index are refused, so one of each pair of fields is never an array.
const part = fc.record({ d: value, e: scalar }, { requiredKeys: [] })
const document = fc.record(
  {
    a: value,
    b: scalar,
    f: scalar,
    c: fc.oneof(part, fc.array(part, { maxLength: 3 }), scalar),
  },
  { requiredKeys: [] },
)

const comparison = fc.oneof(
  scalar,
  fc.record({ $gt: scalar }),
  fc.record({ $gte: scalar, $lt: scalar }, { requiredKeys: ['$gte'] }),
  fc.record({ $lte: scalar }),
  fc.record({ $in: fc.array(scalar, { maxLength: 3 }) }),
  fc.record({ $ne: scalar }),
  fc.record({ $exists: fc.boolean() }),
  fc.constantFrom({ $regex: '^a' }, { $not: { $gt: 1 } }, { $elemMatch: { $gte: 1, $lte: 2 } }, { $type: 'string' }),
)
const fields = fc.dictionary(fc.constantFrom('a', 'b', 'f', 'c.d', 'c.e'), comparison, { minKeys: 1, maxKeys: 3 })
const nested = fc.record({
  c: fc.record({ $elemMatch: fc.dictionary(fc.constantFrom('d', 'e'), scalar, { minKeys: 1 }) }),
})
const filter: fc.Arbitrary<Document> = fc.oneof(
  { weight: 6, arbitrary: fields },
  { weight: 1, arbitrary: nested },
  { weight: 2, arbitrary: fc.array(fields, { minLength: 1, maxLength: 3 }).map((branches) => ({ $or: branches })) },
  { weight: 1, arbitrary: fc.tuple(fields, fields).map(([one, other]) => ({ $and: [one, other] })) },
)
const sort = fc.constantFrom<Document>(
  { _id: 1 },
  { _id: -1 },
  { a: 1, _id: 1 },
  { a: -1, _id: 1 },
  { b: 1, _id: 1 },
  { b: -1, _id: -1 },
  { f: 1, b: -1, _id: 1 },
  { f: -1, b: 1, _id: -1 },
  { b: -1, _id: 1 },
  { 'c.d': 1, _id: 1 },
)

describe('plans', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await openTestDatabase()
  })
  afterAll(() => database.close())

  it('answer with indexes what they answer without', async () => {
    const plain = database.db.collection<Document>('plain')
    const indexed = database.db.collection<Document>('indexed')
    for (const keys of INDEXES) await indexed.createIndex(keys)
    await fc.assert(
      fc.asyncProperty(
        fc.array(document, { minLength: 1, maxLength: 25 }),
        fc.array(fc.tuple(filter, sort), { minLength: 12, maxLength: 12 }),
        async (documents, questions) => {
          const numbered = documents.map((fields, n) => ({ ...fields, _id: n as never }))
          for (const collection of [plain, indexed]) {
            await collection.deleteMany({})
            await collection.insertMany(numbered.map((each) => ({ ...each })))
          }
          for (const [asked, order] of questions) {
            const answer = async (collection: typeof plain) =>
              (await collection.find(asked).sort(order).toArray()).map(({ _id }) => _id)
            const found = await answer(plain)
            expect(await answer(indexed), JSON.stringify({ asked, order })).toEqual(found)
            expect(await indexed.countDocuments(asked), JSON.stringify({ asked })).toBe(found.length)
          }
        },
      ),
      { numRuns: 40 },
    )
  })
})
