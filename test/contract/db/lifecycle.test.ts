import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import Database from 'libsql'
import { MongoClient } from 'mongodb'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startBuiltinDatabase } from '../../../src/platform/db/builtin/index.js'

describe('the built-in database as a process', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'db-'))
  })
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true })
  })

  const socketOf = (uri: string) => decodeURIComponent(uri.slice('mongodb://'.length, uri.lastIndexOf('/')))

  async function count(uri: string): Promise<number> {
    const client = await new MongoClient(uri, { serverSelectionTimeoutMS: 5_000 }).connect()
    try {
      return await client.db().collection('items').countDocuments()
    } finally {
      await client.close()
    }
  }

  async function insert(uri: string, ...documents: Record<string, unknown>[]): Promise<void> {
    const client = await new MongoClient(uri).connect()
    try {
      await client.db().collection('items').insertMany(documents)
    } finally {
      await client.close()
    }
  }

  it('keeps what was stored for the next start', async () => {
    const first = await startBuiltinDatabase({ dataDir: folder })
    await insert(first.uri, { a: 1 }, { a: 2 })
    await first.close()
    const second = await startBuiltinDatabase({ dataDir: folder })
    expect(await count(second.uri)).toBe(2)
    await second.close()
  })

  it('leaves no process behind when it is closed', async () => {
    const database = await startBuiltinDatabase({ dataDir: folder })
    const { pid } = database
    await database.close()
    expect(isAlive(pid)).toBe(false)
  })

  it('lets no second process use its folder, and says so', async () => {
    const first = await startBuiltinDatabase({ dataDir: folder })
    try {
      await expect(startBuiltinDatabase({ dataDir: folder })).rejects.toMatchObject({
        name: 'DatabaseStartError',
        reason: 'locked',
        message: expect.stringContaining('Another process is using the data folder'),
      })
      expect(await count(first.uri)).toBe(0)
    } finally {
      await first.close()
    }
  })

  it('opens its socket to the owner alone', async () => {
    const database = await startBuiltinDatabase({ dataDir: folder })
    const socket = socketOf(database.uri)
    expect(socket.endsWith('.sock')).toBe(true)
    expect(statSync(dirname(socket)).mode & 0o777).toBe(0o700)
    await database.close()
  })

  it('keeps its files to the owner, in a folder that others may look into, and closes those of an earlier version', async () => {
    chmodSync(folder, 0o755)
    const modes = () =>
      Object.fromEntries(
        readdirSync(folder)
          .filter((name) => name !== 'run')
          .map((name) => [name, (statSync(join(folder, name)).mode & 0o777).toString(8)]),
      )
    const names = ['database.lock', 'database.sqlite', 'database.sqlite-shm', 'database.sqlite-wal', 'database.sums']
    const expected = Object.fromEntries(names.map((name) => [name, '600']))
    const database = await startBuiltinDatabase({ dataDir: folder })
    await insert(database.uri, { a: 1 })
    expect(modes()).toEqual(expected)
    await database.close()
    for (const name of Object.keys(modes())) chmodSync(join(folder, name), 0o644)
    const next = await startBuiltinDatabase({ dataDir: folder })
    expect(modes()).toEqual(expected)
    await next.close()
  })

  it('finds a short socket path for a folder with a long one', async () => {
    const deep = join(folder, 'a-folder-with-a-rather-long-name-'.repeat(4))
    mkdirSync(deep)
    const database = await startBuiltinDatabase({ dataDir: deep })
    const socket = socketOf(database.uri)
    expect(Buffer.byteLength(socket)).toBeLessThan(100)
    expect(statSync(dirname(socket)).mode & 0o777).toBe(0o700)
    expect(await count(database.uri)).toBe(0)
    await database.close()
    rmSync(dirname(socket), { recursive: true })
  })

  it('starts anew when its process dies, and the driver goes on', async () => {
    const database = await startBuiltinDatabase({ dataDir: folder })
    await insert(database.uri, { a: 1 })
    const before = database.pid
    process.kill(before, 'SIGKILL')
    await insert(database.uri, { a: 2 })
    expect(await count(database.uri)).toBe(2)
    expect(database.pid).not.toBe(before)
    await database.close()
  })

  it('comes back at its socket or not at all', async () => {
    const told: string[] = []
    const database = await startBuiltinDatabase({ dataDir: folder, log: (message) => told.push(message) })
    const run = dirname(socketOf(database.uri))
    process.kill(database.pid, 'SIGKILL')
    rmSync(run, { recursive: true })
    // A folder stands where the socket should be.
    mkdirSync(join(socketOf(database.uri), 'full'), { recursive: true, mode: 0o700 })
    await expect.poll(() => told, { timeout: 10_000 }).toContainEqual(expect.stringContaining('did not start'))
    rmSync(run, { recursive: true })
    await insert(database.uri, { a: 1 })
    expect(await count(database.uri)).toBe(1)
    expect(existsSync(join(folder, 'database.address'))).toBe(false)
    await database.close()
  })

  it('lets signals pass: it stops on the word of its parent', async () => {
    const database = await startBuiltinDatabase({ dataDir: folder })
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.kill(database.pid, signal)
    await insert(database.uri, { a: 1 })
    expect(await count(database.uri)).toBe(1)
    await database.close()
  })

  it('ends with its parent, however that ends, and the folder is free', async () => {
    const parent = await startInProcess(folder)
    parent.process.kill('SIGKILL')
    await expect.poll(() => isAlive(parent.database), { timeout: 10_000 }).toBe(false)
    const next = await startBuiltinDatabase({ dataDir: folder })
    await next.close()
  })

  it('refuses data of a newer version', async () => {
    await (await startBuiltinDatabase({ dataDir: folder })).close()
    change(folder, 'PRAGMA user_version = 999')
    await expect(startBuiltinDatabase({ dataDir: folder })).rejects.toMatchObject({
      reason: 'newer',
      message: expect.stringContaining('start a newer version'),
    })
  })

  it('refuses a file that is not its own', async () => {
    change(folder, 'CREATE TABLE other (a)')
    await expect(startBuiltinDatabase({ dataDir: folder })).rejects.toMatchObject({ reason: 'foreign' })
  })

  it('refuses a damaged file and leaves it as it is', async () => {
    writeFileSync(join(folder, 'database.sqlite'), Buffer.alloc(8192, 7))
    await expect(startBuiltinDatabase({ dataDir: folder })).rejects.toMatchObject({ reason: 'corrupt' })
    expect(statSync(join(folder, 'database.sqlite')).size).toBe(8192)
  })

  it('refuses a folder that cannot be one', async () => {
    writeFileSync(join(folder, 'file'), '')
    await expect(startBuiltinDatabase({ dataDir: join(folder, 'file') })).rejects.toMatchObject({ reason: 'unusable' })
    expect(readdirSync(folder)).toEqual(['file'])
  })
})

function change(folder: string, sql: string): void {
  const file = new Database(join(folder, 'database.sqlite'))
  file.exec(sql)
  file.close()
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return existsSync(`/proc/${pid}`)
  } catch {
    return false
  }
}

/** A process of its own that runs the database, for tests that end it from outside. */
async function startInProcess(dataDir: string): Promise<{ process: ChildProcess; database: number }> {
  const script = fileURLToPath(new URL('./support/run-database.ts', import.meta.url))
  const child = spawn(process.execPath, ['--import', 'tsx', script, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
  return { process: child, database: Number(JSON.parse(line).pid) }
}
