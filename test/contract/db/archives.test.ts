import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import {
  Binary,
  Code,
  Decimal128,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  serialize,
  Timestamp,
  UUID,
} from 'bson'
import { type Connection, mongo } from 'mongoose'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { databaseOf } from '../../../src/platform/db/archive/collections.js'
import { checkArchive, readArchive, writeArchive } from '../../../src/platform/db/archive/files.js'
import { fillDatabase } from '../../../src/platform/db/archive/fill-database.js'
import type { ArchiveEntry } from '../../../src/platform/db/archive/format.js'
import { insertStored } from '../../../src/platform/db/archive/insert-stored.js'
import { readDatabase } from '../../../src/platform/db/archive/read-database.js'
import { openTestDatabase, type TestDatabase } from '../../support/database.js'

describe('an archive of a database', () => {
  let [source, target]: TestDatabase[] = []
  let folder: string
  let db: Connection
  let other: Connection
  beforeAll(async () => {
    source = await openTestDatabase()
    target = await openTestDatabase()
    db = source.db
    other = target.db
  })
  afterAll(async () => {
    await source?.close()
    await target?.close()
  })
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'archive-'))
  })
  afterEach(async () => {
    vi.restoreAllMocks()
    await db.dropDatabase()
    await other.dropDatabase()
    rmSync(folder, { recursive: true, force: true })
  })

  const at = (name: string) => join(folder, name)
  const write = (name: string, from = db) => writeArchive(at(name), readDatabase(from))
  async function fill(name: string) {
    const { collections } = await checkArchive(at(name))
    return fillDatabase(other, readArchive(at(name)), collections)
  }

  it('holds what collections ask of their documents, and what they held before they did', async () => {
    await db.collection('asking').insertOne({ at: { type: 'Point', coordinates: [105.6, 9.78] } })
    await db.collection('asking').createIndex({ at: '2dsphere' })
    await databaseOf(db).command({ collMod: 'asking', validator: { n: { $gte: 0 } } })
    await write('asking')
    await fill('asking')
    await expect(other.collection('asking').insertOne({ n: -1 })).rejects.toMatchObject({ code: 121 })
    const near = { $near: { $geometry: { type: 'Point', coordinates: [105, 10] } } }
    expect(await other.collection('asking').find({ at: near }).toArray()).toHaveLength(1)
  })

  it('holds every type of BSON, and the order of fields, byte for byte', async () => {
    const values = [
      ...[Decimal128.fromString('0.10'), Decimal128.fromString('-0'), Decimal128.fromString('NaN')],
      ...[Long.fromString('9007199254740993'), Long.fromNumber(1), new Int32(1), new Double(1), new Double(-0)],
      ...[
        Number.NaN,
        Number.POSITIVE_INFINITY,
        new Date(-1),
        new Date(253402300800000),
        true,
        null,
        'Hậu Giang \u0000 🌾',
      ],
      ...[
        new Binary(Buffer.from([0, 255]), 128),
        new UUID(),
        new ObjectId(),
        /^a.*$/i,
        new mongo.BSONRegExp('(?x) b', 'x'),
      ],
      ...[
        new Timestamp({ t: 1, i: 2 }),
        new MinKey(),
        new MaxKey(),
        new Code('f', { a: 1 }),
        new mongo.BSONSymbol('s'),
      ],
      ...[{}, [], [[]], { a: { b: [{}, { c: [] }] } }, new mongo.DBRef('items', new ObjectId())],
    ]
    const documents = values.map((value, i) =>
      serialize(
        new Map<string, unknown>([
          ['_id', i],
          ['value', value],
        ]),
      ),
    )
    const ordered = new Map<string, unknown>([
      ['_id', -1],
      ['10', 'first'],
      ['9', 'second'],
      [
        'a',
        new Map([
          ['2', 0],
          ['1', 0],
        ]),
      ],
    ])
    await insertStored(databaseOf(db), 'values', [serialize(ordered), ...documents])
    await write('one')
    await fill('one')
    const raw = await databaseOf(other).collection('values').find({}, { raw: true }).sort({ _id: 1 }).toArray()
    expect(raw.map((each) => Buffer.from(each as unknown as Uint8Array))).toEqual(
      [serialize(ordered), ...documents].map((each) => Buffer.from(each)),
    )
  })

  it('is the same file again when it is made of what it was read into', async () => {
    const people = databaseOf(db).collection('people')
    await db.createCollection('named', { collation: { locale: 'vi', strength: 1 } })
    await people.insertMany(Array.from({ length: 1_200 }, (_, n) => ({ n, at: new Date(n), tags: [n % 7, 'x'] })))
    await people.createIndex({ n: 1 }, { unique: true })
    await people.createIndex({ at: -1, 'tags.a': 1 }, { name: 'by time' })
    await people.createIndex({ at: 1 }, { expireAfterSeconds: 0, name: 'ends' })
    await people.createIndex({ tags: 1 }, { partialFilterExpression: { n: { $gt: 5 } } })
    await people.createIndex({ name: 1 }, { sparse: true, collation: { locale: 'vi', strength: 2 } })
    const bucket = new mongo.GridFSBucket(databaseOf(db), { bucketName: 'pictures' })
    await new Promise((resolve) => bucket.openUploadStream('a').on('finish', resolve).end(Buffer.alloc(600_000, 7)))
    const written = await write('one')
    expect(written.collections.map(({ name, documents, indexes }) => [name, documents, indexes])).toEqual([
      ['named', 0, 0],
      ['people', 1_200, 5],
      ['pictures.chunks', 3, 1],
      ['pictures.files', 1, 1],
    ])
    const compared = await fill('one')
    expect(compared.map(({ name, there }) => [name, there.documents])).toEqual([
      ['named', 0],
      ['people', 1_200],
      ['pictures.chunks', 3],
      ['pictures.files', 1],
    ])
    await write('two', other)
    expect(readFileSync(at('two')).equals(readFileSync(at('one')))).toBe(true)
    await expect(other.collection('people').insertOne({ n: 7 })).rejects.toMatchObject({ code: 11000 })
    const bytes = new mongo.GridFSBucket(databaseOf(other), { bucketName: 'pictures' }).openDownloadStreamByName('a')
    expect(Buffer.concat(await bytes.toArray())).toEqual(Buffer.alloc(600_000, 7))
  })

  it('is of one moment: what is written together is in it together, or not at all', async () => {
    const accounts = databaseOf(db).collection<{ _id: number; sum: number; filling: string }>('accounts')
    const pairs = databaseOf(db).collection<{ batch: number }>('pairs')
    const [count, all] = [2_000, 200_000]
    await accounts.insertMany(
      Array.from({ length: count }, (_, _id) => ({ _id, sum: 100, filling: 'x'.repeat(2_000) })),
    )
    await pairs.insertMany([{ batch: -1 }, { batch: -1 }])
    let stopped = false
    let transfers = 0
    const transfer = async () => {
      while (!stopped) {
        const [from, to] = [transfers % 7, count - 1 - (transfers % 5)]
        await db.transaction(async (session) => {
          await accounts.updateOne({ _id: from }, { $inc: { sum: -1 } }, { session })
          await accounts.updateOne({ _id: to }, { $inc: { sum: 1 } }, { session })
        })
        transfers++
      }
    }
    const insert = async () => {
      for (let batch = 0; !stopped && batch < 100; batch++)
        await pairs.insertMany(Array.from({ length: 50 }, () => ({ batch })))
    }
    const writers = [transfer(), transfer(), insert()]
    // Slow enough for many to write while it is read, before and behind the place that it has reached.
    const slowly = async function* (): AsyncGenerator<ArchiveEntry> {
      let read = 0
      for await (const entry of readDatabase(db)) {
        yield entry
        const before = transfers
        if (++read % 400 === 0) while (transfers < before + 3) await wait(2)
      }
    }
    await writeArchive(at('one'), slowly())
    stopped = true
    await Promise.all(writers)
    await fill('one')
    const sums = await other.collection<{ sum: number }>('accounts').find().toArray()
    expect(sums.reduce((sum, account) => sum + account.sum, 0)).toBe(all)
    const batches = await other
      .collection('pairs')
      .aggregate([{ $group: { _id: '$batch', n: { $sum: 1 } } }])
      .toArray()
    expect(batches.filter(({ _id, n }) => n !== (_id === -1 ? 2 : 50))).toEqual([])
  })

  it('is not made of collections that go meanwhile', async () => {
    await db.collection('a').insertOne({ n: 1 })
    await db.collection('b').insertOne({ n: 1 })
    const dropping = async function* (): AsyncGenerator<ArchiveEntry> {
      for await (const entry of readDatabase(db)) {
        yield entry
        if (entry.kind === 'collection' && entry.collection.name === 'a') await db.collection('b').drop()
      }
    }
    await expect(writeArchive(at('one'), dropping())).rejects.toThrow('changed meanwhile')
    await expect(checkArchive(at('one'))).rejects.toMatchObject({ code: 'ENOENT' })
  })

  it('leaves no file when it is stopped, or its disk takes no more', async () => {
    await db.collection('a').insertMany(Array.from({ length: 600 }, (_, n) => ({ n })))
    const stop = new AbortController()
    const entries = readDatabase(db, { onDocuments: () => stop.abort() })
    await expect(writeArchive(at('one'), entries, stop.signal)).rejects.toMatchObject({ name: 'AbortError' })
    const failing = async function* (): AsyncGenerator<ArchiveEntry> {
      yield { kind: 'header', header: { step: null } }
      throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })
    }
    await expect(writeArchive(at('one'), failing())).rejects.toMatchObject({ code: 'ENOSPC' })
    expect(readdirSync(folder)).toEqual([])
  })

  it('leaves nothing in a database that refuses it', async () => {
    const twice: ArchiveEntry[] = [
      { kind: 'header', header: { step: null } },
      { kind: 'collection', collection: { name: 'a', options: {}, indexes: [] } },
      { kind: 'document', raw: serialize({ _id: 1 }) },
      {
        kind: 'collection',
        collection: { name: 'b', options: {}, indexes: [{ v: 2, key: { mail: 1 }, name: 'mail_1', unique: true }] },
      },
      { kind: 'document', raw: serialize({ _id: 1, mail: 'x@example.vn' }) },
      { kind: 'document', raw: serialize({ _id: 2, mail: 'x@example.vn' }) },
    ]
    await writeArchive(
      at('one'),
      (async function* () {
        yield* twice
      })(),
    )
    await expect(fill('one')).rejects.toThrow(/^The database refuses b, index mail_1: E11000 duplicate key/)
    expect(await other.listCollections()).toEqual([])
  })

  it('does not take the place of a file that is made meanwhile', async () => {
    await db.collection('a').insertOne({ n: 1 })
    const entries = readDatabase(db, { onStart: () => writeFileSync(at('one'), 'of another') })
    await expect(writeArchive(at('one'), entries)).rejects.toThrow('has been made meanwhile')
    expect(readFileSync(at('one'), 'utf8')).toBe('of another')
    expect(readdirSync(folder)).toEqual(['one'])
  })

  it('leaves nothing when it is stopped after its last document', async () => {
    await db.collection('a').insertMany([{ n: 1 }, { n: 2 }])
    const { collections } = await write('one')
    const stop = new AbortController()
    const filling = fillDatabase(other, readArchive(at('one')), collections, {
      onDocuments: (documents) => documents === 2 && stop.abort(),
      signal: stop.signal,
    })
    await expect(filling).rejects.toMatchObject({ name: 'AbortError' })
    expect(await other.listCollections()).toEqual([])
  })

  it('names what it could not take away', async () => {
    await db.collection('a').insertOne({ n: 1 })
    await db.collection('b').insertOne({ n: 1 })
    const { collections } = await write('one')
    vi.spyOn(mongo.Db.prototype, 'dropCollection').mockImplementation(async (name) => {
      throw new mongo.MongoNetworkError(`no answer for ${name}`)
    })
    const filling = fillDatabase(
      other,
      readArchive(at('one')),
      collections.map((each) => ({ ...each, documents: 3 })),
    )
    await expect(filling).rejects.toThrow(/^a does not hold .*\n.* left behind.*: a, b$/)
  })

  it('says so when the database does not hold what was written', async () => {
    await db.collection('a').insertMany([{ n: 1 }, { n: 2 }])
    const { collections } = await write('one')
    const expected = collections.map((each) => ({ ...each, documents: 3 }))
    await expect(fillDatabase(other, readArchive(at('one')), expected)).rejects.toThrow('2 of 3 documents')
    expect(await other.listCollections()).toEqual([])
  })
})
