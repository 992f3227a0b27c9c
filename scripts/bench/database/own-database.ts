import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Collection, MongoClient } from 'mongodb'
import { type BuiltinDatabase, startBuiltinDatabase } from '../../../src/platform/db/builtin/index.js'
import { entry, INDEXES } from './documents.js'

/** Documents put in with one write. */
const BATCH = 1000

/** A built-in database in a throw-away folder, in its own process as always. */
export class OwnDatabase {
  readonly folder = mkdtempSync(join(tmpdir(), 'bench-db-'))
  private running: { store: BuiltinDatabase; client: MongoClient } | undefined

  /** @returns milliseconds until it answers, the start of the process and the check of the file included */
  async open(): Promise<number> {
    const began = performance.now()
    const store = await startBuiltinDatabase({ dataDir: this.folder })
    const client = await new MongoClient(store.uri, { maxPoolSize: 100 }).connect()
    await client.db().command({ ping: 1 })
    this.running = { store, client }
    return performance.now() - began
  }

  get client(): MongoClient {
    if (!this.running) throw new Error('the database is not open')
    return this.running.client
  }

  async close(): Promise<void> {
    await this.running?.client.close()
    await this.running?.store.close()
    this.running = undefined
  }

  async discard(): Promise<void> {
    await this.close()
    rmSync(this.folder, { recursive: true, force: true })
  }

  /** Memory of the database's process in MB; NaN where the system does not tell. */
  memory(): number {
    const status = `/proc/${this.running?.store.pid}/status`
    if (!existsSync(status)) return Number.NaN
    return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(status, 'utf8'))?.[1]) / 1024
  }

  /** Size of its write-ahead log in MB. */
  log(): number {
    const file = join(this.folder, 'database.sqlite-wal')
    return existsSync(file) ? statSync(file).size / 1024 / 1024 : 0
  }
}

/** An empty collection filled with `count` entries, with their indexes. */
export async function fill(client: MongoClient, count: number): Promise<Collection> {
  const entries = client.db().collection('entries')
  await entries.drop().catch(() => undefined)
  await entries.createIndexes(INDEXES)
  for (let at = 0; at < count; at += BATCH) {
    const numbers = Array.from({ length: Math.min(BATCH, count - at) }, (_, i) => at + i)
    await entries.insertMany(numbers.map((n) => ({ _id: n as never, ...entry(n) })))
  }
  return entries
}

/** So many writers at once, each writing one entry after another for some time. @returns writes a second */
export async function writesPerSecond(
  entries: Collection,
  writers: number,
  ms: number,
  from: () => number,
): Promise<number> {
  const began = performance.now()
  let written = 0
  const write = async (): Promise<void> => {
    while (performance.now() - began < ms) {
      const n = from()
      await entries.insertOne({ _id: n as never, ...entry(n) })
      written++
    }
  }
  await Promise.all(Array.from({ length: writers }, write))
  return (written * 1000) / (performance.now() - began)
}
