import type { Document } from 'mongodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../../support/database.js'

describe('windows and groups', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await openTestDatabase()
    await items().insertMany(
      Array.from({ length: 5 }, (_, i) => ({ i, even: i % 2 === 0, n: i === 2 ? null : i * 10 })),
    )
  })
  afterAll(() => database.close())
  const items = () => database.db.collection<Document>('items')
  const windows = (output: Document, sortBy: Document | undefined = { i: 1 }) =>
    items()
      .aggregate([{ $setWindowFields: { sortBy, output } }])
      .toArray()

  it('carry on from the document before where they hold all up to the current one', async () => {
    const window = { documents: ['unbounded', 'current'] }
    const [sum, avg, least, most, count] = [
      { $sum: '$n' },
      { $avg: '$n' },
      { $min: '$n' },
      { $max: '$n' },
      { $count: {} },
    ]
    const found = await windows({
      ...{ sum: { ...sum, window }, avg: { ...avg, window }, least: { ...least, window } },
      ...{ most: { ...most, window }, count: { ...count, window } },
    })
    const rows = found.map((doc) => [doc.sum, doc.avg, doc.least, doc.most, doc.count])
    expect(rows).toEqual([
      [0, 0, 0, 0, 1],
      [10, 5, 0, 10, 2],
      [10, 5, 0, 10, 3],
      [40, 40 / 3, 0, 30, 4],
      [80, 20, 0, 40, 5],
    ])
  })

  it.each<[Document, Document | undefined, number]>([
    [{ $sum: '$n', window: { range: [-1, 1] } }, { i: -1 }, 5339902],
    [{ $sum: '$n', window: { range: [-1, 1] } }, { i: 1, n: 1 }, 5339902],
    [{ $sum: '$n', window: { documents: [1, -1] } }, { i: 1 }, 5339900],
    [{ $sum: '$n', window: { documents: [0, 1.5] } }, { i: 1 }, 9],
    [{ $rank: {} }, { i: 1, n: 1 }, 5371602],
    [{ $denseRank: {} }, { i: 1, n: 1 }, 5371602],
    [{ $firstN: { input: '$n', n: '$i' }, window: { documents: [0, 1] } }, { i: 1 }, 238],
  ])('%j by %j is refused', async (output, sortBy, code) => {
    await expect(windows({ output }, sortBy)).rejects.toMatchObject({ code })
  })

  it('end when their time is over', async () => {
    // One document, so that the time goes into the windows and not into reading.
    const many = [{ $match: { i: 0 } }, { $project: { i: { $range: [0, 5000] } } }, { $unwind: '$i' }]
    const output = { all: { $stdDevPop: '$i', window: { documents: ['unbounded', 'current'] } } }
    const slow = items().aggregate([...many, { $setWindowFields: { sortBy: { i: 1 }, output } }], { maxTimeMS: 300 })
    await expect(slow.toArray()).rejects.toMatchObject({ code: 50 })
  })

  it('take as many of a group as its key says', async () => {
    const n = { $cond: [{ $eq: ['$even', true] }, 1, 3] }
    const found = await items()
      .aggregate([
        { $sort: { i: 1 } },
        {
          $group: {
            _id: { even: '$even' },
            first: { $firstN: { input: '$i', n } },
            top: { $topN: { output: '$i', sortBy: { i: -1 }, n } },
          },
        },
        { $sort: { '_id.even': 1 } },
      ])
      .toArray()
    expect(found.map(({ first, top }) => [first, top])).toEqual([
      [
        [1, 3],
        [3, 1],
      ],
      [[0], [4]],
    ])
  })
})
