import { Decimal128, Double, Long } from 'bson'
import type { Document, UpdateOptions } from 'mongodb'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../../support/database.js'

/** Updates of all kinds stand in one table, so their fields are not typed. */
type Case<Result> = [title: string, before: Document, update: Document, expected: Result]

describe('updates', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await openTestDatabase()
  })
  afterAll(() => database.close())
  const items = () => database.db.collection<Document>('items')
  beforeEach(() => items().deleteMany({}))

  async function changed(
    before: Document,
    update: Document,
    options: UpdateOptions & { filter?: Document } = {},
  ): Promise<Document> {
    const { filter, ...rest } = options
    await items().insertOne({ _id: 1 as never, ...before })
    await items().updateOne(filter ?? { _id: 1 as never }, update, rest)
    const { _id, ...after } = (await items().findOne({ _id: 1 as never })) ?? { _id: 0 }
    return after
  }

  it.each<Case<Document>>([
    ['$set makes the way', {}, { $set: { 'a.b.c': 1 } }, { a: { b: { c: 1 } } }],
    ['$set fills arrays with nulls', { a: [1] }, { $set: { 'a.3': 4 } }, { a: [1, null, null, 4] }],
    ['$pull by a comparison, into arrays too', { a: [[6], 1, 7] }, { $pull: { a: { $gte: 5 } } }, { a: [1] }],
    [
      '$pull by fields of documents alone',
      { a: [[{ b: 1 }], { b: 1 }] },
      { $pull: { a: { b: 1 } } },
      { a: [[{ b: 1 }]] },
    ],
    [
      '$push sorted by a field, where an array counts as a whole',
      { a: [{ d: [0, 9] }, { d: 5 }] },
      { $push: { a: { $each: [], $sort: { d: 1 } } } },
      { a: [{ d: 5 }, { d: [0, 9] }] },
    ],
    ['$unset', { a: 1, b: 2 }, { $unset: { a: '' } }, { b: 2 }],
    ['$unset keeps places in arrays', { a: [1, 2] }, { $unset: { 'a.0': '' } }, { a: [null, 2] }],
    ['$inc and $mul', { a: 2, b: 3 }, { $inc: { a: 5, c: 1 }, $mul: { b: 4, d: 7 } }, { a: 7, b: 12, c: 1, d: 0 }],
    [
      '$min and $max',
      { a: 5, b: 5, c: new Date(5) },
      { $min: { a: 3, c: new Date(1) }, $max: { b: 9 } },
      { a: 3, b: 9, c: new Date(1) },
    ],
    ['$rename', { a: 1 }, { $rename: { a: 'b.c' } }, { b: { c: 1 } }],
    ['$push', { a: [1] }, { $push: { a: 2, b: 3 } }, { a: [1, 2], b: [3] }],
    [
      '$push with all modifiers',
      { a: [{ n: 3 }] },
      { $push: { a: { $each: [{ n: 1 }, { n: 2 }], $sort: { n: 1 }, $slice: 2 } } },
      { a: [{ n: 1 }, { n: 2 }] },
    ],
    ['$push at a place', { a: [1, 4] }, { $push: { a: { $each: [2, 3], $position: 1 } } }, { a: [1, 2, 3, 4] }],
    ['$push keeps the last', { a: [1, 2, 3] }, { $push: { a: { $each: [4], $slice: -2 } } }, { a: [3, 4] }],
    ['$addToSet', { a: [1, { x: 1 }] }, { $addToSet: { a: { $each: [1, { x: 1 }, 2] } } }, { a: [1, { x: 1 }, 2] }],
    ['$pull by condition', { a: [1, 5, 9] }, { $pull: { a: { $gte: 5 } } }, { a: [1] }],
    ['$pull by fields', { a: [{ x: 1, y: 1 }, { x: 2 }] }, { $pull: { a: { x: 1 } } }, { a: [{ x: 2 }] }],
    ['$pullAll', { a: [1, 2, 1, 3] }, { $pullAll: { a: [1, 3] } }, { a: [2] }],
    ['$pop', { a: [1, 2, 3], b: [1, 2, 3] }, { $pop: { a: 1, b: -1 } }, { a: [1, 2], b: [2, 3] }],
    ['$[] on each element', { a: [1, 2] }, { $inc: { 'a.$[]': 10 } }, { a: [11, 12] }],
    ['$bit', { a: 13 }, { $bit: { a: { and: 10 } } }, { a: 8 }],
  ])('%s', async (_title, before, update, after) => {
    expect(await changed(before, update)).toEqual(after)
  })

  it('set what $ stands for: the element that the filter matched', async () => {
    const before = {
      a: [
        { n: 'x', v: 1 },
        { n: 'y', v: 1 },
      ],
    }
    expect(await changed(before, { $set: { 'a.$.v': 2 } }, { filter: { 'a.n': 'y' } })).toEqual({
      a: [
        { n: 'x', v: 1 },
        { n: 'y', v: 2 },
      ],
    })
    await expect(items().updateOne({ _id: 1 as never }, { $set: { 'a.$.v': 3 } })).rejects.toMatchObject({ code: 2 })
  })

  it('change the elements that an array filter chooses, in nested arrays too', async () => {
    const before = {
      a: [
        { k: 1, b: [1, 5] },
        { k: 2, b: [5] },
      ],
    }
    const after = await changed(
      before,
      { $set: { 'a.$[outer].b.$[inner]': 0 } },
      { arrayFilters: [{ 'outer.k': 1 }, { inner: { $gt: 3 } }] },
    )
    expect(after).toEqual({
      a: [
        { k: 1, b: [1, 0] },
        { k: 2, b: [5] },
      ],
    })
  })

  it('refuse array filters that are missing or not used', async () => {
    await items().insertOne({ a: [1] })
    await expect(items().updateOne({}, { $set: { 'a.$[x]': 1 } })).rejects.toMatchObject({ code: 2 })
    await expect(items().updateOne({}, { $set: { b: 1 } }, { arrayFilters: [{ x: 1 }] })).rejects.toMatchObject({
      code: 9,
    })
  })

  it('set the date of the server', async () => {
    const { at } = await changed({}, { $currentDate: { at: true } })
    expect(Math.abs(Date.now() - (at as Date).getTime())).toBeLessThan(60_000)
  })

  it('keep and promote number types', async () => {
    await items().insertOne({
      _id: 1 as never,
      int: 2_147_483_647,
      double: new Double(1),
      long: Long.fromString('9007199254740993'),
      decimal: Decimal128.fromString('1.5'),
    })
    await items().updateOne({}, { $inc: { int: 1, double: 1, long: 1, decimal: 1 } })
    const raw = await items().findOne({}, { promoteValues: false })
    expect(raw).toMatchObject({ int: { _bsontype: 'Long' }, double: { _bsontype: 'Double' } })
    expect(String(raw?.int)).toBe('2147483648')
    expect(String(raw?.long)).toBe('9007199254740994')
    expect(String(raw?.decimal)).toBe('2.5')
  })

  it('leave a document alone that is already as it should be', async () => {
    await items().insertOne({ a: 1, b: [1] })
    expect(await items().updateOne({}, { $set: { a: 1 }, $addToSet: { b: 1 } })).toMatchObject({
      matchedCount: 1,
      modifiedCount: 0,
    })
  })

  it('make a document of filter and update where none matches', async () => {
    const result = await items().updateOne(
      { a: 1, b: { $eq: 2 }, c: { $gt: 3 } },
      { $set: { d: 4 }, $setOnInsert: { e: 5 } },
      { upsert: true },
    )
    expect(result).toMatchObject({ matchedCount: 0, upsertedCount: 1 })
    expect(await items().findOne({ _id: result.upsertedId as never })).toMatchObject({ a: 1, b: 2, d: 4, e: 5 })
    await items().updateOne({ a: 1 }, { $setOnInsert: { e: 6 } }, { upsert: true })
    expect(await items().countDocuments({ e: 5 })).toBe(1)
  })

  it.each<Document>([{ a: 1, 'a.b': 2 }, { $and: [{ a: 1 }, { a: 2 }] }])(
    'make none of %j, which says two things of a field',
    async (filter) => {
      await expect(items().updateOne(filter, { $set: { c: 1 } }, { upsert: true })).rejects.toMatchObject({ code: 54 })
      expect(await items().countDocuments()).toBe(0)
    },
  )

  it('replace a document but for its _id', async () => {
    await items().insertOne({ _id: 1 as never, a: 1, b: 2 })
    await items().replaceOne({ a: 1 }, { c: 3 })
    expect(await items().findOne()).toEqual({ _id: 1, c: 3 })
    await expect(items().updateOne({ _id: 1 as never }, { $set: { _id: 2 as never } })).rejects.toMatchObject({
      code: 66,
    })
  })

  it.each<Case<number>>([
    ['an unknown operator', {}, { $almost: { a: 1 } }, 9],
    ['two changes of one field', {}, { $set: { a: 1 }, $inc: { a: 1 } }, 40],
    ['two changes along one path', {}, { $set: { a: 1, 'a.b': 2 } }, 40],
    ['a path through a number', { a: 1 }, { $set: { 'a.b': 1 } }, 28],
    ['$inc on a string', { a: 'x' }, { $inc: { a: 1 } }, 14],
    ['$push on a number', { a: 1 }, { $push: { a: 1 } }, 2],
    ['$pop through a text', { a: 'x' }, { $pop: { 'a.b': 1 } }, 28],
    ['$rename to no string', { a: 1 }, { $rename: { a: 1 as never } }, 2],
    ['$rename to itself', { a: 1 }, { $rename: { a: 'a' } }, 2],
    ['$rename along one path', { a: { b: 1 } }, { $rename: { a: 'a.b' } }, 2],
    ['$rename out of an array', { a: [1] }, { $rename: { 'a.0': 'b' } }, 2],
    ['$rename into an array', { a: [1], b: 1 }, { $rename: { b: 'a.0' } }, 2],
    ['$rename through a text', { a: 'x' }, { $rename: { 'a.b': 'c' } }, 28],
  ])('refuse %s', async (_title, before, update, code) => {
    await items().insertOne({ ...before })
    await expect(items().updateOne({}, update)).rejects.toMatchObject({ code })
    expect(await items().findOne()).toMatchObject(before)
  })
})
