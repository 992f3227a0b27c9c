import type { Document } from 'mongodb'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../../support/database.js'

describe('indexes', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await openTestDatabase()
  })
  afterAll(() => database.close())
  afterEach(async () => {
    await items().drop()
  })
  const items = () => database.db.collection<Document>('items')

  /** The name of the index that a plan uses, and whether it sorts afterwards. */
  async function planOf(filter: Document, sort?: Document): Promise<{ index: string | undefined; sorts: boolean }> {
    const cursor = items().find(filter)
    const plan = JSON.stringify(await (sort ? cursor.sort(sort as never) : cursor).explain())
    const winning = plan.slice(plan.indexOf('winningPlan'), plan.indexOf('rejectedPlans'))
    const index = /"indexName":"([^"]+)"/.exec(winning)?.[1] ?? (winning.includes('IDHACK') ? '_id_' : undefined)
    return { index, sorts: winning.includes('"stage":"SORT"') }
  }

  it('are listed with their options, and go away', async () => {
    await items().createIndex({ a: 1, b: -1 }, { name: 'ab', unique: true, sparse: true })
    expect(await items().indexes()).toMatchObject([
      { name: '_id_' },
      { name: 'ab', key: { a: 1, b: -1 }, unique: true, sparse: true },
    ])
    await items().dropIndex('ab')
    expect(await items().indexes()).toHaveLength(1)
    await expect(items().dropIndex('ab')).rejects.toMatchObject({ code: 27 })
  })

  it('may be asked for twice, but not with other options', async () => {
    await items().createIndex({ a: 1 })
    await items().createIndex({ a: 1 })
    expect(await items().indexes()).toHaveLength(2)
    await expect(items().createIndex({ a: 1 }, { unique: true })).rejects.toMatchObject({ code: 86 })
    await expect(items().createIndex({ a: 1 }, { name: 'other' })).rejects.toMatchObject({ code: 85 })
  })

  it('cannot be unique over values that repeat', async () => {
    await items().insertMany([{ a: 1 }, { a: 1 }])
    await expect(items().createIndex({ a: 1 }, { unique: true })).rejects.toMatchObject({ code: 11000 })
    expect(await items().indexes()).toHaveLength(1)
  })

  it('hold one missing value where they are unique, and any number where they are sparse', async () => {
    await items().createIndex({ a: 1 }, { unique: true })
    await items().createIndex({ b: 1 }, { unique: true, sparse: true })
    await items().insertOne({ c: 1 })
    await items().insertOne({ a: 1 })
    await expect(items().insertOne({ c: 2 })).rejects.toMatchObject({ code: 11000, keyValue: { a: null } })
  })

  it('let array elements be unique between documents, not within one', async () => {
    await items().createIndex({ tags: 1 }, { unique: true })
    await items().insertOne({ tags: ['a', 'a', 'b'] })
    await expect(items().insertOne({ tags: ['b', 'c'] })).rejects.toMatchObject({ code: 11000 })
  })

  it('leave out the elements without the field where they are sparse', async () => {
    await items().createIndex({ 'c.d': 1 }, { unique: true, sparse: true })
    await items().insertMany([{ c: [{ d: 1 }, {}] }, { c: [{ d: 2 }, {}] }])
    expect(await items().countDocuments()).toBe(2)
  })

  it('may stand beside one of the same fields that is sparse', async () => {
    await items().createIndex({ a: 1 })
    await items().createIndex({ a: 1 }, { name: 'other', sparse: true })
    expect(await items().indexes()).toHaveLength(3)
  })

  it('refuse two arrays side by side', async () => {
    await items().createIndex({ a: 1, b: 1 })
    await expect(items().insertOne({ a: [1], b: [2] })).rejects.toMatchObject({ code: 171 })
    await expect(items().insertOne({ a: [1], b: 2 })).resolves.toBeTruthy()
  })

  it('apply to the part of the collection that their filter names', async () => {
    await items().createIndex({ email: 1 }, { unique: true, partialFilterExpression: { active: true } })
    await items().insertMany([
      { email: 'x', active: false },
      { email: 'x', active: false },
      { email: 'x', active: true },
    ])
    await expect(items().insertOne({ email: 'x', active: true })).rejects.toMatchObject({ code: 11000 })
    expect((await planOf({ email: 'x', active: true })).index).toBe('email_1')
    expect((await planOf({ email: 'x' })).index).toBeUndefined()
    expect(await items().countDocuments({ email: 'x' })).toBe(3)
  })

  it('are chosen for equality, ranges and order', async () => {
    await items().createIndex({ status: 1, at: -1 })
    await items().createIndex({ name: 1 })
    await items().insertMany(Array.from({ length: 200 }, (_, n) => ({ status: n % 4, at: n, name: `n${n}` })))
    expect(await planOf({ _id: 1 as never })).toEqual({ index: '_id_', sorts: false })
    expect(await planOf({ status: 1 }, { at: -1 })).toEqual({ index: 'status_1_at_-1', sorts: false })
    expect(await planOf({ status: 1 }, { at: 1 })).toEqual({ index: 'status_1_at_-1', sorts: false })
    expect(await planOf({ status: { $in: [1, 2] }, at: { $gt: 150 } })).toMatchObject({ index: 'status_1_at_-1' })
    expect(await planOf({ name: /^n1/ })).toMatchObject({ index: 'name_1' })
    expect(await planOf({}, { name: 1 })).toEqual({ index: 'name_1', sorts: false })
    expect((await planOf({ other: 1 })).index).toBeUndefined()
  })

  it('can be told to the query by hint, and an unknown one is refused', async () => {
    await items().createIndex({ a: 1 })
    await items().insertMany([{ a: 2 }, { a: 1 }])
    expect(
      await items()
        .find({ a: { $gt: 0 } }, { hint: 'a_1' })
        .toArray(),
    ).toHaveLength(2)
    await expect(items().find({}, { hint: 'none' }).toArray()).rejects.toMatchObject({ code: 2 })
  })

  it('that could not be made leave nothing behind', async () => {
    await items().insertMany([{ a: 1 }, { a: 1 }])
    await expect(items().createIndex({ a: 1 }, { unique: true })).rejects.toMatchObject({ code: 11000 })
    await items().createIndex({ b: 1 })
    expect((await items().indexes()).map(({ name }) => name)).toEqual(['_id_', 'b_1'])
    await items().insertOne({ a: 2 })
    expect(await items().countDocuments({ a: 2 })).toBe(1)
  })

  it('remove documents whose time is over', async () => {
    await database.db.getClient().db('admin').command({ setParameter: 1, ttlMonitorSleepSecs: 1 })
    await items().createIndex({ at: 1 }, { expireAfterSeconds: 60 })
    await items().insertMany([
      { n: 1, at: new Date(Date.now() - 61_000) },
      { n: 2, at: new Date() },
      { n: 3, at: 'never' },
      { n: 4 },
    ])
    await expect.poll(() => items().countDocuments(), { timeout: 20_000 }).toBe(3)
    expect(await items().findOne({ n: 1 })).toBeNull()
  })
})
