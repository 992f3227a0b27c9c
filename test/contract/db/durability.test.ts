import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { MongoClient } from 'mongodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BuiltinDatabase, startBuiltinDatabase } from '../../../src/platform/db/builtin/index.js'
import { type Promises, startWriters } from './support/writers.js'

/** Kills of each kind; `DURABILITY_ROUNDS=10` kills ten times as often. */
const TIMES = Number(process.env.DURABILITY_ROUNDS ?? 1)
const ROUNDS = { child: 5 * TIMES, parent: 2 * TIMES, group: 3 * TIMES }

/**
 * Kills the database at random moments under writers of every kind. The moments are random on purpose: what may be lost is lost
 * in a window that no one knows beforehand.
 */
describe('a database that is killed', { timeout: 120_000 * TIMES }, () => {
  let folder: string
  const promises: Promises = { kept: new Set(), increments: { acknowledged: 0, unknown: 0 } }

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'db-'))
    const database = await startBuiltinDatabase({ dataDir: folder })
    const client = await new MongoClient(database.uri).connect()
    await client.db().collection('items').createIndex({ u: 1 }, { unique: true })
    await client.db().collection('items').createIndex({ pair: 1 }, { sparse: true })
    await client.close()
    await database.close()
  })
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true })
  })

  const randomMoment = () => pause(50 + Math.random() * 350)

  it('loses nothing when its own process goes, and counts repeated writes once', async () => {
    const database = await startBuiltinDatabase({ dataDir: folder })
    for (let round = 0; round < ROUNDS.child; round++) {
      const writers = startWriters(database.uri, promises)
      await randomMoment()
      process.kill(database.pid, 'SIGKILL')
      await randomMoment()
      await writers.stop()
      await verify(database, promises)
    }
    await database.close()
  })

  it.each(['parent', 'group'] as const)('loses nothing when its %s goes', async (victim) => {
    for (let round = 0; round < ROUNDS[victim]; round++) {
      const { uri, parent } = await runInProcess(folder)
      const writers = startWriters(uri, promises)
      await randomMoment()
      process.kill(victim === 'group' ? -Number(parent.pid) : Number(parent.pid), 'SIGKILL')
      await writers.gone()
    }
    const database = await startBuiltinDatabase({ dataDir: folder })
    await verify(database, promises)
    await database.close()
  })
})

async function verify(database: BuiltinDatabase, { kept, increments }: Promises): Promise<void> {
  const client = await new MongoClient(database.uri).connect()
  try {
    const items = client.db().collection('items')
    const stored = await items.find({}, { hint: { $natural: 1 } }).toArray()
    const present = new Set(stored.map(({ u }) => u))
    expect([...kept].filter((u) => !present.has(u))).toEqual([])
    const torn = await items
      .aggregate([
        { $match: { pair: { $gt: '' } } },
        { $group: { _id: '$pair', n: { $sum: 1 } } },
        { $match: { n: { $ne: 2 } } },
      ])
      .toArray()
    expect(torn).toEqual([])
    const byIndex = await items
      .find({ u: { $gt: '' } })
      .sort({ u: 1 })
      .toArray()
    expect(byIndex.length).toBe(stored.length)
    const counter = await client.db().collection<{ _id: string; n: number }>('counters').findOne({ _id: 'n' })
    expect(counter?.n ?? 0).toBeGreaterThanOrEqual(increments.acknowledged)
    expect(counter?.n ?? 0).toBeLessThanOrEqual(increments.acknowledged + increments.unknown)
  } finally {
    await client.close()
  }
}

/** The database in a process group of its own. */
async function runInProcess(dataDir: string): Promise<{ uri: string; parent: ChildProcess }> {
  const script = fileURLToPath(new URL('./support/run-database.ts', import.meta.url))
  const parent = spawn(process.execPath, ['--import', 'tsx', script, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  })
  const [line] = (await once(createInterface(parent.stdout), 'line')) as [string]
  return { uri: JSON.parse(line).uri, parent }
}
