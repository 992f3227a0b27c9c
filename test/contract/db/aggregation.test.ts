import { ObjectId } from 'bson'
import type { Document } from 'mongodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../../support/database.js'

describe('aggregation', () => {
  let database: TestDatabase
  const [mill, farm] = [new ObjectId(), new ObjectId()]
  beforeAll(async () => {
    database = await openTestDatabase()
    await database.db.collection('firms').insertMany([
      { _id: mill, name: 'mill', ward: 'x' },
      { _id: farm, name: 'farm', ward: 'y' },
    ])
    await orders().insertMany([
      { firm: mill, sum: 10, tags: ['a', 'b'], at: new Date('2026-01-05T00:00:00Z') },
      { firm: mill, sum: 30, tags: ['b'], at: new Date('2026-02-05T00:00:00Z') },
      { firm: farm, sum: 5, tags: [], at: new Date('2026-02-06T00:00:00Z') },
      { firm: null, sum: 1, at: new Date('2026-03-01T00:00:00Z') },
    ])
    await orders().createIndex({ firm: 1 })
  })
  afterAll(() => database.close())
  const orders = () => database.db.collection<Document>('orders')
  const run = (...pipeline: Document[]) => orders().aggregate(pipeline).toArray()

  it('groups by reference and sums', async () => {
    const groups = await run(
      { $group: { _id: '$firm', total: { $sum: '$sum' }, count: { $sum: 1 }, most: { $max: '$sum' } } },
      { $sort: { total: -1 } },
    )
    expect(groups).toEqual([
      { _id: mill, total: 40, count: 2, most: 30 },
      { _id: farm, total: 5, count: 1, most: 5 },
      { _id: null, total: 1, count: 1, most: 1 },
    ])
  })

  it('joins by equal fields', async () => {
    const joined = await run(
      { $match: { sum: { $gte: 5 } } },
      { $sort: { sum: 1 } },
      { $lookup: { from: 'firms', localField: 'firm', foreignField: '_id', as: 'firm' } },
    )
    expect(joined.map(({ firm }) => firm.map(({ name }: Document) => name))).toEqual([['farm'], ['mill'], ['mill']])
  })

  it('joins by a pipeline with variables', async () => {
    const joined = await database.db
      .collection('firms')
      .aggregate([
        { $sort: { name: 1 } },
        {
          $lookup: {
            from: 'orders',
            let: { id: '$_id', least: 6 },
            pipeline: [
              { $match: { $expr: { $and: [{ $eq: ['$firm', '$$id'] }, { $gt: ['$sum', '$$least'] }] } } },
              { $count: 'n' },
            ],
            as: 'large',
          },
        },
      ])
      .toArray()
    expect(joined.map(({ name, large }) => [name, large])).toEqual([
      ['farm', []],
      ['mill', [{ n: 2 }]],
    ])
  })

  it('unwinds arrays, with or without the empty ones', async () => {
    expect((await run({ $unwind: '$tags' })).map(({ tags }) => tags).sort()).toEqual(['a', 'b', 'b'])
    expect(await run({ $unwind: { path: '$tags', preserveNullAndEmptyArrays: true } }, { $count: 'n' })).toEqual([
      { n: 5 },
    ])
  })

  it('answers several questions at once', async () => {
    const [facets] = await run({
      $facet: {
        byTag: [{ $unwind: '$tags' }, { $sortByCount: '$tags' }],
        total: [{ $count: 'n' }],
        best: [{ $sort: { sum: -1 } }, { $limit: 1 }, { $project: { _id: 0, sum: 1 } }],
      },
    })
    expect(facets).toEqual({
      byTag: [
        { _id: 'b', count: 2 },
        { _id: 'a', count: 1 },
      ],
      total: [{ n: 4 }],
      best: [{ sum: 30 }],
    })
  })

  it('computes fields', async () => {
    const [first] = await run(
      { $match: { firm: mill } },
      { $sort: { sum: 1 } },
      {
        $addFields: {
          twice: { $multiply: ['$sum', 2] },
          month: { $dateToString: { date: '$at', format: '%Y-%m', timezone: 'Asia/Ho_Chi_Minh' } },
        },
      },
      { $project: { _id: 0, twice: 1, month: 1, many: { $gt: [{ $size: '$tags' }, 1] } } },
    )
    expect(first).toEqual({ twice: 20, month: '2026-01', many: true })
  })

  it('sorts values into ranges', async () => {
    expect(await run({ $bucket: { groupBy: '$sum', boundaries: [0, 10, 100], output: { n: { $sum: 1 } } } })).toEqual([
      { _id: 0, n: 2 },
      { _id: 10, n: 2 },
    ])
  })

  it('replaces the document by a part of it', async () => {
    expect(await run({ $match: { sum: 5 } }, { $replaceRoot: { newRoot: { only: '$sum' } } })).toEqual([{ only: 5 }])
  })

  it('samples without repeating', async () => {
    const sampled = await run({ $sample: { size: 3 } })
    expect(new Set(sampled.map(({ _id }) => String(_id))).size).toBe(3)
  })

  it('writes its result into a collection', async () => {
    await run(
      { $group: { _id: '$firm', total: { $sum: '$sum' } } },
      { $match: { _id: { $ne: null } } },
      { $merge: { into: 'firms' } },
    )
    expect(await database.db.collection('firms').findOne({ _id: mill })).toEqual({
      _id: mill,
      name: 'mill',
      ward: 'x',
      total: 40,
    })
    await run({ $match: { sum: { $lt: 10 } } }, { $out: 'small' })
    expect(await database.db.collection('small').countDocuments()).toBe(2)
  })

  it('says which document it met that was not to be there', async () => {
    await database.db.collection<Document>('full').insertOne({ _id: mill })
    const merge = { $merge: { into: 'full', whenMatched: 'fail' } }
    const merged = run({ $group: { _id: '$firm' } }, { $match: { _id: mill } }, merge)
    await expect(merged).rejects.toMatchObject({ code: 11000, keyPattern: { _id: 1 }, keyValue: { _id: mill } })
  })

  it('does not write what it has read with a read concern for reading alone', async () => {
    const body = {
      aggregate: 'sales',
      pipeline: [{ $out: 'other' }],
      cursor: {},
      readConcern: { level: 'linearizable' },
    }
    await expect(database.db.db?.command(body)).rejects.toMatchObject({ codeName: 'InvalidOptions' })
  })

  it('refuses an unknown stage and an unknown expression', async () => {
    await expect(run({ $almost: {} })).rejects.toMatchObject({ code: 40324 })
    await expect(run({ $project: { a: { $almost: 1 } } })).rejects.toMatchObject({ code: 31325 })
  })
})
