import { Decimal128, Double, Int32, Long, ObjectId } from 'bson'
import type { Document } from 'mongodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../../support/database.js'

/** A value as MongoDB names its types: `{ a: [Double(2)] }` is `{ a: ['double 2'] }`. */
function typed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(typed)
  const type = (value as { _bsontype?: string } | null)?._bsontype
  if (type) return `${{ Int32: 'int', Long: 'long', Double: 'double', Decimal128: 'decimal' }[type] ?? type} ${value}`
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, typed(each)]))
}

/** Of `$switch`: an object with `then` would be taken for a promise. */
const branch = (test: unknown, result: unknown) =>
  Object.fromEntries([
    ['case', test],
    ['then', result],
  ])

describe('number types', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await openTestDatabase()
    await numbers().insertOne(stored)
  })
  afterAll(() => database.close())

  const stored: Document = {
    _id: new Double(1),
    int: new Int32(7),
    long: new Long(2),
    double: new Double(2),
    decimal: Decimal128.fromString('2.50'),
    in: { long: new Long(3), list: [new Double(4), new Long(5), [{ deep: new Long(7) }], { deep: new Double(6) }] },
    list: [new Double(3), new Long(1), new Int32(2)],
    day: new Date('2026-03-01T00:00:00Z'),
  }
  const numbers = () => database.db.collection<Document>('numbers')
  const run = async (...pipeline: Document[]) => {
    const results = await numbers().aggregate(pipeline, { promoteValues: false, promoteLongs: false }).toArray()
    return results.map(typed)
  }
  const compute = async (expression: unknown) => {
    const [result] = (await run({ $project: { _id: 0, value: expression } })) as Document[]
    return result?.value
  }

  describe('are what they were', () => {
    it.each<[string, unknown, unknown]>([
      ['a field', '$double', 'double 2'],
      ['a field within', '$in.long', 'long 3'],
      ['a field of what is in an array', '$in.list.deep', ['double 6']],
      ['a document', '$in', typed(stored.in)],
      ['a document that is written down', { a: '$long', b: ['$double', 1] }, { a: 'long 2', b: ['double 2', 'int 1'] }],
      ['$$ROOT', '$$ROOT', typed(stored)],
      ['$$CURRENT', '$$CURRENT.long', 'long 2'],
      ['$literal', { $literal: new Double(9) }, 'double 9'],
      [
        '$mergeObjects',
        { $mergeObjects: ['$in', { a: '$double' }] },
        { ...(typed(stored.in) as object), a: 'double 2' },
      ],
      ['$ifNull', { $ifNull: ['$missing', '$double'] }, 'double 2'],
      ['$cond', { $cond: [{ $gt: ['$double', 1] }, '$double', 0] }, 'double 2'],
      ['$switch', { $switch: { branches: [branch(false, 1)], default: '$long' } }, 'long 2'],
      ['$let', { $let: { vars: { a: '$double' }, in: ['$$a'] } }, ['double 2']],
      ['$arrayElemAt', { $arrayElemAt: ['$list', new Double(-3)] }, 'double 3'],
      ['$first', { $first: '$list' }, 'double 3'],
      ['$last', { $last: '$in.list' }, { deep: 'double 6' }],
      ['$slice', { $slice: ['$list', 1, 1] }, ['long 1']],
      ['$filter', { $filter: { input: '$list', cond: { $gte: ['$$this', 2] } } }, ['double 3', 'int 2']],
      [
        '$map',
        { $map: { input: '$list', as: 'n', in: { n: '$$n' } } },
        [{ n: 'double 3' }, { n: 'long 1' }, { n: 'int 2' }],
      ],
      [
        '$reduce',
        { $reduce: { input: '$list', initialValue: [], in: { $concatArrays: [['$$this'], '$$value'] } } },
        ['int 2', 'long 1', 'double 3'],
      ],
      ['$sortArray', { $sortArray: { input: '$list', sortBy: 1 } }, ['long 1', 'int 2', 'double 3']],
      ['$setUnion', { $setUnion: ['$list', [new Double(1)]] }, ['double 3', 'long 1', 'int 2']],
      ['$objectToArray', { $objectToArray: { a: '$double' } }, [{ k: 'a', v: 'double 2' }]],
      ['$arrayToObject', { $arrayToObject: [[['a', '$list']]] }, { a: ['double 3', 'long 1', 'int 2'] }],
      ['$getField', { $getField: { field: 'long', input: '$in' } }, 'long 3'],
      [
        '$setField',
        { $setField: { field: 'long', input: '$in', value: '$double' } },
        { ...(typed(stored.in) as object), long: 'double 2' },
      ],
      ['$max', { $max: '$list' }, 'double 3'],
      ['$minN', { $minN: { input: '$list', n: 2 } }, ['long 1', 'int 2']],
      ['$zip', { $zip: { inputs: ['$list', ['$double']] } }, [['double 3', 'double 2']]],
    ])('%s', async (_, expression, expected) => {
      expect(await compute(expression)).toEqual(expected)
    })

    it('in $addFields, $replaceWith, $redact, $facet and $unionWith', async () => {
      expect(await run({ $addFields: { 'in.more': '$double' } }, { $project: { in: 1 } })).toEqual([
        { _id: 'double 1', in: { ...(typed(stored.in) as object), more: 'double 2' } },
      ])
      expect(await run({ $replaceWith: '$in' })).toEqual([typed(stored.in)])
      expect(await run({ $replaceRoot: { newRoot: { $mergeObjects: ['$$ROOT', { a: 1 }] } } })).toEqual([
        { ...(typed(stored) as object), a: 'int 1' },
      ])
      expect(await run({ $redact: '$$DESCEND' }, { $facet: { all: [] } })).toEqual([{ all: [typed(stored)] }])
      expect(await run({ $match: { _id: 0 } }, { $unionWith: 'numbers' })).toEqual([typed(stored)])
    })

    it('in the key of a group and what is gathered in it', async () => {
      expect(
        await run(
          { $unwind: '$list' },
          {
            $group: {
              _id: { of: '$double' },
              all: { $push: '$list' },
              low: { $top: { sortBy: { list: 1 }, output: '$list' } },
            },
          },
        ),
      ).toEqual([{ _id: { of: 'double 2' }, all: ['double 3', 'long 1', 'int 2'], low: 'long 1' }])
    })

    it('in what $out, $merge and an update by a pipeline store', async () => {
      const copies = () => database.db.collection<Document>('copies')
      const [copied] = [{ $project: { a: '$double', b: { c: ['$long'] } } }]
      const expected = { _id: 'double 1', a: 'double 2', b: { c: ['long 2'] } }
      const read = async () => typed(await copies().findOne({}, { promoteValues: false, promoteLongs: false }))
      await numbers()
        .aggregate([copied, { $out: 'copies' }])
        .toArray()
      expect(await read()).toEqual(expected)
      await numbers()
        .aggregate([{ $set: { a: '$long' } }, copied, { $merge: 'copies' }])
        .toArray()
      expect(await read()).toEqual(expected)
      await copies().updateOne({}, [{ $set: { 'b.d': '$a', e: { $arrayElemAt: ['$b.c', 0] } } }, { $unset: 'b.c' }])
      expect(await read()).toEqual({ _id: 'double 1', a: 'double 2', b: { d: 'double 2' }, e: 'long 2' })
      await copies().updateOne({}, [{ $replaceWith: { $mergeObjects: ['$$ROOT', { f: '$b' }] } }])
      expect(await read()).toEqual({
        _id: 'double 1',
        a: 'double 2',
        b: { d: 'double 2' },
        e: 'long 2',
        f: { d: 'double 2' },
      })
    })
  })

  describe('of what is computed are the widest of the operands', () => {
    it.each<[unknown, unknown]>([
      [{ $add: ['$double', 1] }, 'double 3'],
      [{ $add: ['$long', 1] }, 'long 3'],
      [{ $add: ['$int', 1] }, 'int 8'],
      [{ $add: ['$long', '$double'] }, 'double 4'],
      [{ $add: ['$decimal', '$double'] }, 'decimal 4.50000000000000'],
      [{ $add: [2_147_483_647, '$int'] }, 'long 2147483654'],
      [{ $add: [Long.MAX_VALUE, 1] }, 'double 9223372036854776000'],
      [{ $add: ['$day', 1000] }, new Date('2026-03-01T00:00:01Z')],
      [{ $add: ['$missing', 1] }, null],
      [{ $subtract: ['$double', 2] }, 'double 0'],
      [{ $subtract: ['$long', '$int'] }, 'long -5'],
      [{ $subtract: ['$decimal', 1] }, 'decimal 1.50'],
      [{ $subtract: [Long.MAX_VALUE, 1] }, 'long 9223372036854775806'],
      [{ $subtract: ['$day', new Date('2026-02-28T00:00:00Z')] }, 'long 86400000'],
      [{ $multiply: ['$double', 2] }, 'double 4'],
      [{ $multiply: ['$int', 1_000_000_000] }, 'long 7000000000'],
      [{ $divide: [4, 2] }, 'double 2'],
      [{ $mod: ['$int', '$long'] }, 'long 1'],
      [{ $mod: [-7, 3] }, 'int -1'],
      [{ $mod: ['$double', 2] }, 'double 0'],
      [{ $pow: [2, 10] }, 'int 1024'],
      [{ $pow: [2, 40] }, 'long 1099511627776'],
      [{ $pow: ['$long', -1] }, 'double 0.5'],
      [{ $abs: { $subtract: [0, '$long'] } }, 'long 2'],
      [{ $ceil: 2.2 }, 'double 3'],
      [{ $floor: '$int' }, 'int 7'],
      [{ $sqrt: 16 }, 'double 4'],
      [{ $sum: ['$double', 1, 'text'] }, 'double 3'],
      [{ $sum: '$list' }, 'double 6'],
      [{ $avg: [1, 3] }, 'double 2'],
      [{ $size: '$list' }, 'int 3'],
      [{ $bitOr: ['$long', 1] }, 'long 3'],
      [{ $dateDiff: { startDate: '$day', endDate: { $add: ['$day', 3_600_000] }, unit: 'minute' } }, 'long 60'],
      [{ $year: '$day' }, 'int 2026'],
    ])('%j', async (expression, expected) => {
      expect(await compute(expression)).toEqual(expected)
    })

    it('sums of a group go on in the next wider type', async () => {
      const { insertedIds } = await database.db
        .collection<Document>('large')
        .insertMany([{ n: 2_147_483_647 }, { n: 2_147_483_647 }, { n: new Int32(1), d: new Double(1) }])
      expect(Object.keys(insertedIds)).toHaveLength(3)
      const [sums] = await database.db
        .collection<Document>('large')
        .aggregate([{ $group: { _id: null, n: { $sum: '$n' }, d: { $sum: '$d' }, avg: { $avg: '$d' } } }], {
          promoteValues: false,
          promoteLongs: false,
        })
        .toArray()
      expect(typed(sums)).toEqual({ _id: null, n: 'long 4294967295', d: 'double 1', avg: 'double 1' })
    })
  })

  // The table and the examples of $round and $trunc in MongoDB's manual.
  it.each<[unknown, unknown]>([
    [{ $round: [19.25, 1] }, 'double 19.2'],
    [{ $round: [28.73, 1] }, 'double 28.7'],
    [{ $round: [34.32, -1] }, 'double 30'],
    [{ $round: [-45.39, 1] }, 'double -45.4'],
    [{ $round: [2.5] }, 'double 2'],
    [{ $round: 3.5 }, 'double 4'],
    [{ $round: [2.51, 0] }, 'double 3'],
    [{ $round: ['$int', -1] }, 'int 10'],
    [{ $trunc: [-45.39, 1] }, 'double -45.3'],
    [{ $trunc: ['$decimal', 1] }, 'decimal 2.5'],
  ])('%j', async (expression, expected) => {
    expect(await compute(expression)).toEqual(expected)
  })

  it.each<[unknown, unknown]>([
    [{ $toDouble: '$int' }, 'double 7'],
    [{ $toLong: '$int' }, 'long 7'],
    [{ $toInt: 2.9 }, 'int 2'],
    [{ $toDecimal: '2.50' }, 'decimal 2.50'],
    [{ $toString: '$double' }, '2'],
    [{ $toString: { $toObjectId: '64a000000000000000000001' } }, '64a000000000000000000001'],
    [{ $convert: { input: 'x', to: 'int', onError: '$double' } }, 'double 2'],
    [{ $convert: { input: '$missing', to: 'int', onNull: '$long' } }, 'long 2'],
    [{ $type: '$double' }, 'double'],
    [{ $type: '$missing' }, 'missing'],
  ])('%j', async (expression, expected) => {
    expect(await compute(expression)).toEqual(expected)
  })

  it('refuses what cannot be converted', async () => {
    const failing = (value: Document) =>
      numbers()
        .aggregate([{ $project: { value } }])
        .toArray()
    await expect(failing({ $toInt: 'seven' })).rejects.toMatchObject({ code: 241, codeName: 'ConversionFailure' })
    await expect(failing({ $toObjectId: new ObjectId().toHexString().slice(1) })).rejects.toMatchObject({ code: 241 })
  })

  it('goes along paths as expressions do: places in an array are no names', async () => {
    expect(await compute('$list.0')).toEqual([])
    expect(await compute('$in.list.missing')).toEqual([])
    expect(await compute('$int.value')).toBeUndefined()
    await expect(
      numbers()
        .aggregate([{ $project: { value: '$$nobody' } }])
        .toArray(),
    ).rejects.toMatchObject({ code: 17276 })
  })
})
