import { Long } from 'bson'
import type { ClientSession, Document } from 'mongodb'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../../support/database.js'

describe('retryable writes', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await openTestDatabase()
  })
  afterAll(() => database.close())
  const items = () => database.db.collection<Document>('items')
  beforeEach(() => items().deleteMany({}))

  /** Numbers of a session that the driver may have used before. */
  function nextNumber(session: ClientSession): Long {
    session.serverSession.txnNumber++
    return Long.fromNumber(session.serverSession.txnNumber)
  }

  async function inSession<T>(
    work: (session: ClientSession, send: (command: Document) => Promise<Document>) => Promise<T>,
  ): Promise<T> {
    const session = (await database.db.startSession()) as unknown as ClientSession
    try {
      return await work(
        session,
        (command) => database.db.db?.command(command, { session: session as never }) as Promise<Document>,
      )
    } finally {
      await session.endSession()
    }
  }

  /** Sends one command twice, as a driver does that has lost the first answer. */
  const twice = (command: Document): Promise<[Document, Document]> =>
    inSession(async (session, send) => {
      const numbered = { ...command, txnNumber: nextNumber(session) }
      return [await send(numbered), await send(numbered)]
    })

  it('insert once', async () => {
    const [first, second] = await twice({ insert: 'items', documents: [{ a: 1 }, { a: 2 }] })
    expect([first.n, second.n]).toEqual([2, 2])
    expect(await items().countDocuments()).toBe(2)
  })

  it('increment once', async () => {
    await items().insertOne({ a: 1 })
    const [first, second] = await twice({ update: 'items', updates: [{ q: { a: 1 }, u: { $inc: { a: 1 } } }] })
    expect([first.nModified, second.nModified]).toEqual([1, 1])
    expect(await items().findOne()).toMatchObject({ a: 2 })
  })

  it('delete once', async () => {
    await items().insertMany([{ a: 1 }, { a: 1 }])
    const [first, second] = await twice({ delete: 'items', deletes: [{ q: { a: 1 }, limit: 1 }] })
    expect([first.n, second.n]).toEqual([1, 1])
    expect(await items().countDocuments()).toBe(1)
  })

  it('give the same document again', async () => {
    await items().insertOne({ a: 1 })
    const [first, second] = await twice({ findAndModify: 'items', query: {}, update: { $inc: { a: 1 } }, new: true })
    expect([first.value.a, second.value.a]).toEqual([2, 2])
    expect(await items().findOne()).toMatchObject({ a: 2 })
  })

  it('refuse a number older than the last', async () => {
    await inSession(async (session, send) => {
      const [older, newer] = [nextNumber(session), nextNumber(session)]
      const insert = (txnNumber: Long) => send({ insert: 'items', documents: [{ a: 1 }], txnNumber })
      await insert(newer)
      await expect(insert(older)).rejects.toMatchObject({ code: 225 })
    })
    expect(await items().countDocuments()).toBe(1)
  })
})

describe('answers that are lost', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await openTestDatabase({ testCommands: true })
  })
  afterAll(() => database.close())

  const items = () => database.db.collection<Document>('items')
  const admin = (command: Document) =>
    database.db.getClient().db('admin').command(command) as unknown as Promise<Document>

  /** A server has fail points only where it was started for tests. */
  async function failing(failPoint: Document, work: () => Promise<void>, { skip }: { skip(): void }): Promise<void> {
    const refused = await admin(failPoint).then(
      () => false,
      ({ code }) => code === 59,
    )
    if (refused) return skip()
    try {
      await work()
    } finally {
      await admin({ configureFailPoint: failPoint.configureFailPoint, mode: 'off' })
    }
  }

  it('are asked for again by the driver, and what was done is not done twice', async (test) => {
    await items().insertOne({ name: 'counter', n: 0 })
    const failPoint = { configureFailPoint: 'onPrimaryTransactionalWrite', mode: { times: 1 } }
    await failing(
      failPoint,
      async () => {
        const result = await items().updateOne({ name: 'counter' }, { $inc: { n: 1 } })
        expect(result).toMatchObject({ matchedCount: 1, modifiedCount: 1 })
        expect(await items().findOne({ name: 'counter' })).toMatchObject({ n: 1 })
      },
      test,
    )
  })

  it('of commits are asked for again, and are the first ones', async (test) => {
    const data = { failCommands: ['commitTransaction'], errorCode: 91 }
    await failing(
      { configureFailPoint: 'failCommand', mode: { times: 1 }, data },
      async () => {
        const session = await database.db.startSession()
        await session.withTransaction(() => items().insertOne({ name: 'committed' }, { session: session as never }))
        await session.endSession()
        expect(await items().countDocuments({ name: 'committed' })).toBe(1)
      },
      test,
    )
  })

  it('are labelled: what a write may be sent again for, and what a transaction may', async (test) => {
    const data = { failCommands: ['insert'], errorCode: 189 }
    await failing(
      { configureFailPoint: 'failCommand', mode: { times: 2 }, data },
      async () => {
        const failure = await items()
          .insertOne({ name: 'never' })
          .catch((error) => error)
        expect(failure.hasErrorLabel('RetryableWriteError')).toBe(true)
        expect(failure.hasErrorLabel('TransientTransactionError')).toBe(false)
      },
      test,
    )
    expect(await items().countDocuments({ name: 'never' })).toBe(0)
  })
})
