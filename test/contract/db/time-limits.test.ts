import type { Document } from 'mongodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../../support/database.js'

describe('a command with a limit of time', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await openTestDatabase()
    const items = Array.from({ length: 15_000 }, (_, n) => ({ n, text: 'a'.repeat(50) }))
    await database.db.collection<Document>('items').insertMany(items)
  })
  afterAll(() => database.close())
  const items = () => database.db.collection<Document>('items')
  const slow = { text: /(a+)b$/ }
  const expired = { code: 50, codeName: 'MaxTimeMSExpired' }

  it('ends when it is over, and has done nothing', async () => {
    await expect(items().find(slow, { maxTimeMS: 1 }).toArray()).rejects.toMatchObject(expired)
    await expect(
      items()
        .aggregate([{ $match: slow }], { maxTimeMS: 1 })
        .toArray(),
    ).rejects.toMatchObject(expired)
    await expect(items().updateMany(slow, { $set: { done: true } }, { maxTimeMS: 1 })).rejects.toMatchObject(expired)
    expect(await items().countDocuments({ done: true })).toBe(0)
  })

  it('ends in time where it has enough', async () => {
    expect(await items().countDocuments({ n: { $lt: 10 } }, { maxTimeMS: 30_000 })).toBe(10)
    await expect(items().find({}, { maxTimeMS: -1 }).toArray()).rejects.toThrow(/maxTimeMS/)
  })

  it('does not wait longer for a transaction', async () => {
    const session = await database.db.startSession()
    session.startTransaction()
    await items().updateOne({ n: 1 }, { $set: { held: true } }, { session })
    const waiting = items().updateOne({ n: 1 }, { $set: { late: true } }, { maxTimeMS: 100 })
    await expect(waiting).rejects.toMatchObject(expired)
    await session.commitTransaction()
    await session.endSession()
    expect(await items().findOne({ n: 1 })).toMatchObject({ held: true })
    expect(await items().countDocuments({ late: true })).toBe(0)
  })
})
