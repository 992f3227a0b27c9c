import { setTimeout as wait } from 'node:timers/promises'
import type { ClientSession, Document } from 'mongodb'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../../support/database.js'

describe('transactions', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await openTestDatabase()
    await database.db.collection('accounts').createIndex({ owner: 1 }, { unique: true })
  })
  afterAll(() => database.close())
  const accounts = () => database.db.collection<Document>('accounts')
  beforeEach(async () => {
    await accounts().deleteMany({})
    await accounts().insertMany([
      { owner: 'a', sum: 10 },
      { owner: 'b', sum: 0 },
    ])
  })

  async function inSession<T>(work: (session: ClientSession) => Promise<T>): Promise<T> {
    const session = (await database.db.startSession()) as unknown as ClientSession
    try {
      return await work(session)
    } finally {
      await session.endSession()
    }
  }

  const sums = async (session?: ClientSession) =>
    (
      await accounts()
        .find({}, session ? { session } : {})
        .sort({ owner: 1 })
        .toArray()
    ).map(({ sum }) => sum)

  it('show their writes to themselves alone until they commit', async () => {
    await inSession(async (session) => {
      session.startTransaction()
      await accounts().updateOne({ owner: 'a' }, { $inc: { sum: -4 } }, { session })
      await accounts().updateOne({ owner: 'b' }, { $inc: { sum: 4 } }, { session })
      await accounts().insertOne({ owner: 'c', sum: 1 }, { session })
      await accounts().deleteOne({ owner: 'b' }, { session })
      expect(await sums(session)).toEqual([6, 1])
      expect(await sums()).toEqual([10, 0])
      await session.commitTransaction()
    })
    expect(await sums()).toEqual([6, 1])
  })

  it('leave nothing behind when they abort', async () => {
    await inSession(async (session) => {
      session.startTransaction()
      await accounts().deleteMany({}, { session })
      await accounts().insertOne({ owner: 'a', sum: 99 }, { session })
      await session.abortTransaction()
    })
    expect(await sums()).toEqual([10, 0])
  })

  it('read the state of their beginning, whatever is written meanwhile', async () => {
    await inSession(async (session) => {
      session.startTransaction({ readConcern: { level: 'snapshot' } })
      expect(await sums(session)).toEqual([10, 0])
      await accounts().updateOne({ owner: 'a' }, { $set: { sum: 77 } })
      await accounts().insertOne({ owner: 'c', sum: 5 })
      expect(await sums(session)).toEqual([10, 0])
      expect(await accounts().countDocuments({ owner: { $in: ['a', 'c'] } }, { session })).toBe(1)
      await session.commitTransaction()
    })
  })

  it('find by index what they have changed themselves', async () => {
    await inSession(async (session) => {
      session.startTransaction()
      await accounts().updateOne({ owner: 'a' }, { $set: { owner: 'z' } }, { session })
      expect(await accounts().findOne({ owner: 'a' }, { session })).toBeNull()
      expect(await accounts().findOne({ owner: 'z' }, { session })).toMatchObject({ sum: 10 })
      expect((await accounts().find({}, { session }).sort({ owner: 1 }).toArray()).map(({ owner }) => owner)).toEqual([
        'b',
        'z',
      ])
      await session.abortTransaction()
    })
  })

  it('conflict when both change one document: the second is told at once', async () => {
    await inSession((first) =>
      inSession(async (second) => {
        first.startTransaction()
        second.startTransaction()
        await accounts().updateOne({ owner: 'a' }, { $inc: { sum: 1 } }, { session: first })
        const error = await accounts()
          .updateOne({ owner: 'a' }, { $inc: { sum: 1 } }, { session: second })
          .catch((cause) => cause)
        expect(error).toMatchObject({ code: 112, codeName: 'WriteConflict' })
        expect(error.hasErrorLabel('TransientTransactionError')).toBe(true)
        await second.abortTransaction()
        await first.commitTransaction()
      }),
    )
    expect(await sums()).toEqual([11, 0])
  })

  it('conflict with what was committed after their beginning', async () => {
    await inSession(async (session) => {
      session.startTransaction()
      await accounts().findOne({ owner: 'a' }, { session })
      await accounts().updateOne({ owner: 'a' }, { $set: { sum: 1 } })
      await expect(accounts().updateOne({ owner: 'a' }, { $inc: { sum: 1 } }, { session })).rejects.toMatchObject({
        code: 112,
      })
      await session.abortTransaction()
    })
    expect(await sums()).toEqual([1, 0])
  })

  it('conflict over a unique value that both take', async () => {
    await inSession((first) =>
      inSession(async (second) => {
        first.startTransaction()
        second.startTransaction()
        await accounts().insertOne({ owner: 'new', sum: 1 }, { session: first })
        await expect(accounts().insertOne({ owner: 'new', sum: 2 }, { session: second })).rejects.toMatchObject({
          code: 112,
        })
        await second.abortTransaction()
        await first.commitTransaction()
      }),
    )
    expect(await accounts().countDocuments({ owner: 'new' })).toBe(1)
  })

  it('refuse a taken unique value and are over with it', async () => {
    await inSession(async (session) => {
      session.startTransaction()
      await accounts().updateOne({ owner: 'b' }, { $set: { sum: 5 } }, { session })
      await expect(accounts().insertOne({ owner: 'a', sum: 1 }, { session })).rejects.toMatchObject({ code: 11000 })
      await expect(session.commitTransaction()).rejects.toMatchObject({ code: 251 })
    })
    expect(await sums()).toEqual([10, 0])
  })

  it('may pass a unique value from one document to another', async () => {
    await inSession(async (session) => {
      session.startTransaction()
      await accounts().updateOne({ owner: 'a' }, { $set: { owner: 'temporary' } }, { session })
      await accounts().updateOne({ owner: 'b' }, { $set: { owner: 'a' } }, { session })
      await accounts().updateOne({ owner: 'temporary' }, { $set: { owner: 'b' } }, { session })
      await session.commitTransaction()
    })
    expect(await sums()).toEqual([0, 10])
  })

  it('make a write from outside wait for their end', async () => {
    await inSession(async (session) => {
      session.startTransaction()
      await accounts().updateOne({ owner: 'a' }, { $set: { sum: 1 } }, { session })
      const outside = accounts().updateOne({ owner: 'a' }, { $inc: { sum: 10 } })
      await accounts().updateOne({ owner: 'b' }, { $set: { sum: 3 } })
      await session.commitTransaction()
      await outside
    })
    expect(await sums()).toEqual([11, 3])
  })

  it('are repeated by the driver until every increment has counted', async () => {
    await Promise.all(
      Array.from({ length: 20 }, () =>
        inSession((session) =>
          session.withTransaction(async () => {
            const found = await accounts().findOne({ owner: 'a' }, { session })
            await accounts().updateOne({ owner: 'a' }, { $set: { sum: (found?.sum ?? 0) + 1 } }, { session })
          }),
        ),
      ),
    )
    expect(await sums()).toEqual([30, 0])
  })

  it('may write to a collection that is not there yet', async () => {
    await inSession(async (session) => {
      session.startTransaction()
      await database.db.collection('fresh').insertOne({ a: 1 }, { session })
      expect(await database.db.collection('fresh').countDocuments({}, { session })).toBe(1)
      await session.commitTransaction()
    })
    expect(await database.db.collection('fresh').countDocuments()).toBe(1)
  })

  it('aggregate over their own writes', async () => {
    await inSession(async (session) => {
      session.startTransaction()
      await accounts().insertOne({ owner: 'c', sum: 32 }, { session })
      const total = await accounts()
        .aggregate([{ $group: { _id: null, total: { $sum: '$sum' } } }], { session })
        .toArray()
      expect(total).toEqual([{ _id: null, total: 42 }])
      await session.abortTransaction()
    })
  })

  it('are gone for a command that names one that never began', async () => {
    await inSession(async (session) => {
      session.startTransaction()
      await accounts().findOne({}, { session })
      await database.db
        .getClient()
        .db('admin')
        .command({ killSessions: [session.id] })
      await expect(accounts().findOne({}, { session })).rejects.toMatchObject({ code: 251 })
    })
  })

  // The time is kept in the database's own process, where no clock can be handed in; a server has its own, longer limit.
  it.skipIf(process.env.MONGODB_URI)(
    'are given up after 10 s, so that one left open does not hold others for good',
    async () => {
      await inSession(async (session) => {
        session.startTransaction()
        await accounts().updateOne({ owner: 'a' }, { $set: { sum: 99 } }, { session })
        await wait(10_500)
        await expect(session.commitTransaction()).rejects.toMatchObject({ code: 251 })
        expect(await sums()).toEqual([10, 0])
        await accounts().updateOne({ owner: 'a' }, { $inc: { sum: 1 } })
        expect(await sums()).toEqual([11, 0])
      })
    },
  )
})
