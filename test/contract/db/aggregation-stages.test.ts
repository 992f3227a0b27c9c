import { Binary, Decimal128, MaxKey, MinKey, ObjectId } from 'bson'
import type { Document } from 'mongodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../../support/database.js'

/** Most examples, with what comes of them, are those of MongoDB's manual; the others are computed by hand. */
describe('stages', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await openTestDatabase()
  })
  afterAll(() => database.close())
  const collection = (name: string) => database.db.collection<Document>(name)
  const fill = (name: string, documents: Document[]) => collection(name).insertMany(documents)
  const run = (name: string, ...pipeline: Document[]) => collection(name).aggregate(pipeline).toArray()

  describe('$graphLookup', () => {
    beforeAll(async () => {
      await fill('airports', [
        { _id: 0, airport: 'JFK', connects: ['BOS', 'ORD'] },
        { _id: 1, airport: 'BOS', connects: ['JFK', 'PWM'] },
        { _id: 2, airport: 'ORD', connects: ['JFK'] },
        { _id: 3, airport: 'PWM', connects: ['BOS', 'LHR'] },
        { _id: 4, airport: 'LHR', connects: ['PWM'] },
      ] as Document[])
      await fill('travelers', [{ name: 'Dev', nearest: 'JFK' }, { name: 'Jeff', nearest: 'BOS' }, { name: 'Nobody' }])
    })
    const reached = async (name: string, more: Document) => {
      const graph = { from: 'airports', connectFromField: 'connects', connectToField: 'airport', as: 'to', ...more }
      const [traveler] = await run(
        'travelers',
        { $match: { name } },
        { $graphLookup: { startWith: '$nearest', ...graph } },
      )
      return Object.fromEntries(traveler?.to.map(({ airport, steps }: Document) => [airport, steps]))
    }

    it('follows connections in both directions, each place once and by the shortest way', async () => {
      expect(await reached('Dev', { maxDepth: 2, depthField: 'steps' })).toEqual({ JFK: 0, BOS: 1, ORD: 1, PWM: 2 })
      expect(await reached('Jeff', { depthField: 'steps' })).toEqual({ BOS: 0, JFK: 1, PWM: 1, ORD: 2, LHR: 2 })
    })
    it('starts nowhere where there is no start', async () => {
      expect(await reached('Nobody', {})).toEqual({})
    })
    it('goes through nothing that its filter leaves out', async () => {
      const restrictSearchWithMatch = { airport: { $ne: 'BOS' } }
      expect(Object.keys(await reached('Dev', { restrictSearchWithMatch }))).toEqual(['JFK', 'ORD'])
    })
    it('refuses what it does not know', async () => {
      await expect(reached('Dev', { maxDeep: 1 })).rejects.toMatchObject({ code: 40104 })
      await expect(reached('Dev', { from: 1 })).rejects.toMatchObject({ code: 40105 })
    })
  })

  describe('$bucketAuto', () => {
    const prices = ['199.99', '280.00', '76.04', '167.30', '483.00', '385.00', '159.00', '118.42']
    beforeAll(() =>
      fill(
        'artwork',
        prices.map((price, n) => ({ price: Decimal128.fromString(price), n })),
      ),
    )

    it('makes parts of the same size that touch', async () => {
      const found = await run('artwork', { $bucketAuto: { groupBy: '$price', buckets: 4 } })
      expect(found.map(({ _id, count }) => [String(_id.min), String(_id.max), count])).toEqual([
        ['76.04', '159.00', 2],
        ['159.00', '199.99', 2],
        ['199.99', '385.00', 2],
        ['385.00', '483.00', 2],
      ])
    })
    it('keeps equal values together, and makes fewer parts for it', async () => {
      await fill(
        'equal',
        [1, 1, 1, 1, 2, 3].map((n) => ({ n })),
      )
      const output = { n: { $sum: 1 }, all: { $push: '$n' } }
      expect(await run('equal', { $bucketAuto: { groupBy: '$n', buckets: 3, output } })).toEqual([
        { _id: { min: 1, max: 2 }, n: 4, all: [1, 1, 1, 1] },
        { _id: { min: 2, max: 3 }, n: 2, all: [2, 3] },
      ])
    })
    it('says that it has no series of round numbers', async () => {
      const asked = run('artwork', { $bucketAuto: { groupBy: '$n', buckets: 2, granularity: 'R5' } })
      await expect(asked).rejects.toMatchObject({ code: process.env.MONGODB_URI ? 40260 : 238 })
    })
  })

  it('$unionWith puts what another collection has behind, with what is twice', async () => {
    await fill('north', [
      { _id: 1, n: 1 },
      { _id: 2, n: 2 },
    ] as unknown as Document[])
    await fill('south', [
      { _id: 1, n: 1 },
      { _id: 3, n: 3 },
    ] as unknown as Document[])
    const pipeline = [{ $match: { n: { $lt: 3 } } }, { $set: { south: true } }]
    expect(await run('north', { $unionWith: { coll: 'south', pipeline } }, { $project: { _id: 0 } })).toEqual([
      ...[{ n: 1 }, { n: 2 }, { n: 1, south: true }],
    ])
    expect(
      await run('north', { $unionWith: 'south' }, { $group: { _id: '$n', times: { $sum: 1 } } }, { $sort: { _id: 1 } }),
    ).toEqual([
      ...[
        { _id: 1, times: 2 },
        { _id: 2, times: 1 },
        { _id: 3, times: 1 },
      ],
    ])
    expect(await run('north', { $unionWith: 'nowhere' }, { $count: 'n' })).toEqual([{ n: 2 }])
  })

  it('$project and $addFields compute fields within documents and within each of an array', async () => {
    await fill('nested', [{ _id: 1, n: 5, list: [{ a: 1 }, { a: 2 }], in: { a: 3 } }] as unknown as Document[])
    expect(
      await run('nested', { $project: { 'list.b': '$n', in: { b: { $add: ['$n', 1] } }, new: { c: '$in.a' } } }),
    ).toEqual([{ _id: 1, list: [{ b: 5 }, { b: 5 }], in: { b: 6 }, new: { c: 3 } }])
    expect(await run('nested', { $addFields: { 'list.b': '$n', 'in.b': '$missing' } })).toEqual([
      {
        _id: 1,
        n: 5,
        list: [
          { a: 1, b: 5 },
          { a: 2, b: 5 },
        ],
        in: { a: 3 },
      },
    ])
    expect(
      await run('nested', { $project: { _id: '$n', last: { $slice: ['$list.a', -1] }, none: '$missing' } }),
    ).toEqual([{ _id: 5, last: [2] }])
    await expect(run('nested', { $project: {} })).rejects.toMatchObject({ code: 51272 })
    await expect(run('nested', { $replaceWith: '$n' })).rejects.toMatchObject({ code: 40228 })
  })

  it('$redact shows of each part of a document what its own fields allow', async () => {
    const content = (text: string, tags: string[]) => ({ text, tags })
    const report = {
      title: '123 Department Report',
      tags: ['G', 'STLW'],
      sections: [
        { title: 'Overview', tags: ['SI', 'G'], content: 'Section 1' },
        { title: 'Analysis', tags: ['STLW'], content: 'Section 2' },
        { title: 'Budgeting', tags: ['TK'], content: content('Section 3', ['HCS']) },
        { title: 'Annex', tags: ['G'], content: content('Section 4', ['HCS']) },
      ],
    }
    await fill('forecasts', [{ ...report }, { title: 'secret', tags: ['TK'] }])
    const allowed = { $gt: [{ $size: { $setIntersection: ['$tags', ['STLW', 'G']] } }, 0] }
    const redact = { $redact: { $cond: [allowed, '$$DESCEND', '$$PRUNE'] } }
    const [overview, analysis] = report.sections
    expect(await run('forecasts', redact, { $project: { _id: 0 } })).toEqual([
      { ...report, sections: [overview, analysis, { title: 'Annex', tags: ['G'] }] },
    ])
    const ofRoot = { $redact: { $cond: [{ $eq: ['$$ROOT.title', report.title] }, '$$DESCEND', '$$PRUNE'] } }
    expect(await run('forecasts', ofRoot, { $project: { _id: 0 } })).toEqual([report])
    const kept = { $redact: { $cond: [{ $eq: ['$title', report.title] }, '$$KEEP', '$$PRUNE'] } }
    expect(await run('forecasts', kept, { $project: { _id: 0 } })).toEqual([report])
    await expect(run('forecasts', { $redact: '$title' })).rejects.toMatchObject({ code: 17053 })
  })

  describe('in the order of types', () => {
    const [id, day] = [new ObjectId(), new Date(0)]
    const inOrder = [
      new MinKey(),
      null,
      -1,
      2.5,
      3,
      '',
      'b',
      { a: 1 },
      new Binary(Buffer.from([1])),
      id,
      false,
      true,
      day,
      new MaxKey(),
    ]
    beforeAll(async () => {
      await fill('mixed', inOrder.map((value, place) => ({ place, value })).toReversed())
    })
    const places = (documents: Document[]) => documents.map(({ place }) => place)
    const all = inOrder.map((_, place) => place)

    it('sorts what stages before have computed', async () => {
      const computed = { $project: { place: 1, in: { it: '$value' } } }
      expect(places(await run('mixed', computed, { $sort: { 'in.it': 1 } }))).toEqual(all)
      expect(
        places(await run('mixed', { $replaceWith: { place: '$place', v: ['$value'] } }, { $sort: { v: -1 } })),
      ).toEqual(all.toReversed())
    })
    it('walks windows, makes parts and sorts arrays', async () => {
      const number = { $setWindowFields: { sortBy: { value: 1 }, output: { number: { $documentNumber: {} } } } }
      expect(places(await run('mixed', number))).toEqual(all)
      const parts = await run('mixed', {
        $bucketAuto: { groupBy: '$value', buckets: 14, output: { place: { $first: '$place' } } },
      })
      expect(places(parts)).toEqual(all)
      const group = { $group: { _id: null, values: { $push: { place: '$place', value: '$value' } } } }
      const [sorted] = await run('mixed', group, {
        $project: { values: { $sortArray: { input: '$values', sortBy: { value: 1 } } } },
      })
      expect(places(sorted?.values)).toEqual(all)
      const [{ top, max }] = (await run('mixed', {
        $group: {
          _id: null,
          top: { $topN: { n: 2, sortBy: { value: -1 }, output: '$place' } },
          max: { $maxN: { n: 2, input: '$value' } },
        },
      })) as [Document]
      expect([top, max]).toEqual([
        [13, 12],
        [new MaxKey(), day],
      ])
    })
    it('leaves to the default of $bucket what is not of the type of its bounds', async () => {
      const bucket = {
        groupBy: '$value',
        boundaries: [0, 3, 5],
        default: 'other',
        output: { places: { $push: '$place' } },
      }
      const [low, high, other] = await run('mixed', { $sort: { place: 1 } }, { $bucket: bucket })
      expect([low, high]).toEqual([
        { _id: 0, places: [3] },
        { _id: 3, places: [4] },
      ])
      expect(other).toEqual({ _id: 'other', places: all.filter((place) => place !== 3 && place !== 4) })
      const { default: _, ...strict } = bucket
      await expect(run('mixed', { $bucket: strict })).rejects.toMatchObject({ code: 40066 })
    })
  })

  it('explain tells how a pipeline starts, and does nothing of it', async () => {
    await fill(
      'explained',
      Array.from({ length: 20 }, (_, n) => ({ n, m: n % 3 })),
    )
    await collection('explained').createIndex({ n: 1 })
    const plan = async (...pipeline: Document[]) =>
      JSON.stringify(await collection('explained').aggregate(pipeline).explain())
    const byIndex = await plan({ $match: { n: { $gt: 3 } } }, { $group: { _id: '$m' } })
    expect([byIndex.includes('IXSCAN'), byIndex.includes('n_1'), byIndex.includes('COLLSCAN')]).toEqual([
      true,
      true,
      false,
    ])
    expect(await plan({ $match: { m: 1 } })).toContain('COLLSCAN')
    expect(await plan({ $match: { m: 1 } }, { $sort: { m: 1 } })).toContain('"SORT"')
    expect(await plan({ $sort: { n: 1 } })).toContain('IXSCAN')
    await plan({ $match: { n: 1 } }, { $out: 'written' })
    expect(await collection('written').countDocuments()).toBe(0)
  })
})
