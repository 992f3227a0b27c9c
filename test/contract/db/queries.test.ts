import { Binary, Decimal128, Double, Int32, Long, MaxKey, MinKey, ObjectId, Timestamp } from 'bson'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../../support/database.js'

describe('query filters', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await openTestDatabase()
  })
  afterAll(() => database.close())
  const items = () => database.db.collection<Record<string, unknown>>('items')
  beforeEach(() => items().deleteMany({}))

  /** Numbers the documents from 0 and returns the numbers of those that match. */
  async function matching(
    documents: readonly Record<string, unknown>[],
    filter: Record<string, unknown>,
  ): Promise<number[]> {
    await items().insertMany(documents.map((document, i) => ({ ...document, _id: i as never })))
    const found = await items().find(filter).sort({ _id: 1 }).toArray()
    return found.map(({ _id }) => Number(_id))
  }

  const a = (...values: unknown[]) => values.map((value) => ({ a: value }))

  it.each<[string, Record<string, unknown>[], Record<string, unknown>, number[]]>([
    [
      'equality across number types',
      a(1, new Double(1), Long.fromNumber(1), Decimal128.fromString('1.0'), '1'),
      { a: 1 },
      [0, 1, 2, 3],
    ],
    [
      'large longs apart',
      a(Long.fromString('9007199254740993'), Long.fromString('9007199254740992')),
      { a: Long.fromString('9007199254740993') },
      [0],
    ],
    [
      'decimals by value',
      a(Decimal128.fromString('9'), Decimal128.fromString('10')),
      { a: { $gt: Decimal128.fromString('9') } },
      [1],
    ],
    ['null as missing', [{ a: null }, {}, { a: 0 }], { a: null }, [0, 1]],
    ['not null', [{ a: null }, {}, { a: 0 }], { a: { $ne: null } }, [2]],
    ['presence of a null', [{ a: null }, {}, { a: 0 }], { a: { $exists: true } }, [0, 2]],
    ['comparison within one type', a(5, '5', new Date(5), null, true, [7]), { a: { $gt: 3 } }, [0, 5]],
    [
      'dates apart from timestamps',
      a(new Date(5000), new Timestamp({ t: 5, i: 1 })),
      { a: { $gte: new Date(0) } },
      [0],
    ],
    ['NaN equal to itself alone', a(Number.NaN, 1), { a: Number.NaN }, [0]],
    ['array by element', a(['x', 'y'], 'x', ['z']), { a: 'x' }, [0, 1]],
    ['array as a whole', a([1, 2], [2, 1], [[1, 2]]), { a: [1, 2] }, [0, 2]],
    ['document by order of fields', a({ x: 1, y: 2 }, { y: 2, x: 1 }), { a: { x: 1, y: 2 } }, [0]],
    ['through arrays of documents', [{ a: [{ b: 1 }, { b: 2 }] }, { a: { b: 2 } }, { a: [3] }], { 'a.b': 2 }, [0, 1]],
    ['place in an array', [{ a: ['x', 'y'] }, { a: ['y', 'x'] }], { 'a.0': 'y' }, [1]],
    ['place in an array, where it holds an array, as a whole', a([[1], 2], [1, 2]), { 'a.0': 1 }, [1]],
    ['field of what stands at a place only where that has fields', a([{ b: 1 }], [{}], [5]), { 'a.0.b': null }, [0, 1]],
    ['arrays within arrays by their size', a([[]], [[1]], []), { a: { $elemMatch: { $size: 0 } } }, [0]],
    ['remainders of large longs', a(Long.fromString('9007199254740993')), { a: { $mod: [2, 1] } }, [0]],
    [
      'missing inside array elements',
      [{ a: [{ b: 1 }, {}] }, { a: [{ b: 1 }] }, { a: [1] }, { a: [] }],
      { 'a.b': null },
      [0],
    ],
    [
      'binary by bytes',
      a(new Binary(Buffer.from([255])), new Binary(Buffer.from([254]))),
      { a: new Binary(Buffer.from([255])) },
      [0],
    ],
    [
      '$in with null and pattern',
      [{ a: 'abc' }, { a: null }, {}, { a: 'xbc' }],
      { a: { $in: [null, /^a/] } },
      [0, 1, 2],
    ],
    ['$nin', [{ a: 1 }, { a: [1, 2] }, { a: 3 }, {}], { a: { $nin: [1] } }, [2, 3]],
    ['$not of a range lets missing through', [{ a: 5 }, { a: 1 }, {}], { a: { $not: { $gt: 3 } } }, [1, 2]],
    [
      '$or and $and',
      [
        { a: 1, b: 1 },
        { a: 1, b: 2 },
        { a: 2, b: 2 },
      ],
      { $and: [{ a: 1 }, { $or: [{ b: 2 }, { b: 3 }] }] },
      [1],
    ],
    ['$nor', [{ a: 1 }, { b: 1 }, { c: 1 }], { $nor: [{ a: 1 }, { b: 1 }] }, [2]],
    [
      '$elemMatch on one element',
      [
        { a: [{ x: 1, y: 2 }] },
        {
          a: [
            { x: 1, y: 1 },
            { x: 2, y: 2 },
          ],
        },
      ],
      { a: { $elemMatch: { x: 1, y: 2 } } },
      [0],
    ],
    ['$elemMatch on values', a([1, 9], [5], 5), { a: { $elemMatch: { $gt: 3, $lt: 7 } } }, [1]],
    ['a range that two elements share', a([1, 9], [5], [1, 2]), { a: { $gt: 3, $lt: 7 } }, [0, 1]],
    ['$all', a(['x', 'y'], ['x'], 'x'), { a: { $all: ['x', 'y'] } }, [0]],
    ['$size', a([], [1], [1, 2]), { a: { $size: 1 } }, [1]],
    ['$mod', a(4, 5, 8, '8'), { a: { $mod: [4, 0] } }, [0, 2]],
    [
      '$type by name',
      a(1, new Double(1.5), 'x', new ObjectId(), null),
      { a: { $type: ['objectId', 'double'] } },
      [1, 3],
    ],
    ['$type number', a(1, Long.fromNumber(1), 'x'), { a: { $type: 'number' } }, [0, 1]],
    ['$regex with options', a('Hello', 'help', 'yell'), { a: { $regex: '^HEL', $options: 'i' } }, [0, 1]],
    ['pattern on array elements', a(['x', 'abc'], 'abc', 3), { a: /b/ }, [0, 1]],
    [
      '$expr',
      [
        { a: 3, b: 1 },
        { a: 1, b: 3 },
      ],
      { $expr: { $gt: ['$a', '$b'] } },
      [0],
    ],
    ['$bitsAllSet', a(5, 4, 7), { a: { $bitsAllSet: [0, 2] } }, [0, 2]],
    ['ends of the order', a(new MinKey(), 1, new MaxKey()), { a: { $gt: new MinKey() } }, [1, 2]],
    ['fields named like members of objects', [{ constructor: 1 }, {}], { constructor: 1 }, [0]],
  ])('match %s', async (_title, documents, filter, expected) => {
    expect(await matching(documents, filter)).toEqual(expected)
  })

  it('sort by type first, then by value', async () => {
    const values = [
      new MaxKey(),
      /x/,
      new Timestamp({ t: 1, i: 1 }),
      new Date(0),
      false,
      new ObjectId(),
      new Binary(Buffer.from('b')),
      [],
      { a: 1 },
      'a',
      2,
      new Int32(1),
      null,
      new MinKey(),
    ]
    await items().insertMany(values.map((value, i) => ({ a: value, _id: i as never })))
    const sorted = await items().find().sort({ a: 1 }).toArray()
    // An empty array counts as lower than null.
    expect(sorted.map(({ _id }) => Number(_id))).toEqual([13, 7, 12, 11, 10, 9, 8, 6, 5, 4, 3, 2, 1, 0])
  })

  it('sort arrays by their least element up and by their greatest down', async () => {
    await items().insertMany([
      { n: 1, a: [5, 1] },
      { n: 2, a: [3] },
      { n: 3, a: 4 },
    ])
    const order = async (direction: 1 | -1) => (await items().find().sort({ a: direction }).toArray()).map(({ n }) => n)
    expect(await order(1)).toEqual([1, 2, 3])
    expect(await order(-1)).toEqual([1, 3, 2])
  })

  it('sort by several fields of one array as they stand together in its elements', async () => {
    await items().insertMany([
      {
        n: 1,
        c: [
          { d: 1, e: 9 },
          { d: 2, e: 0 },
        ],
      },
      { n: 2, c: [{ d: 1, e: 5 }] },
      { n: 3, c: [{ d: 1, e: 9 }, 7] },
    ])
    const order = async (sort: Record<string, 1 | -1>) => (await items().find().sort(sort).toArray()).map(({ n }) => n)
    expect(await order({ 'c.d': 1, 'c.e': 1 })).toEqual([3, 2, 1])
    expect(await order({ 'c.d': -1, 'c.e': 1 })).toEqual([1, 2, 3])
  })

  it('refuse to sort by two arrays side by side', async () => {
    await items().insertOne({ a: [1], b: [2] })
    await expect(items().find().sort({ a: 1, b: 1 }).toArray()).rejects.toMatchObject({ code: 2 })
  })

  it('project the element that $elemMatch finds behind the other fields', async () => {
    await items().insertOne({ a: [1, 5], b: 2 })
    const found = await items().findOne({}, { projection: { _id: 0, a: { $elemMatch: { $gt: 2 } }, b: 1 } })
    expect(JSON.stringify(found)).toBe('{"b":2,"a":[5]}')
  })

  it('compare strings by code point', async () => {
    await items().insertMany(['\u{1f600}', '\uffee', 'z', 'Z', 'é'].map((a) => ({ a })))
    expect((await items().find().sort({ a: 1 }).toArray()).map(({ a }) => a)).toEqual([
      'Z',
      'z',
      'é',
      '\uffee',
      '\u{1f600}',
    ])
  })

  it('skip and limit after sorting', async () => {
    await items().insertMany([3, 1, 2, 5, 4].map((a) => ({ a })))
    expect((await items().find().sort({ a: 1 }).skip(1).limit(2).toArray()).map(({ a }) => a)).toEqual([2, 3])
  })

  it('compare letters by collation', async () => {
    await items().insertMany(['b', 'A', 'a', 'B'].map((a) => ({ a })))
    const collation = { locale: 'en', strength: 2 }
    expect(await items().countDocuments({ a: 'a' }, { collation })).toBe(2)
    expect(
      (await items().find().sort({ a: 1 }).collation(collation).toArray()).map(({ a }) => String(a).toLowerCase()),
    ).toEqual(['a', 'a', 'b', 'b'])
  })

  it.each<[string, Record<string, unknown>, number]>([
    ['operators', { a: { $almost: 1 } }, 2],
    ['top-level operators', { $almost: 1 }, 2],
    ['type names', { a: { $type: 'thing' } }, 2],
    ['operands of $in', { a: { $in: 1 } }, 2],
    ['empty $or', { $or: [] }, 2],
  ])('refuse unknown %s', async (_title, filter, code) => {
    await expect(items().find(filter).toArray()).rejects.toMatchObject({ code })
  })
})
