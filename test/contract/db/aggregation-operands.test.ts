import { Decimal128, Double, Long } from 'bson'
import type { Document } from 'mongodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../../support/database.js'

/** What MongoDB answers, by its manual, to operands that are few, many, missing or at the edge of their type. */
describe('operands', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await openTestDatabase()
    await items().insertOne({ list: [1, 2, 3], none: null, day: new Date('2026-03-01T00:00:00Z') })
  })
  afterAll(() => database.close())
  const items = () => database.db.collection<Document>('items')
  const compute = async (value: unknown) => {
    const [result] = await items()
      .aggregate([{ $project: { _id: 0, value } }])
      .toArray()
    return result?.value
  }

  describe('are counted, and named as the operator names them', () => {
    it.each<[unknown, number]>([
      [{ $eq: ['$list'] }, 16020],
      [{ $subtract: [5] }, 16020],
      [{ $subtract: [5, 1, 1] }, 16020],
      [{ $size: ['$list', '$list'] }, 16020],
      [{ $not: [] }, 16020],
      [{ $toUpper: ['a', 'b'] }, 16020],
      [{ $cond: [true, 1] }, 16020],
      [{ $slice: ['$list'] }, 28667],
      [{ $round: [1, 2, 3] }, 28667],
      [{ $filter: { input: '$list', cond: true, frobnicate: 1 } }, 28647],
      [{ $cond: { if: true, frobnicate: 1 } }, 17083],
      [{ $firstN: { input: '$list', n: 1, frobnicate: 1 } }, 5787901],
      [{ $zip: '$list' }, 9],
      [{ $dateAdd: { startDate: '$day', unit: 'day', amount: 1, frobnicate: 1 } }, 5166401],
    ])('%j', async (expression, code) => {
      await expect(compute(expression)).rejects.toMatchObject({ code })
    })

    it('before there is a document', async () => {
      const empty = database.db.collection('empty').aggregate([{ $project: { a: { $eq: ['$a'] } } }])
      await expect(empty.toArray()).rejects.toMatchObject({ code: 16020 })
    })
  })

  it.each<[unknown, unknown]>([
    [{ $trunc: [28.999999999999996, 0] }, 28],
    [{ $trunc: 28.999999999999996 }, 28],
    [{ $round: new Double(1234567890123456) }, 1234567890123456],
    [{ $round: [2.675, 2] }, 2.67],
    [{ $round: [new Double(1e300), 1] }, 1e300],
    [{ $abs: Long.MIN_VALUE.add(1) }, Long.MAX_VALUE],
    [{ $slice: ['$list', 1, '$missing'] }, null],
    [{ $slice: ['$list', -2] }, [2, 3]],
    [{ $round: [1.25, '$missing'] }, null],
    [
      {
        $zip: {
          inputs: [
            [null, 2],
            [1, 2, 3],
          ],
          useLongestLength: true,
          defaults: ['a', 'b'],
        },
      },
      [
        [null, 1],
        [2, 2],
        ['a', 3],
      ],
    ],
    [{ $filter: { input: '$list', cond: true, limit: 2 } }, [1, 2]],
    [{ $round: Decimal128.fromString('2.5') }, Decimal128.fromString('2')],
  ])('%j', async (expression, expected) => {
    expect(await compute(expression)).toEqual(expected)
  })

  it.each<[unknown, number]>([
    [{ $abs: Long.MIN_VALUE }, 28680],
    [{ $range: [0, 2, '$missing'] }, 34448],
    [{ $indexOfBytes: ['ab', 'b', '$missing'] }, 40096],
    [{ $filter: { input: '$list', cond: true, limit: 0 } }, 327392],
    [{ $filter: { input: '$list', cond: true, limit: -1 } }, 327392],
    [{ $filter: { input: '$list', cond: true, limit: 1.5 } }, 327391],
  ])('%j is refused', async (expression, code) => {
    await expect(compute(expression)).rejects.toMatchObject({ code })
  })
})
