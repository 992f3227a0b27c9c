import fs, {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Doc } from '../../../../../src/platform/db/builtin/bson/values.js'
import { Engine, toEntry } from '../../../../../src/platform/db/builtin/engine.js'
import { PageSums } from '../../../../../src/platform/db/builtin/storage/page-sums.js'
import { DatabaseStartError } from '../../../../../src/platform/db/builtin/storage/start-error.js'
import { verifyCollection } from '../../../../../src/platform/db/builtin/storage/verify.js'
import { collectionForWrite } from '../../../../../src/platform/db/builtin/storage/view.js'

const FRAME_BYTES = 24 + 4096
const WAL_HEADER_BYTES = 32

describe('files that are no longer what was written', () => {
  let folder: string
  let engine: Engine
  let told: string[]
  const opened: Engine[] = []
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'db-'))
    told = []
    engine = open(folder)
    engine.store.atomically(() => {
      const collection = engine.direct.create('test', 'items', {})
      engine.direct.addIndex(collection, { name: 'u', key: { u: 1 }, unique: true })
      engine.direct.addIndex(collection, { name: 'tags', key: { tags: 1 } })
    })
    engine.store.flush()
  })
  afterEach(() => {
    for (const each of opened.splice(0)) each.close()
    rmSync(folder, { recursive: true, force: true })
  })

  function open(dataDir: string): Engine {
    const made = new Engine(dataDir, (line) => told.push(line))
    opened.push(made)
    return made
  }
  const fileOf = (dataDir: string, name: 'database.sqlite' | 'database.sqlite-wal' | 'database.sums') =>
    join(dataDir, name)

  /** One commit for each document. */
  function insert(n: number, text = ''): void {
    const collection = collectionForWrite(engine.direct, 'test', 'items')
    const doc: Doc = { _id: n, u: `u${n}`, tags: [`a${n % 3}`, `b${n}`], text }
    engine.store.atomically(() => engine.direct.insert(collection, toEntry(doc)))
    engine.store.flush()
  }

  /** The folder as a process that is killed now would leave it. */
  function killed(): string {
    const copy = mkdtempSync(join(folder, 'killed-'))
    for (const name of ['database.sqlite', 'database.sqlite-wal', 'database.sums'] as const) {
      if (existsSync(fileOf(folder, name))) cpSync(fileOf(folder, name), fileOf(copy, name))
    }
    return copy
  }

  function numbersIn(dataDir: string): number[] {
    const again = open(dataDir)
    const collection = again.catalog.find('test', 'items')
    if (!collection) return []
    expect(verifyCollection(again.store.main, collection).errors).toEqual([])
    return [...again.direct.scan(collection, { kind: 'table', reverse: false })].map(({ doc }) => Number(doc._id))
  }

  function numbersOrRefusal(dataDir: string): number[] | DatabaseStartError {
    try {
      return numbersIn(dataDir)
    } catch (error) {
      if (error instanceof DatabaseStartError) return error
      throw error
    }
  }

  const upTo = (count: number) => Array.from({ length: count }, (_, n) => n)

  function flip(file: string, at: number): void {
    const bytes = readFileSync(file)
    bytes[at] = (bytes[at] ?? 0) ^ 1
    writeFileSync(file, bytes)
  }

  it('a log that was cut holds all writes up to some commit', () => {
    const ends = upTo(8).map((n) => {
      insert(n)
      return statSync(fileOf(folder, 'database.sqlite-wal')).size
    })
    for (let frame = Math.floor((ends[0] ?? 0) / FRAME_BYTES); frame * FRAME_BYTES < (ends.at(-1) ?? 0); frame++) {
      for (const at of [WAL_HEADER_BYTES + frame * FRAME_BYTES, WAL_HEADER_BYTES + frame * FRAME_BYTES + 1000]) {
        const copy = killed()
        truncateSync(fileOf(copy, 'database.sqlite-wal'), at)
        expect(numbersIn(copy)).toEqual(upTo(ends.filter((end) => end <= at).length))
      }
    }
    expect(numbersIn(killed())).toEqual(upTo(8))
  })

  it('a log that was cut once it had been copied is not laid over what it was copied to', () => {
    insert(0)
    for (let n = 1; n < 3; n++) insert(n, 'x'.repeat(3_000_000))
    const copy = killed()
    const wal = fileOf(copy, 'database.sqlite-wal')
    truncateSync(wal, statSync(wal).size - 100 * FRAME_BYTES)
    expect(numbersIn(copy)).toEqual([0, 1, 2])
    expect(told).toEqual([expect.stringContaining('had been cut')])
    expect(existsSync(`${wal}.cut`)).toBe(true)
  })

  it('a bit that turned round in the log is noticed, unless it may be a write that was under way', () => {
    for (const n of upTo(8)) insert(n)
    const { size } = statSync(fileOf(folder, 'database.sqlite-wal'))
    for (let at = 10; at < size; at += 3001) {
      const copy = killed()
      flip(fileOf(copy, 'database.sqlite-wal'), at)
      const found = numbersOrRefusal(copy)
      if (found instanceof DatabaseStartError) {
        expect(found).toMatchObject({ reason: 'corrupt', message: expect.stringContaining('no longer has all') })
      } else {
        expect(found).toEqual(upTo(7))
        expect(told.splice(0)).toEqual([expect.stringContaining('the last write has been damaged')])
      }
    }
  })

  it('a bit that turned round in the database file, or in its page sums, stops the start', () => {
    for (const n of upTo(40)) insert(n, 'x'.repeat(n * 100))
    engine.close()
    opened.splice(0)
    for (const name of ['database.sqlite', 'database.sums'] as const) {
      const { size } = statSync(fileOf(folder, name))
      // Some bytes of the head of the sums mean nothing.
      for (let at = 0; at < size; at += Math.ceil(size / 40)) {
        const copy = killed()
        flip(fileOf(copy, name), at)
        expect(() => numbersIn(copy), `${name} at ${at}`).toThrow(/is damaged: .*Keep the files and restore a backup/)
      }
    }
    expect(numbersIn(killed())).toEqual(upTo(40))
  })

  it('a database file that has lost its end stops the start', () => {
    for (const n of upTo(40)) insert(n)
    engine.close()
    opened.splice(0)
    const copy = killed()
    truncateSync(fileOf(copy, 'database.sqlite'), statSync(fileOf(copy, 'database.sqlite')).size - 4096)
    expect(() => numbersIn(copy)).toThrow('is not what was written')
  })

  it('page sums that are missing are made anew', () => {
    for (const n of upTo(4)) insert(n)
    const copy = killed()
    rmSync(fileOf(copy, 'database.sums'))
    expect(numbersIn(copy)).toEqual(upTo(4))
    expect(existsSync(fileOf(copy, 'database.sums'))).toBe(true)
  })

  it('page sums that could not be made are made once there is room, and until then the database is closed and opened', () => {
    for (const n of upTo(4)) insert(n)
    engine.close()
    opened.splice(0)
    const copy = killed()
    rmSync(fileOf(copy, 'database.sums'))
    const save = vi.spyOn(fs, 'writeSync').mockImplementation(() => {
      throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
    })
    syncBuiltinESMExports()
    try {
      open(copy).close()
      opened.pop()
      expect(told).toContainEqual(expect.stringContaining('no room'))
      expect(readdirSync(copy).filter((name) => name.includes('.sums'))).toEqual([])
    } finally {
      save.mockRestore()
      syncBuiltinESMExports()
    }
    expect(numbersIn(copy)).toEqual(upTo(4))
    expect(existsSync(fileOf(copy, 'database.sums'))).toBe(true)
  })

  it('page sums that can be neither saved nor taken away at the end are those of a database file left as it was', () => {
    for (const n of upTo(4)) insert(n)
    const failing = (['save', 'forget'] as const).map((name) =>
      vi.spyOn(PageSums.prototype, name).mockImplementation(() => {
        throw Object.assign(new Error('permission denied'), { code: 'EACCES' })
      }),
    )
    // With it SQLite would copy the log.
    const closed = vi.spyOn(engine.store.main, 'close')
    try {
      engine.close()
      opened.splice(0)
      expect(closed).not.toHaveBeenCalled()
    } finally {
      for (const each of failing) each.mockRestore()
    }
    expect(numbersIn(killed())).toEqual(upTo(4))
  })

  it('a file of format 1 is brought to the present one', () => {
    const copy = mkdtempSync(join(folder, 'former-'))
    cpSync(new URL('../../../../fixtures/database-format-1.sqlite', import.meta.url), fileOf(copy, 'database.sqlite'))
    const again = open(copy)
    const collection = again.catalog.find('cau-noi-so', 'items')
    if (!collection) throw new Error('no collection')
    expect(verifyCollection(again.store.main, collection)).toEqual({
      documents: 3,
      keysPerIndex: { u_1: 3, 'tags_1_n_-1': 4 },
      errors: [],
    })
    again.close()
    opened.splice(opened.indexOf(again), 1)
    flip(fileOf(copy, 'database.sqlite'), 20_000)
    expect(() => open(copy)).toThrow('is damaged')
  })
})
