import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Long } from 'bson'
import { type Document, MongoClient } from 'mongodb'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../../support/database.js'
import { startDatabaseHere } from '../../support/database-here.js'

describe('cursors', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await openTestDatabase()
    await items().insertMany(Array.from({ length: 1000 }, (_, n) => ({ n, half: n % 2 })))
    await items().createIndex({ half: 1, n: 1 })
  })
  afterAll(() => database.close())
  const items = () => database.db.collection<Document>('items')
  const command = (body: Document) => database.db.db?.command(body) as Promise<Document>

  it('walk through everything in the order of insertion', async () => {
    const seen: number[] = []
    for await (const { n } of items().find({}, { batchSize: 7 })) seen.push(n)
    expect(seen).toEqual(Array.from({ length: 1000 }, (_, n) => n))
  })

  it('walk along an index, both ways', async () => {
    const found = await items()
      .find({ half: 1, n: { $gte: 500, $lt: 510 } })
      .sort({ n: -1 })
      .batchSize(2)
      .toArray()
    expect(found.map(({ n }) => n)).toEqual([509, 507, 505, 503, 501])
  })

  it('give a first batch of 101 and any batch as large as asked for', async () => {
    const { cursor } = await command({ find: 'items' })
    expect(cursor.firstBatch).toHaveLength(101)
    const next = await command({
      getMore: Long.fromBigInt(BigInt(String(cursor.id))),
      collection: 'items',
      batchSize: 10,
    })
    expect(next.cursor.nextBatch).toHaveLength(10)
    const killed = await command({ killCursors: 'items', cursors: [Long.fromBigInt(BigInt(String(cursor.id)))] })
    expect(killed.cursorsKilled).toHaveLength(1)
    await expect(
      command({ getMore: Long.fromBigInt(BigInt(String(cursor.id))), collection: 'items' }),
    ).rejects.toMatchObject({ code: 43 })
  })

  it('end after one batch where that is asked for', async () => {
    const { cursor } = await command({ find: 'items', limit: 5, singleBatch: true })
    expect([cursor.firstBatch.length, Number(cursor.id)]).toEqual([5, 0])
  })

  it('hold batches below the size of a message', async () => {
    const large = database.db.collection('large')
    await large.insertMany(Array.from({ length: 40 }, (_, n) => ({ n, text: 'x'.repeat(1_000_000) })))
    expect((await large.find().batchSize(1000).toArray()).length).toBe(40)
  })

  it('survive writes to what they read', async () => {
    const growing = database.db.collection('growing')
    await growing.insertMany(Array.from({ length: 300 }, (_, n) => ({ n })))
    let seen = 0
    for await (const { _id } of growing.find({}, { batchSize: 10 })) {
      seen++
      await growing.deleteOne({ _id })
    }
    expect(seen).toBe(300)
    expect(await growing.countDocuments()).toBe(0)
  })
})

describe('a cursor that is not used', () => {
  const folder = mkdtempSync(join(tmpdir(), 'db-'))
  const MINUTE = 60_000
  // Only what the database measures and wakes by: the driver has timeouts of its own.
  beforeAll(() => vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'] }))
  afterAll(() => {
    vi.useRealTimers()
    rmSync(folder, { recursive: true, force: true })
  })

  it('is closed after ten minutes, one that is used or says that it will be is not', async () => {
    const store = await startDatabaseHere({ dataDir: folder, log: () => {} })
    const client = new MongoClient(store.uri)
    const db = client.db('test')
    await db.collection('items').insertMany(Array.from({ length: 50 }, (_, n) => ({ n })))
    const open = async (more: Document): Promise<Long> => {
      const { cursor } = await db.command({ find: 'items', batchSize: 1, ...more }, { promoteLongs: false })
      return cursor.id
    }
    const read = (getMore: Long) => db.command({ getMore, collection: 'items', batchSize: 1 })
    const [idle, used, patient] = [await open({}), await open({}), await open({ noCursorTimeout: true })]
    vi.advanceTimersByTime(9 * MINUTE)
    expect((await read(used)).cursor.nextBatch).toHaveLength(1)
    vi.advanceTimersByTime(2 * MINUTE)
    await expect(read(idle)).rejects.toMatchObject({ code: 43, codeName: 'CursorNotFound' })
    expect((await read(used)).cursor.nextBatch).toHaveLength(1)
    expect((await read(patient)).cursor.nextBatch).toHaveLength(1)
    await client.close()
    await store.close()
  })
})
