import { type Connection, Schema, Types } from 'mongoose'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../../support/database.js'

describe('mongoose models', () => {
  let database: TestDatabase
  let models: ReturnType<typeof define>

  beforeAll(async () => {
    database = await openTestDatabase()
    models = define(database.db)
    await models.Firm.createCollection()
    await models.Firm.createIndexes()
  })
  afterAll(() => database.close())
  beforeEach(async () => {
    await models.Firm.deleteMany({})
  })

  it('gives back what was stored, type by type', async () => {
    const stored = await models.Firm.create({
      name: 'Cầu Nối',
      founded: new Date('2020-02-29T00:00:00Z'),
      staff: 12,
      revenue: 1.5,
      big: 9_007_199_254_740_993n,
      price: Types.Decimal128.fromString('12.340'),
      logo: Buffer.from([0, 255, 1]),
      tags: ['a', 'b'],
      places: [{ ward: 'Vị Thanh', open: true }],
      extra: { nested: { deep: null } },
    })
    const found = await models.Firm.findById(stored._id).lean()
    expect(found).toMatchObject({
      name: 'Cầu Nối',
      founded: new Date('2020-02-29T00:00:00Z'),
      staff: 12,
      revenue: 1.5,
      tags: ['a', 'b'],
      extra: { nested: { deep: null } },
    })
    expect(String(found?.big)).toBe('9007199254740993')
    expect(String(found?.price)).toBe('12.340')
    expect(Buffer.from((found?.logo as unknown as { buffer: Buffer } | undefined)?.buffer ?? [])).toEqual(
      Buffer.from([0, 255, 1]),
    )
    expect(found?.places[0]).toMatchObject({ ward: 'Vị Thanh', open: true })
  })

  it('refuses a second document with a unique value and says which', async () => {
    await models.Firm.create({ name: 'one', slug: 'same' })
    await expect(models.Firm.create({ name: 'two', slug: 'same' })).rejects.toMatchObject({
      code: 11000,
      keyPattern: { slug: 1 },
      keyValue: { slug: 'same' },
    })
    await expect(
      models.Firm.findOneAndUpdate({ name: 'three' }, { slug: 'same' }, { upsert: true }),
    ).rejects.toMatchObject({
      code: 11000,
    })
    expect(await models.Firm.countDocuments()).toBe(1)
  })

  it('frees a unique value when its document gives it up', async () => {
    const one = await models.Firm.create({ name: 'one', slug: 'same' })
    await models.Firm.updateOne({ _id: one._id }, { slug: 'other' })
    await models.Firm.create({ name: 'two', slug: 'same' })
    await models.Firm.deleteOne({ slug: 'other' })
    await expect(models.Firm.create({ name: 'three', slug: 'other' })).resolves.toBeTruthy()
  })

  it('follows references', async () => {
    const parent = await models.Firm.create({ name: 'parent' })
    await models.Firm.create({ name: 'child', parent: parent._id })
    const child = await models.Firm.findOne({ name: 'child' }).populate<{ parent: { name: string } }>('parent')
    expect(child?.parent.name).toBe('parent')
  })

  it('saves only what has changed and refuses a stale version', async () => {
    const { _id } = await models.Firm.create({ name: 'one', tags: ['a', 'b', 'c'] })
    const [first, second] = await Promise.all([models.Firm.findById(_id), models.Firm.findById(_id)])
    if (!first || !second) throw new Error('not found')
    first.tags = ['x']
    await first.save()
    second.set('tags.2', 'z')
    await expect(second.save()).rejects.toThrow(/No matching document|VersionError/)
  })

  it('counts, lists distinct values and tells whether something exists', async () => {
    await models.Firm.create([
      { name: 'one', tags: ['a', 'b'] },
      { name: 'two', tags: ['b', 'c'] },
    ])
    expect(await models.Firm.countDocuments({ tags: 'b' })).toBe(2)
    expect(await models.Firm.estimatedDocumentCount()).toBe(2)
    expect(await models.Firm.distinct('tags')).toEqual(['a', 'b', 'c'])
    expect(await models.Firm.exists({ name: 'two' })).toBeTruthy()
    expect(await models.Firm.exists({ name: 'none' })).toBeNull()
  })

  it('returns the document before or after a change, or null', async () => {
    await models.Firm.create({ name: 'one', staff: 1 })
    const before = await models.Firm.findOneAndUpdate({ name: 'one' }, { $inc: { staff: 1 } })
    const after = await models.Firm.findOneAndUpdate(
      { name: 'one' },
      { $inc: { staff: 1 } },
      { returnDocument: 'after' },
    )
    expect([before?.staff, after?.staff]).toEqual([1, 3])
    expect(await models.Firm.findOneAndUpdate({ name: 'none' }, { staff: 1 })).toBeNull()
    expect((await models.Firm.findOneAndDelete({ name: 'one' }))?.staff).toBe(3)
    expect(await models.Firm.countDocuments()).toBe(0)
  })

  it('takes the first by sort order where several match', async () => {
    await models.Firm.create([
      { name: 'b', staff: 2 },
      { name: 'a', staff: 1 },
      { name: 'c', staff: 3 },
    ])
    const changed = await models.Firm.findOneAndUpdate(
      {},
      { $set: { tags: ['chosen'] } },
      { sort: { staff: -1 }, returnDocument: 'after' },
    )
    expect(changed?.name).toBe('c')
  })

  it('runs mixed batches and reports each part', async () => {
    await models.Firm.create([{ name: 'one' }, { name: 'two' }])
    const result = await models.Firm.bulkWrite([
      { insertOne: { document: { name: 'three' } } },
      { updateOne: { filter: { name: 'one' }, update: { $set: { staff: 5 } } } },
      { updateMany: { filter: {}, update: { $set: { tags: ['all'] } } } },
      { replaceOne: { filter: { name: 'new' }, replacement: { name: 'new' }, upsert: true } },
      { deleteOne: { filter: { name: 'two' } } },
    ])
    expect(result).toMatchObject({
      insertedCount: 1,
      matchedCount: 4,
      modifiedCount: 4,
      upsertedCount: 1,
      deletedCount: 1,
    })
    expect((await models.Firm.find().sort('name')).map(({ name }) => name)).toEqual(['new', 'one', 'three'])
  })

  it('stops an ordered batch at the first mistake, and goes on in an unordered one', async () => {
    const rows = ['a', 'a', 'b'].map((slug, i) => ({ name: `n${i}`, slug }))
    await expect(models.Firm.collection.insertMany(rows.map((row) => ({ ...row })))).rejects.toMatchObject({
      code: 11000,
      insertedCount: 1,
    })
    await models.Firm.deleteMany({})
    const error = await models.Firm.collection
      .insertMany(
        rows.map((row) => ({ ...row })),
        { ordered: false },
      )
      .catch((cause) => cause)
    expect(error.insertedCount).toBe(2)
    expect(error.writeErrors.map(({ index }: { index: number }) => index)).toEqual([1])
  })

  it('returns fields that were asked for and no others', async () => {
    await models.Firm.create({
      name: 'one',
      staff: 3,
      tags: ['a', 'b', 'c'],
      places: [
        { ward: 'X', open: true },
        { ward: 'Y', open: false },
      ],
    })
    const raw = (projection: Record<string, unknown>) => models.Firm.collection.findOne({}, { projection })
    expect(Object.keys((await raw({ name: 1 })) ?? {})).toEqual(['_id', 'name'])
    expect(Object.keys((await raw({ _id: 0, staff: 1, name: 1 })) ?? {})).toEqual(['name', 'staff'])
    expect(await raw({ places: 0, tags: 0 })).not.toHaveProperty('tags')
    expect(await raw({ _id: 0, 'places.ward': 1 })).toEqual({ places: [{ ward: 'X' }, { ward: 'Y' }] })
    expect((await raw({ tags: { $slice: -2 } }))?.tags).toEqual(['b', 'c'])
    expect((await raw({ places: { $elemMatch: { open: false } } }))?.places).toMatchObject([{ ward: 'Y' }])
    const found = await models.Firm.collection.findOne({ 'places.ward': 'Y' }, { projection: { 'places.$': 1 } })
    expect(found?.places).toMatchObject([{ ward: 'Y' }])
    await expect(raw({ name: 1, staff: 0 })).rejects.toMatchObject({ code: 31254 })
  })
})

function define(db: Connection) {
  const schema = new Schema(
    {
      name: String,
      slug: { type: String, index: { unique: true, partialFilterExpression: { slug: { $exists: true } } } },
      founded: Date,
      staff: Number,
      revenue: Number,
      big: BigInt,
      price: Schema.Types.Decimal128,
      logo: Buffer,
      tags: [String],
      places: [{ ward: String, open: Boolean }],
      extra: Schema.Types.Mixed,
      parent: { type: Schema.Types.ObjectId, ref: 'Firm' },
    },
    { timestamps: true },
  )
  return { Firm: db.model('Firm', schema) }
}
