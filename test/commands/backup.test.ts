import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Connection } from 'mongoose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checked, writeFrom } from '../../scripts/moving/archived.js'
import { reading } from '../../scripts/moving/places.js'
import { table } from '../../scripts/moving/report.js'
import { restoreIntoFolder } from '../../scripts/moving/restore-folder.js'
import { restoreIntoServer } from '../../scripts/moving/restore-server.js'
import { notedHead } from '../../src/platform/audit/chain/noted-head.js'
import { verifyAudit } from '../../src/platform/audit/chain/verifying.js'
import { writeArchive } from '../../src/platform/db/archive/files.js'
import type { ArchiveEntry } from '../../src/platform/db/archive/format.js'
import { startBuiltinDatabase } from '../../src/platform/db/builtin/index.js'
import { connect } from '../../src/platform/db/connection.js'
import { startDatabaseHere } from '../support/database-here.js'
import { stateOf } from '../support/database-state.js'
import { folderState } from '../support/folder-state.js'
import { preparedFolder } from '../support/prepared-folder.js'
import { startTestProduct } from '../support/product.js'
import { runScript, startScript } from '../support/script.js'
import { keepSignalListeners } from '../support/signal-listeners.js'

/**
 * The steps build on one another: a backup beside a running product, and what can be done with it. The commands are started for what only
 * their processes show: exit codes, what they print, and being killed; the rest calls what they do.
 */
