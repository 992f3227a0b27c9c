import type { Collection, Document, Filter } from 'mongodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../../support/database.js'

const point = (...coordinates: [number, number]) => ({ type: 'Point', coordinates })
const square = (x: number, y: number, size: number) => [
  [x, y],
  [x + size, y],
  [x + size, y + size],
  [x, y + size],
  [x, y],
]
const polygon = (...coordinates: number[][][]) => ({ type: 'Polygon', coordinates })

describe('places', () => {
  let database: TestDatabase
  let places: Collection<Document>
  beforeAll(async () => {
    database = await openTestDatabase()
    places = database.db.collection('places') as unknown as Collection<Document>
  })
  afterAll(() => database.close())

  const filled = async (name: string, index: Document, documents: Document[]) => {
    places = database.db.collection(name) as unknown as Collection<Document>
    await places.createIndex(index as Record<string, '2d' | '2dsphere'>)
    await places.insertMany(documents.map((each, i) => ({ _id: i as never, ...each })))
  }
  const found = async (filter: Document) =>
    (await places.find(filter as Filter<Document>, { projection: { _id: 1 } }).toArray()).map(({ _id }) => Number(_id))
  const sorted = async (filter: Document) => (await found(filter)).sort()

  it('lie within polygons of the sphere, their border included, not in their holes', async () => {
    await filled('within', { at: '2dsphere' }, [
      { at: point(0, 0) },
      { at: [4, 4] },
      { at: { lng: 6, lat: 0 } },
      { at: point(5, 5) },
      {
        at: {
          type: 'LineString',
          coordinates: [
            [1.5, 0],
            [4, 0],
          ],
        },
      },
      {
        at: {
          type: 'LineString',
          coordinates: [
            [2, 0],
            [7, 0],
          ],
        },
      },
      { at: polygon(square(2, 2, 1)) },
      { at: polygon(square(-2, -2, 4)) },
      {},
    ])
    const whole = { $geoWithin: { $geometry: polygon(square(-5, -5, 10)) } }
    expect(await sorted({ at: whole })).toEqual([0, 1, 3, 4, 6, 7])
    // Which way round the ring goes does not matter.
    const turned = { $geoWithin: { $geometry: polygon(square(-5, -5, 10).reverse()) } }
    expect(await sorted({ at: turned })).toEqual([0, 1, 3, 4, 6, 7])
    const holed = { $geoWithin: { $geometry: polygon(square(-5, -5, 10), square(-1, -1, 2)) } }
    expect(await sorted({ at: holed })).toEqual([1, 3, 4, 6])
  })

  it('meet lines and polygons, across the date line as well', async () => {
    await filled('meeting', { at: '2dsphere' }, [
      {
        at: {
          type: 'LineString',
          coordinates: [
            [-178, 10],
            [178, 10],
          ],
        },
      },
      {
        at: {
          type: 'MultiPoint',
          coordinates: [
            [0, 0],
            [180, 10.5],
          ],
        },
      },
      { at: polygon(square(179, 9, 0.5)) },
      {
        at: polygon([
          [170, 0],
          [-170, 0],
          [-170, 20],
          [170, 20],
          [170, 0],
        ]),
      },
    ])
    const across = {
      $geoIntersects: {
        $geometry: {
          type: 'LineString',
          coordinates: [
            [180, 11],
            [180, 9],
          ],
        },
      },
    }
    expect(await sorted({ at: across })).toEqual([0, 1, 3])
    const small = { $geoIntersects: { $geometry: polygon(square(179.1, 9.1, 0.1)) } }
    expect(await sorted({ at: small })).toEqual([2, 3])
  })

  it('are found by distance, the nearest first: metres with GeoJSON, radians without', async () => {
    await filled('near', { at: '2dsphere' }, [
      { at: point(0, 2) },
      { at: point(0, 1) },
      { at: [point(0, 80), point(0, -0.5)] },
      {
        at: {
          type: 'LineString',
          coordinates: [
            [3, -1],
            [3, 1],
          ],
        },
      },
      {},
    ])
    const from = { $geometry: point(0, 0) }
    expect(await found({ at: { $near: from } })).toEqual([2, 1, 0, 3])
    expect(await found({ at: { $nearSphere: { ...from, $minDistance: 100_000, $maxDistance: 223_000 } } })).toEqual([
      1, 0,
    ])
    expect(await found({ at: { $nearSphere: [0, 0], $maxDistance: (1.5 * Math.PI) / 180 } })).toEqual([2, 1])
    expect(
      await places
        .find({ at: { $near: from } })
        .sort({ _id: -1 })
        .limit(1)
        .toArray(),
    ).toMatchObject([{ _id: 3 }])
    const [nearest] = await places
      .aggregate([
        {
          $geoNear: {
            near: point(0, 0),
            distanceField: 'how.far',
            query: { _id: { $lt: 2 } },
            distanceMultiplier: 0.001,
          },
        },
      ])
      .toArray()
    expect(nearest).toMatchObject({ _id: 1, how: { far: expect.closeTo(111.3188, 3) } })
  })

  it('lie on a plane where they are pairs', async () => {
    await filled('plane', { at: '2d' }, [{ at: [1, 1] }, { at: { x: 5, y: 5 } }, { at: [5, 8] }, { at: [40, 90] }])
    expect(
      await sorted({
        at: {
          $geoWithin: {
            $box: [
              [0, 0],
              [5, 5],
            ],
          },
        },
      }),
    ).toEqual([0, 1])
    expect(await sorted({ at: { $geoWithin: { $center: [[5, 5], 3] } } })).toEqual([1, 2])
    expect(await sorted({ at: { $geoWithin: { $centerSphere: [[5, 6], 0.04] } } })).toEqual([1, 2])
    expect(
      await sorted({
        at: {
          $geoWithin: {
            $polygon: [
              [0, 0],
              [6, 4],
              [6, 9],
              [0, 9],
            ],
          },
        },
      }),
    ).toEqual([0, 1, 2])
    expect(await found({ at: { $near: [5, 6] } })).toEqual([1, 2, 0, 3])
    expect(await found({ at: { $near: [5, 6], $maxDistance: 1.5 } })).toEqual([1])
  })

  it('are kept from being something else by their index', async () => {
    await filled('kept', { at: '2dsphere' }, [{ at: null }, { other: 1 }])
    const refused = { code: 16755 }
    await expect(places.insertOne({ at: 'nowhere' })).rejects.toMatchObject(refused)
    await expect(places.insertOne({ at: point(200, 0) })).rejects.toMatchObject(refused)
    await expect(
      places.insertOne({
        at: polygon([
          [0, 0],
          [1, 1],
          [1, 0],
        ]),
      }),
    ).rejects.toMatchObject(refused)
    const crossed = [
      [0, 0],
      [1, 1],
      [1, 0],
      [0, 1],
      [0, 0],
    ]
    await expect(places.insertOne({ at: polygon(crossed) })).rejects.toMatchObject(refused)
    await expect(places.updateOne({ other: 1 }, { $set: { at: { type: 'Spot' } } })).rejects.toMatchObject(refused)
    await filled('kept-plane', { at: '2d' }, [{ other: 1 }])
    await expect(places.insertOne({ at: [181, 0] })).rejects.toMatchObject({ code: 13027 })
    expect(await places.countDocuments({})).toBe(1)
  })

  it('are asked for in the wrong way: near without an index, or where order means nothing', async () => {
    places = database.db.collection('wrong') as unknown as Collection<Document>
    await places.insertOne({ at: [1, 1] })
    await expect(found({ at: { $near: [1, 1] } })).rejects.toMatchObject({ code: 291 })
    await expect(found({ $or: [{ at: { $near: [1, 1] } }] })).rejects.toMatchObject({ code: 2 })
    await expect(found({ at: { $geoWithin: { $geometry: point(1, 1) } } })).rejects.toMatchObject({ code: 2 })
    await expect(found({ at: { $geoIntersects: { $geometry: { type: 'Point' } } } })).rejects.toMatchObject({ code: 2 })
    await expect(places.countDocuments({ at: { $near: [1, 1] } })).rejects.toThrow()
  })
})
