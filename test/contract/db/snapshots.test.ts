import { type ClientSession, type Connection, mongo } from 'mongoose'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../../support/database.js'

/** Sessions that read the database as it was at one moment, however long they take: what a backup stands on. */
describe('a snapshot session', () => {
  let database: TestDatabase
  let db: Connection
  let session: ClientSession
  beforeAll(async () => {
    database = await openTestDatabase()
    db = database.db
  })
  afterAll(() => database.close())
  beforeEach(async () => {
    await db.collection('items').deleteMany({})
    await db.collection('items').insertMany([1, 2, 3].map((n) => ({ _id: n as never, n })))
    session = await db.startSession({ snapshot: true })
  })
  afterEach(() => session.endSession())

  const items = () => db.collection('items')
  const seen = () => items().find({}, { session }).sort({ _id: 1 }).toArray()

  it('sees nothing that was written after its first read', async () => {
    expect(await seen()).toHaveLength(3)
    await items().deleteOne({ n: 1 })
    await items().updateOne({ n: 2 }, { $set: { n: 20 } })
    await items().insertOne({ n: 4 })
    expect((await seen()).map(({ n }) => n)).toEqual([1, 2, 3])
    expect(await items().distinct('n', {}, { session })).toEqual([1, 2, 3])
    expect(await items().countDocuments({ n: { $gte: 2 } }, { session })).toBe(2)
    expect(await items().countDocuments()).toBe(3)
  })

  it('sees several collections as they were at the same moment, and none that was made since', async () => {
    await seen()
    await db.collection('later').insertOne({ n: 1 })
    expect(await db.collection('later').find({}, { session }).toArray()).toEqual([])
    await db.collection('later').drop()
  })

  it('goes on with a cursor whose documents are gone', async () => {
    const cursor = items().find({}, { session, batchSize: 1 }).sort({ _id: 1 })
    expect(await cursor.next()).toMatchObject({ n: 1 })
    await items().deleteMany({})
    expect(await cursor.toArray()).toHaveLength(2)
  })

  it('holds up no write, and conflicts with no transaction', async () => {
    await seen()
    await db.transaction(async (writing) => {
      await items().updateOne({ n: 2 }, { $inc: { n: 1 } }, { session: writing })
    })
    expect((await items().findOne({ _id: 2 as never }))?.n).toBe(3)
  })

  it('writes nothing', async () => {
    await seen()
    await expect(
      items()
        .aggregate([{ $out: 'copy' }], { session })
        .toArray(),
    ).rejects.toThrow()
    expect(await db.collection('copy').countDocuments()).toBe(0)
  })

  it('is the past to the next one', async () => {
    await seen()
    await items().deleteMany({})
    await session.endSession()
    session = await db.startSession({ snapshot: true })
    expect(await seen()).toEqual([])
  })

  it('says so when its moment is kept no longer', async () => {
    const command = {
      find: 'items',
      readConcern: { level: 'snapshot', atClusterTime: new mongo.Timestamp({ t: 1, i: 1 }) },
    }
    await expect(db.db?.command(command)).rejects.toMatchObject({ code: 239, codeName: 'SnapshotTooOld' })
  })
})
