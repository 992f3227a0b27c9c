import type { Document } from 'mongodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../../support/database.js'

/** Most examples, with what comes of them, are those of MongoDB's manual; the others are computed by hand. */
describe('stages along an order', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await openTestDatabase()
  })
  afterAll(() => database.close())
  const collection = (name: string) => database.db.collection<Document>(name)
  const fill = (name: string, documents: Document[]) => collection(name).insertMany(documents)
  const run = (name: string, ...pipeline: Document[]) => collection(name).aggregate(pipeline).toArray()

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
})
