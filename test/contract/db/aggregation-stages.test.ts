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

  describe('$setWindowFields', () => {
    const sale = (_id: number, type: string, day: string, state: string, price: number, quantity: number) => ({
      ...{ _id, type, orderDate: new Date(day), state, price, quantity },
    })
    beforeAll(async () => {
      await fill('cakes', [
        sale(0, 'chocolate', '2020-05-18T14:10:30Z', 'CA', 13, 120),
        sale(1, 'chocolate', '2021-03-20T11:30:05Z', 'WA', 14, 140),
        sale(2, 'vanilla', '2021-01-11T06:31:15Z', 'CA', 12, 145),
        sale(3, 'vanilla', '2020-02-08T13:13:23Z', 'WA', 13, 104),
        sale(4, 'strawberry', '2019-05-18T16:09:01Z', 'CA', 41, 162),
        sale(5, 'strawberry', '2019-01-08T06:12:03Z', 'WA', 43, 134),
      ] as unknown as Document[])
    })
    const windows = async (spec: Document, output: Document) => {
      const found = await run('cakes', {
        $setWindowFields: { partitionBy: '$state', ...spec, output: { out: output } },
      })
      return found.map(({ _id, out }) => [_id, out])
    }
    const byDate = { sortBy: { orderDate: 1 } }

    it('sums up to the current document', async () => {
      const window = { documents: ['unbounded', 'current'] }
      const sums = [
        [4, 162],
        [0, 282],
        [2, 427],
        [5, 134],
        [3, 238],
        [1, 378],
      ]
      expect(await windows(byDate, { $sum: '$quantity', window })).toEqual(sums)
    })
    it('averages over the document before', async () => {
      const years = { partitionBy: { $year: '$orderDate' }, ...byDate }
      const averages = [
        [5, 134],
        [4, 148],
        [3, 104],
        [0, 112],
        [2, 145],
        [1, 142.5],
      ]
      expect(await windows(years, { $avg: '$quantity', window: { documents: [-1, 0] } })).toEqual(averages)
    })
    it('leaves a window empty that lies before the first or behind the last', async () => {
      const far = await windows(byDate, { $push: '$_id', window: { documents: [-3, -2] } })
      expect(far.map(([, ids]) => ids)).toEqual([[], [], [4], [], [], [5]])
      const none = await windows(byDate, { $sum: '$quantity', window: { documents: [3, 4] } })
      expect(none.map(([, sum]) => sum)).toEqual([0, 0, 0, 0, 0, 0])
    })
    it('takes a range of what is sorted by', async () => {
      const window = { range: [-10, 10] }
      const sums = [
        [2, 265],
        [0, 265],
        [4, 162],
        [3, 244],
        [1, 244],
        [5, 134],
      ]
      expect(await windows({ sortBy: { price: 1 } }, { $sum: '$quantity', window })).toEqual(sums)
    })
    it('takes a range of time', async () => {
      const window = { range: ['unbounded', 10], unit: 'month' }
      const lists = [
        [4, [4]],
        [0, [4, 0, 2]],
        [2, [4, 0, 2]],
        [5, [5]],
        [3, [5, 3]],
        [1, [5, 3, 1]],
      ]
      expect(await windows(byDate, { $push: '$_id', window })).toEqual(lists)
    })
    it('looks at the document behind', async () => {
      const spec = { sortBy: { quantity: -1 } }
      const none = 'Not available'
      const shifted = [
        [4, 145],
        [2, 120],
        [0, none],
        [1, 134],
        [5, 104],
        [3, none],
      ]
      expect(await windows(spec, { $shift: { output: '$quantity', by: 1, default: none } })).toEqual(shifted)
    })
    it('ranks, with and without gaps behind equals', async () => {
      await fill('ranked', [{ n: 5 }, { n: 7 }, { n: 7 }, { n: 9 }])
      const output = { rank: { $rank: {} }, dense: { $denseRank: {} }, place: { $documentNumber: {} } }
      const found = await run('ranked', { $setWindowFields: { sortBy: { n: 1 }, output } })
      const ranks = found.map(({ rank, dense, place }) => [rank, dense, place])
      expect(ranks).toEqual([
        [1, 1, 1],
        [2, 2, 2],
        [2, 2, 3],
        [4, 3, 4],
      ])
    })
    it('derives, averages exponentially and integrates', async () => {
      const at = (seconds: number) => new Date(Date.UTC(2020, 4, 18, 18, 10, seconds))
      await fill('trucks', [
        { at: at(0), miles: 1295.1, price: 13 },
        { at: at(30), miles: 1295.63, price: 15.4 },
        { at: at(60), miles: 1296.25, price: 12 },
        { at: at(90), miles: 1296.76, price: 11.7 },
      ])
      const window = { range: [-30, 0], unit: 'second' }
      const output = {
        speed: { $derivative: { input: '$miles', unit: 'hour' }, window },
        smooth: { $expMovingAvg: { input: '$price', N: 2 } },
        area: { $integral: { input: '$price', unit: 'minute' }, window: { documents: ['unbounded', 'current'] } },
      }
      const found = await run('trucks', { $setWindowFields: { sortBy: { at: 1 }, output } })
      const column = (name: string) => found.map((doc) => doc[name] && Number(doc[name].toFixed(6)))
      expect(column('speed')).toEqual([null, 63.6, 74.4, 61.2])
      expect(column('smooth')).toEqual([13, 14.6, 12.866667, 12.088889])
      expect(column('area')).toEqual([0, 7.1, 13.95, 19.875])
    })
    it('refuses bounds without an order and operators that are none', async () => {
      await expect(windows({}, { $sum: 1, window: { documents: [0, 1] } })).rejects.toMatchObject({ code: 5339901 })
      await expect(windows(byDate, { $sum: 1, window: { documents: [0] } })).rejects.toMatchObject({ code: 9 })
      await expect(windows(byDate, { $abs: 1 })).rejects.toMatchObject({ code: 15952 })
    })
  })

  describe('$densify', () => {
    const densify = async (name: string, spec: Document) =>
      (await run(name, { $densify: spec }, { $project: { _id: 0 } })) as Document[]

    it('fills each part over the whole range of all', async () => {
      await fill('coffee', [
        { variety: 'Arabica', altitude: 600, score: 68.3 },
        { variety: 'Arabica', altitude: 750, score: 69.5 },
        { variety: 'Arabica', altitude: 950, score: 70.5 },
        { variety: 'Gesha', altitude: 1250, score: 88.15 },
        { variety: 'Gesha', altitude: 1700, score: 95.5 },
      ])
      const found = await densify('coffee', {
        ...{ field: 'altitude', partitionByFields: ['variety'], range: { bounds: 'full', step: 200 } },
      })
      const of = (name: string) => found.filter(({ variety }) => variety === name).map(({ altitude }) => altitude)
      expect(of('Arabica')).toEqual([600, 750, 800, 950, 1000, 1200, 1400, 1600])
      expect(of('Gesha')).toEqual([600, 800, 1000, 1200, 1250, 1400, 1600, 1700])
      expect(found).toContainEqual({ variety: 'Gesha', altitude: 800 })
      expect(found).toContainEqual({ variety: 'Gesha', altitude: 1250, score: 88.15 })
    })
    it('fills each part within its own', async () => {
      const part = { field: 'altitude', partitionByFields: ['variety'], range: { bounds: 'partition', step: 200 } }
      const found = await densify('coffee', part)
      const altitudes = [600, 750, 800, 950, 1250, 1450, 1650, 1700]
      expect(found.map(({ altitude }) => altitude)).toEqual(altitudes)
    })
    it('fills hours between bounds, the upper one not included, and beyond what there is', async () => {
      const hour = (n: number) => new Date(Date.UTC(2021, 4, 18, n))
      await fill('weather', [{ at: hour(1), t: 12 }, { at: hour(9), t: 11 }, { t: 0 }])
      const range = { step: 2, unit: 'hour', bounds: [hour(1), hour(7)] }
      expect(await densify('weather', { field: 'at', range })).toEqual([
        ...[{ t: 0 }, { at: hour(1), t: 12 }, { at: hour(3) }, { at: hour(5) }, { at: hour(9), t: 11 }],
      ])
      await fill('sparse', [{ n: 2 }])
      const found = await densify('sparse', { field: 'n', range: { step: 4, bounds: [0, 12] } })
      expect(found).toEqual([{ n: 0 }, { n: 2 }, { n: 4 }, { n: 8 }])
    })
    it('refuses a step of nothing', async () => {
      const asked = densify('sparse', { field: 'n', range: { step: 0, bounds: [0, 1] } })
      await expect(asked).rejects.toMatchObject({ code: 5733401 })
    })
  })

  describe('$fill', () => {
    beforeAll(() =>
      fill('stock', [
        { at: 9, price: 500, boots: 10 },
        { at: 11, boots: null },
        { at: 12, price: 515, boots: 7 },
        { at: 13, price: null },
      ]),
    )
    const filled = async (spec: Document) => {
      const found = await run('stock', { $fill: spec }, { $sort: { at: 1 } })
      return found.map(({ price, boots }) => [price, boots])
    }

    it('goes straight from one known value to the next, and on from none', async () => {
      const output = { price: { method: 'linear' } }
      expect(await filled({ sortBy: { at: 1 }, output })).toEqual([
        [500, 10],
        [510, null],
        [515, 7],
        [null, undefined],
      ])
    })
    it('carries the last value on, or gives one', async () => {
      const output = { price: { method: 'locf' }, boots: { value: 0 } }
      expect(await filled({ sortBy: { at: 1 }, output })).toEqual([
        [500, 10],
        [500, 0],
        [515, 7],
        [515, 0],
      ])
    })
    it('keeps to the part', async () => {
      const output = { price: { method: 'locf' } }
      const partitionBy = { $gt: ['$at', 12] }
      const found = await filled({ sortBy: { at: 1 }, partitionBy, output })
      expect(found.map(([price]) => price)).toEqual([500, 500, 515, null])
    })
    it('refuses a method that is none', async () => {
      await expect(filled({ output: { price: { method: 'guess' } } })).rejects.toMatchObject({ code: 6050202 })
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
