import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Long, UUID } from 'bson'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Doc, decode } from '../../../../../src/platform/db/builtin/bson/values.js'
import { Cursors } from '../../../../../src/platform/db/builtin/cursors.js'
import { Dispatcher } from '../../../../../src/platform/db/builtin/dispatcher.js'
import { Engine, toEntry } from '../../../../../src/platform/db/builtin/engine.js'
import { Sessions } from '../../../../../src/platform/db/builtin/sessions.js'
import { verifyCollection } from '../../../../../src/platform/db/builtin/storage/verify.js'
import { collectionForWrite } from '../../../../../src/platform/db/builtin/storage/view.js'

describe('a disk that is full', () => {
  let folder: string
  let engine: Engine
  let dispatcher: Dispatcher
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'db-'))
    engine = new Engine(folder)
    const sessions = new Sessions(engine)
    dispatcher = new Dispatcher({
      engine,
      cursors: new Cursors(),
      sessions,
      address: 'x.sock',
      setExpiryInterval: () => {},
      log: () => {},
    })
  })
  afterEach(() => {
    engine.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const run = async (body: Doc): Promise<Doc> =>
    decode(
      await dispatcher.answer(
        { id: 1, legacy: false, body: { ...body, $db: 'test' }, sequences: new Map(), silent: false },
        { id: 1 },
      ),
    )
  const insert = (u: number) => run({ insert: 'items', documents: [{ u, text: 'x'.repeat(20_000) }] })
  const count = async () => Number((await run({ count: 'items' })).n)
  /** SQLite refuses to grow beyond its number of pages with the error of a full disk. */
  const allowPages = (pages: number) => engine.store.main.get(`PRAGMA max_page_count = ${pages}`)

  it('fails the write with an error, keeps what was acknowledged, goes on reading, and writes again once there is room', async () => {
    await run({ createIndexes: 'items', indexes: [{ key: { u: 1 }, name: 'u', unique: true }] })
    allowPages(200)
    let acknowledged = 0
    let reply = await insert(0)
    while (Number(reply.ok) === 1) reply = await insert(++acknowledged)
    expect(reply).toMatchObject({ codeName: 'OutOfDiskSpace' })
    expect(acknowledged).toBeGreaterThan(10)
    expect(await count()).toBe(acknowledged)
    allowPages(1_000_000)
    expect(Number((await insert(acknowledged)).ok)).toBe(1)
    expect(await count()).toBe(acknowledged + 1)
  })

  it('fails the write that could not be put there, and not those who read meanwhile', async () => {
    await insert(0)
    const exec = engine.store.main.exec.bind(engine.store.main)
    const failing = vi.spyOn(engine.store.main, 'exec').mockImplementation((sql) => {
      if (sql === 'COMMIT') throw Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' })
      exec(sql)
    })
    try {
      const [written, hello, found] = await Promise.all([
        insert(1),
        run({ hello: 1 }),
        run({ find: 'items', filter: {}, batchSize: 1 }),
      ])
      expect(written).toMatchObject({ codeName: 'OutOfDiskSpace' })
      expect([hello, found].map(({ ok }) => Number(ok))).toEqual([1, 1])
      const { firstBatch, id } = found.cursor as { firstBatch: Doc[]; id: unknown }
      expect([firstBatch.length, Number(id)]).toEqual([1, 0])
    } finally {
      failing.mockRestore()
    }
    expect(await count()).toBe(1)
  })

  it('leaves no collection behind that could not be made', async () => {
    await run({ create: 'items' })
    allowPages(Number(engine.store.main.get('PRAGMA page_count')?.[0]))
    const failed = await run({ createIndexes: 'other', indexes: [{ key: { a: 1 }, name: 'a' }] })
    expect(failed).toMatchObject({ codeName: 'OutOfDiskSpace' })
    expect(engine.catalog.inDatabase('test').map(({ name }) => name)).toEqual(['items'])
    allowPages(1_000_000)
    expect(Number((await run({ createIndexes: 'other', indexes: [{ key: { a: 1 }, name: 'a' }] })).ok)).toBe(1)
  })

  it('fails the commit of a transaction, which then has not happened', async () => {
    await run({ create: 'items' })
    const lsid = { id: new UUID() }
    const within = (body: Doc) => run({ ...body, lsid, txnNumber: Long.fromNumber(1), autocommit: false })
    await within({ insert: 'items', documents: [{ text: 'x'.repeat(100_000) }], startTransaction: true })
    allowPages(Number(engine.store.main.get('PRAGMA page_count')?.[0]))
    expect(await within({ commitTransaction: 1 })).toMatchObject({ codeName: 'OutOfDiskSpace' })
    expect(await within({ commitTransaction: 1 })).toMatchObject({ codeName: 'NoSuchTransaction' })
    expect(await count()).toBe(0)
  })

  it('that can no longer be written is still read, and is written again when it can be', async () => {
    await insert(0)
    engine.store.main.exec('PRAGMA query_only = ON')
    expect(await insert(1)).toMatchObject({ codeName: 'OperationFailed' })
    expect(await count()).toBe(1)
    engine.store.main.exec('PRAGMA query_only = OFF')
    expect(Number((await insert(1)).ok)).toBe(1)
    expect(await count()).toBe(2)
  })

  it('leaves an index as it is known on the disk when what would have changed it fails', async () => {
    await run({ createIndexes: 'items', indexes: [{ key: { u: 1 }, name: 'u' }] })
    const insertArray = (prepare = () => {}) =>
      engine.store.atomically(() => {
        prepare()
        engine.direct.insert(collectionForWrite(engine.direct, 'test', 'items'), toEntry({ _id: 1, u: [1, 2] }))
      })
    // The first thing written then is that the index has become multikey.
    expect(() => insertArray(() => engine.store.main.exec('PRAGMA query_only = ON'))).toThrow()
    engine.store.main.exec('PRAGMA query_only = OFF')
    insertArray()
    engine.close()
    engine = new Engine(folder)
    const again = collectionForWrite(engine.direct, 'test', 'items')
    expect(verifyCollection(engine.store.main, again).errors).toEqual([])
  })
})
