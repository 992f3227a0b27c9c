import MongoStore from 'connect-mongo'
import { mongo } from 'mongoose'
import { RateLimiterMongo } from 'rate-limiter-flexible'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../../support/database.js'

describe('libraries that stand on the driver', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await openTestDatabase()
  })
  afterAll(() => database.close())
  const native = () => {
    if (!database.db.db) throw new Error('not connected')
    return database.db.db
  }

  describe('GridFS', () => {
    const bytes = Buffer.from(Array.from({ length: 700_000 }, (_, i) => (i * 7) % 251))
    const bucket = () => new mongo.GridFSBucket(native(), { bucketName: 'files' })
    const upload = (name: string, content: Buffer) =>
      new Promise<mongo.ObjectId>((resolve, reject) => {
        const stream = bucket().openUploadStream(name, { metadata: { kind: 'logo' } })
        stream.once('finish', () => resolve(stream.id)).once('error', reject)
        stream.end(content)
      })
    const download = async (stream: AsyncIterable<Buffer>) => {
      const chunks: Buffer[] = []
      for await (const chunk of stream) chunks.push(chunk)
      return Buffer.concat(chunks)
    }

    it('gives back a file of several chunks, whole and in part', async () => {
      const id = await upload('logo.png', bytes)
      expect((await download(bucket().openDownloadStream(id))).equals(bytes)).toBe(true)
      const part = await download(bucket().openDownloadStream(id, { start: 300_000, end: 300_010 }))
      expect(part).toEqual(bytes.subarray(300_000, 300_010))
      expect(await bucket().find({ 'metadata.kind': 'logo' }).toArray()).toMatchObject([
        { filename: 'logo.png', length: 700_000 },
      ])
    })

    it('deletes a file with its chunks', async () => {
      const id = await upload('gone', Buffer.from('x'))
      await bucket().delete(id)
      expect(await native().collection('files.chunks').countDocuments({ files_id: id })).toBe(0)
    })
  })

  describe('connect-mongo', () => {
    const open = () =>
      MongoStore.create({ client: database.db.getClient() as never, dbName: native().databaseName, touchAfter: 0 })
    const session = (value: number) => ({ cookie: { originalMaxAge: 60_000, maxAge: 60_000 }, value }) as never

    it('sets, gets, touches and destroys a session', async () => {
      const store = open()
      const call = <T>(run: (done: (error: unknown, value?: T | null) => void) => void) =>
        new Promise<T | null | undefined>((resolve, reject) =>
          run((error, value) => (error ? reject(error) : resolve(value))),
        )
      await call((done) => store.set('id', session(1), done))
      await call((done) => store.set('id', session(2), done))
      expect(await call((done) => store.get('id', done))).toMatchObject({ value: 2 })
      await call((done) => store.touch('id', session(2), done))
      expect(await call<number>((done) => store.length(done as never))).toBe(1)
      await call((done) => store.destroy('id', done))
      expect(await call((done) => store.get('id', done))).toBeFalsy()
    })
  })

  describe('rate-limiter-flexible', () => {
    it('counts down and refuses, however many ask at once', async () => {
      const limiter = new RateLimiterMongo({
        storeClient: database.db,
        dbName: native().databaseName,
        points: 5,
        duration: 60,
      })
      const results = await Promise.allSettled(Array.from({ length: 12 }, () => limiter.consume('visitor')))
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(5)
      expect((await limiter.get('visitor'))?.consumedPoints).toBe(12)
      await limiter.delete('visitor')
      expect((await limiter.consume('visitor')).remainingPoints).toBe(4)
    })
  })
})