describe('npm run backup and npm run restore', { timeout: 300_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'backup-'))
  const putBackListeners = keepSignalListeners()
  afterAll(() => {
    putBackListeners()
    rmSync(folder, { recursive: true })
  })
  const at = (name: string) => join(folder, name)
  const archive = at('one.archive')
  const product = at('product')
  const backup = (dataDir: string, ...args: string[]) => runScript('backup', args, { DATA_DIR: dataDir })
  const restore = (dataDir: string, ...args: string[]) => runScript('restore', args, { DATA_DIR: dataDir })

  const options = (dataDir: string, replace = false) => ({
    dataDir,
    replace,
    aside: join(dataDir, 'before-restore-here'),
    signal: new AbortController().signal,
  })

  async function opened<T>(dataDir: string, use: (db: Connection) => Promise<T>): Promise<T> {
    const database = await startDatabaseHere({ dataDir })
    const db = await connect(database.uri)
    try {
      return await use(db)
    } finally {
      await db.close()
      await database.close()
    }
  }
  const state = (dataDir: string) => opened(dataDir, stateOf)

  beforeAll(async () => {
    cpSync(await preparedFolder(true), product, { recursive: true })
  })

  test('keeps the data of a product that runs and writes; nobody restores beside it', async () => {
    const running = await startTestProduct({ env: { DATA_DIR: product, DEMO: 'on' } })
    const { db, auditChain, park, audit } = running.core
    await audit.record({ parkId: park().id, by: 'somebody', type: 'person', recordId: 'somebody', action: 'sign-in' })
    await auditChain.seal()
    const accounts = db.collection<{ _id: number; sum: number }>('accounts-of-a-test')
    await accounts.insertMany([1, 2, 3, 4].map((_id) => ({ _id, sum: 100 })))
    let stopped = false
    let transfers = 0
    const writing = (async () => {
      for (; !stopped; transfers++) {
        await db.transaction(async (session) => {
          await accounts.updateOne({ _id: 1 }, { $inc: { sum: -1 } }, { session })
          await accounts.updateOne({ _id: 4 }, { $inc: { sum: 1 } }, { session })
        })
      }
    })()
    const made = await backup(product, '--to', archive, '--json')
    expect([made.code, made.stderr]).toEqual([0, ''])
    expect(made.json()).toMatchObject({ file: archive, size: statSync(archive).size })
    expect(statSync(archive).mode & 0o777).toBe(0o600)
    expect(transfers).toBeGreaterThan(0)
    await expect(restoreIntoFolder(await checked(archive), options(product, true))).rejects.toThrow(
      `The product runs on ${product}: stop it first.`,
    )
    stopped = true
    await writing
    await running.close()
  })

  test('brings everything back where nothing is: data equal, secrets, a log that verifies, a search that is made anew', async () => {
    const compared = await restoreIntoFolder(await checked(archive), options(at('new')))
    expect(table(compared)).toMatch(/^accounts-of-a-test +4 +0 +([0-9a-f]{12}) +4 +\1$/m)
    expect(readdirSync(at('new')).sort()).toEqual([
      ...['audit-head', 'database.lock', 'database.sqlite', 'database.sums', 'secrets'],
    ])
    for (const name of readdirSync(join(product, 'secrets')))
      expect(readFileSync(join(at('new'), 'secrets', name))).toEqual(readFileSync(join(product, 'secrets', name)))
    const verified = await opened(at('new'), (db) => {
      const head = notedHead(at('new'), db).read()
      return verifyAudit(db, head ? [head] : [])
    })
    expect([verified.findings, verified.head.seq > 0]).toEqual([[], true])
    const again = await startTestProduct({ env: { DATA_DIR: at('new'), DEMO: 'on' } })
    const accounts = await again.core.db.collection('accounts-of-a-test').find().toArray()
    expect(accounts.reduce((sum, account) => sum + account.sum, 0)).toBe(400)
    const { total } = await again.core.search.search('providers', {})
    const firms = await again.core.db.collection('providers').countDocuments()
    await again.close()
    expect(total).toBe(firms)
  })

  test('a restore over data, of a file that is not whole, or of newer data, is refused and changes nothing', async () => {
    const before = folderState(product)
    const whole = readFileSync(archive)
    writeFileSync(at('cut'), whole.subarray(0, whole.length - 20))
    const entries = async function* (): AsyncGenerator<ArchiveEntry> {
      yield { kind: 'header', header: { step: 999 } }
    }
    await writeArchive(at('newer'), entries())
    await expect(restoreIntoFolder(await checked(archive), options(product))).rejects.toThrow(
      /^There is data in .*\. With --replace it is put aside/,
    )
    await expect(checked(at('newer'))).rejects.toThrow(
      /is at step 999, this program knows \d+: use a newer version of it\.$/,
    )
    const cut = await restore(product, at('cut'), '--replace')
    expect([cut.code, cut.stdout, cut.stderr]).toEqual([2, '', `${at('cut')} is not whole: its end is missing.\n`])
    expect(folderState(product)).toEqual(before)
  })

  test('a restore that is killed has changed nothing; the next one takes the place and keeps what was there', async () => {
    const before = folderState(product)
    const { child, ended } = startScript('restore', [archive, '--replace'], { DATA_DIR: product })
    const staged = () => readdirSync(product).find((name) => name.startsWith('restoring-'))
    while (!staged() || !existsSync(join(product, staged() ?? '', 'database.sqlite'))) await wait(5)
    process.kill(-Number(child.pid), 'SIGKILL')
    await ended
    const left = Object.entries(folderState(product)).filter(([path]) => !path.startsWith('restoring-'))
    expect(Object.fromEntries(left)).toEqual(before)

    // The product, too, is ended by force: its last write stands in the log alone.
    const database = await startBuiltinDatabase({ dataDir: product })
    const db = await connect(database.uri)
    await db.collection('last').insertOne({ n: 1 })
    await db.close()
    process.kill(database.pid, 'SIGKILL')
    await database.close()
    const made = await restore(product, archive, '--replace', '--json')
    expect([made.code, made.stderr]).toEqual([0, ''])
    expect(made.stdout).toMatch(/^accounts-of-a-test +4 +0 +([0-9a-f]{12}) +4 +\1$/m)
    const kept = String(made.json().kept)
    expect(readdirSync(product).sort()).toEqual(
      [
        'audit-head',
        'database.lock',
        'database.sqlite',
        'database.sums',
        'run',
        'secrets',
        kept.slice(product.length + 1),
      ].sort(),
    )
    expect(await state(product)).toEqual(await state(at('new')))
    expect(await state(kept)).toHaveProperty('last')
  })

  test('goes to a server and comes from one by MONGODB_URI, where a restore takes the place of all collections', async () => {
    const server = await startDatabaseHere({ dataDir: at('server'), testCommands: true })
    const beside = at('beside-server')
    const whole = await checked(archive)
    const restoreThere = (replace: boolean) => restoreIntoServer(server.uri, whole, options(beside, replace))
    const db = await connect(server.uri)
    await db.collection('providers').insertOne({ old: true })
    await db.collection('of-old').insertOne({ old: true })
    await expect(restoreThere(false)).rejects.toThrow('There is data already.')
    expect(await db.collection('providers').countDocuments()).toBe(1)
    const fail = (mode: unknown) => {
      const data = { failCommands: ['renameCollection'], errorCode: 96 }
      return db.getClient().db('admin').command({ configureFailPoint: 'failCommand', mode, data })
    }
    await fail({ skip: 0 })
    const failed = await runScript('restore', [archive, '--replace'], { DATA_DIR: beside, MONGODB_URI: server.uri })
    expect([failed.code, failed.stderr]).toEqual([2, expect.stringMatching(/^The database: [^\n]*\n$/)])
    expect(existsSync(join(beside, 'secrets'))).toBe(false)
    await fail({ skip: 1 })
    await expect(restoreThere(true)).rejects.toMatchObject({
      name: 'RefusedByDatabase',
      message: expect.stringMatching(/^The data is half replaced: run the same command again with --replace\./),
    })
    expect(existsSync(join(beside, 'secrets'))).toBe(true)
    await fail('off')
    await restoreThere(true)
    expect(await stateOf(db)).toEqual(await state(at('new')))
    const { signal } = options(beside)
    const made = await reading({ uri: server.uri }, (from) => writeFrom(at('from-server'), from, { label: '', signal }))
    expect(made.collections).toEqual(whole.collections)
    await db.close()
    await server.close()
  })

  test('a backup that cannot be made leaves no file, and says why in a sentence', async () => {
    const { code, stdout, stderr } = await backup(at('nothing-here'), '--to', at('none'))
    expect([code, stdout, stderr]).toEqual([2, '', `There is no database in ${at('nothing-here')}.\n`])
    expect(readdirSync(folder).filter((name) => /part|none/.test(name))).toEqual([])
  })
})
