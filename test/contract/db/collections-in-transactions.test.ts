import type { ClientSession, Document } from 'mongodb'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../../support/database.js'

describe('collections that a transaction makes', () => {
  let database: TestDatabase
  let made = 0
  let name: string
  beforeAll(async () => {
    database = await openTestDatabase()
  })
  afterAll(() => database.close())
  beforeEach(() => {
    name = `made-${++made}`
  })

  const collection = () => database.db.collection<Document>(name)
  const exists = async () => (await database.db.listCollections()).some((each) => each.name === name)
  const command = (body: Document, session: ClientSession) =>
    database.db.db?.command(body, { session: session as never }) as Promise<Document>

  async function inTransaction(work: (session: ClientSession) => Promise<void>): Promise<void> {
    const session = (await database.db.startSession()) as unknown as ClientSession
    session.startTransaction()
    try {
      await work(session)
    } finally {
      if (session.inTransaction()) await session.abortTransaction()
      await session.endSession()
    }
  }

  it('are there for others once it commits, with what is in them and the options they were made with', async () => {
    await inTransaction(async (session) => {
      await command({ create: name, collation: { locale: 'en', strength: 2 } }, session)
      await collection().insertMany([{ word: 'A' }, { word: 'b' }], { session })
      expect(await collection().countDocuments({ word: 'a' }, { session })).toBe(1)
      expect(await exists()).toBe(false)
      expect(await collection().countDocuments()).toBe(0)
      await session.commitTransaction()
    })
    expect(await exists()).toBe(true)
    expect(await collection().countDocuments({ word: 'a' })).toBe(1)
  })

  it('leave nothing behind when it aborts', async () => {
    await inTransaction(async (session) => {
      await collection().insertOne({ n: 1 }, { session })
      expect(await collection().findOne({}, { session })).toMatchObject({ n: 1 })
    })
    expect(await exists()).toBe(false)
  })

  it('have the indexes that were made in them before their documents, and keep their values unique', async () => {
    const indexes = [{ key: { n: 1 }, name: 'n', unique: true }]
    await inTransaction(async (session) => {
      await command({ createIndexes: name, indexes }, session)
      await collection().insertOne({ n: 1 }, { session })
      await collection().updateOne({ n: 2 }, { $set: { tags: ['a', 'b'] } }, { session, upsert: true })
      await session.commitTransaction()
    })
    expect((await collection().listIndexes().toArray()).map((each) => each.name)).toEqual(['_id_', 'n'])
    expect(
      await collection()
        .find({ n: { $gt: 1 } })
        .toArray(),
    ).toMatchObject([{ tags: ['a', 'b'] }])
    await expect(collection().insertOne({ n: 1 })).rejects.toMatchObject({ code: 11000 })
    name = `made-${++made}`
    await inTransaction(async (session) => {
      await command({ createIndexes: name, indexes }, session)
      await collection().insertOne({ n: 1 }, { session })
      await expect(collection().insertOne({ n: 1 }, { session })).rejects.toMatchObject({ code: 11000 })
    })
    expect(await exists()).toBe(false)
  })

  it('are made by one of two: the other is told to try again', async () => {
    await inTransaction(async (first) => {
      await collection().insertOne({ by: 1 }, { session: first })
      await inTransaction(async (second) => {
        const late = collection().insertOne({ by: 2 }, { session: second })
        await expect(late).rejects.toMatchObject({ code: 112, errorLabels: ['TransientTransactionError'] })
      })
      await first.commitTransaction()
    })
    expect(await collection().find().toArray()).toMatchObject([{ by: 1 }])
  })

  it('hold a write from outside until the end, which then finds them', async () => {
    let outside: Promise<unknown> | undefined
    await inTransaction(async (session) => {
      await collection().insertOne({ by: 'transaction' }, { session })
      outside = collection().insertOne({ by: 'other' })
      await session.commitTransaction()
    })
    await outside
    expect(await collection().countDocuments()).toBe(2)
  })

  it('are the only ones it makes indexes in', async () => {
    await collection().insertOne({ n: 1 })
    const indexes = [{ key: { n: 1 }, name: 'n' }]
    await inTransaction(async (session) => {
      await expect(command({ createIndexes: name, indexes }, session)).rejects.toMatchObject({ code: 263 })
    })
    await inTransaction(async (session) => {
      await expect(command({ create: name }, session)).rejects.toMatchObject({ code: 48 })
    })
  })
})
