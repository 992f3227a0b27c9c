import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { importArchive } from '../../scripts/db/move.js'
import { checked, fillFrom, writeFrom } from '../../scripts/moving/archived.js'
import { filling, reading } from '../../scripts/moving/places.js'
import type { BuiltinDatabase } from '../../src/platform/db/builtin/index.js'
import { connect } from '../../src/platform/db/connection.js'
import { startDatabaseHere } from '../support/database-here.js'
import { runScript } from '../support/script.js'
import { keepSignalListeners } from '../support/signal-listeners.js'

describe('npm run db -- export, import and move', { timeout: 300_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'moving-'))
  const at = (name: string) => join(folder, name)
  let [source, target]: BuiltinDatabase[] = []
  let from = ''
  let to = ''
  const putBackListeners = keepSignalListeners()
  const db = (...args: string[]) => runScript('db', args, { DATA_DIR: at('own') })

  beforeAll(async () => {
    source = await startDatabaseHere({ dataDir: at('source') })
    target = await startDatabaseHere({ dataDir: at('target') })
    from = source.uri
    to = target.uri
    const connection = await connect(from)
    await connection.collection('firms').insertMany(Array.from({ length: 1_200 }, (_, n) => ({ n, name: `Hãng ${n}` })))
    await connection.collection('firms').createIndex({ n: 1 }, { unique: true })
    // Its time is over: a server would delete it at once.
    await connection.collection('sessions').insertOne({ expires: new Date(0) })
    await connection.collection('sessions').createIndex({ expires: 1 }, { expireAfterSeconds: 0 })
    await connection.close()
  })
  afterEach(() => vi.unstubAllEnvs())
  afterAll(async () => {
    putBackListeners()
    await source?.close()
    await target?.close()
    rmSync(folder, { recursive: true })
  })

  // Of what else may lie there.
  const archivesLeft = () => readdirSync(tmpdir()).filter((name) => name.startsWith('cau-noi-so-move-'))
  const left = archivesLeft()

  test('move everything to another database and back, and say so in a table', async () => {
    const out = await db('export', at('one'), '--from', from, '--json')
    expect([out.code, out.stderr]).toEqual([0, ''])
    expect(out.json()).toMatchObject({ collections: 2, documents: 1_201 })
    const { signal } = new AbortController()
    const archive = await checked(at('one'))
    await filling({ uri: to }, (target) => fillFrom(archive, target, { label: '', signal }))
    const moved = await db('move', '--from', to, '--to', 'built-in', '--json')
    expect([moved.code, moved.stderr]).toEqual([0, ''])
    expect(moved.stdout).toMatch(/^firms +1200 +1 +([0-9a-f]{12}) +1200 +\1$/m)
    expect(moved.stdout).toMatch(/^sessions +1 +1 +([0-9a-f]{12}) +1 +\1$/m)
    expect(moved.json()).toMatchObject({ collections: 2, documents: 1_201 })
    expect(archivesLeft()).toEqual(left)
    await reading({ dataDir: at('own') }, (own) => writeFrom(at('two'), own, { label: '', signal }))
    expect(readFileSync(at('two')).equals(readFileSync(at('one')))).toBe(true)
  })

  test('refuse a database that is not empty, one that is in use, and what is no database', async () => {
    vi.stubEnv('DATA_DIR', at('source'))
    await expect(importArchive(at('one'), { to })).rejects.toThrow(
      'The database has collections already: firms and 1 more. An import wants one without any.',
    )
    await expect(importArchive(at('one'), { to: 'built-in' })).rejects.toThrow(
      `The product runs on ${at('source')}: stop it first.`,
    )
    const { code, stdout, stderr } = await db('export', at('three'), '--from', 'elsewhere')
    expect([code, stdout, stderr]).toEqual([2, '', expect.stringContaining('is neither built-in nor an address')])
  })
})
