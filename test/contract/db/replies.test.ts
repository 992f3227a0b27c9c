import type { Timestamp } from 'bson'
import type { Document } from 'mongodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../../support/database.js'

describe('what is told beside the answer', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await openTestDatabase()
  })
  afterAll(() => database.close())

  const command = (body: Document) => database.db.db?.command(body) as Promise<Document>
  const timeOf = (reply: Document): bigint => (reply.operationTime as Timestamp).toBigInt()

  it('is a time that goes on with every write, so that a driver reads what it has written', async () => {
    const first = timeOf(await command({ insert: 'items', documents: [{ n: 1 }] }))
    const second = timeOf(await command({ insert: 'items', documents: [{ n: 2 }] }))
    const read = await command({
      find: 'items',
      readConcern: { afterClusterTime: (await command({ ping: 1 })).operationTime },
    })
    expect(second).toBeGreaterThan(first)
    expect(timeOf(read)).toBeGreaterThanOrEqual(second)
    expect(read.$clusterTime.clusterTime.toBigInt()).toBeGreaterThanOrEqual(second)
    expect(read.cursor.firstBatch).toHaveLength(2)
  })

  it('is the number of the connection, in the first answer', async () => {
    expect((await command({ hello: 1 })).connectionId).toBeGreaterThan(0)
  })

  it('is that more members were to acknowledge a write than there are; it is done all the same', async () => {
    const insert = (name: string, w: unknown) => command({ insert: 'more', documents: [{ name }], writeConcern: { w } })
    await expect(insert('many', 40)).rejects.toMatchObject({ code: 100, result: { ok: 1, n: 1 } })
    await expect(insert('named', 'nowhere')).rejects.toMatchObject({ code: 79, result: { ok: 1, n: 1 } })
    expect(await insert('most', 'majority')).toMatchObject({ ok: 1, n: 1 })
    expect(await database.db.collection('more').countDocuments()).toBe(3)
  })

  it('is nothing within a transaction, whose end alone has a write concern', async () => {
    const session = await database.db.startSession()
    session.startTransaction()
    const insert = { insert: 'items', documents: [{}], writeConcern: { w: 1 } }
    const sent = database.db.db?.command(insert, { session: session as never })
    await expect(sent).rejects.toMatchObject({ codeName: 'InvalidOptions' })
    await session.abortTransaction()
    await session.endSession()
  })

  it('is a refusal of what is outside the API that a client has declared', async () => {
    const strict = { apiVersion: '1', apiStrict: true }
    await expect(command({ distinct: 'items', key: 'n', ...strict })).rejects.toMatchObject({
      codeName: 'APIStrictError',
    })
    await expect(command({ ping: 1, apiVersion: '7' })).rejects.toMatchObject({ codeName: 'APIVersionError' })
    await expect(command({ ping: 1, apiStrict: true })).rejects.toMatchObject({ codeName: 'InvalidOptions' })
    expect(await command({ find: 'items', ...strict })).toMatchObject({ ok: 1 })
  })
})
