import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runScript } from '../support/script.js'

test('npm run db -- run gives a command a database of its own, and ends with the exit code of the command', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'db-run-'))
  const writes = `
    const { MongoClient } = require('mongodb')
    const client = new MongoClient(process.env.OTHER_URI)
    const items = client.db().collection('items')
    items.insertOne({}).then(() => items.countDocuments()).then(async (count) => {
      await client.close()
      console.log(process.env.MONGODB_URI === process.env.OTHER_URI)
      process.exitCode = 10 + count
    })`
  const run = (...options: string[]) =>
    runScript('db', ['run', '--as', 'OTHER_URI', ...options, '--', process.execPath, '-e', writes], {})
  try {
    expect(await run('--folder', folder)).toMatchObject({ code: 11, stdout: 'true\n' })
    // What a folder holds is there the next time; without one nothing is.
    expect(await run('--folder', folder, '--port')).toMatchObject({ code: 12 })
    expect(await run('--replica-set')).toMatchObject({ code: 11 })
  } finally {
    rmSync(folder, { recursive: true })
  }
}, 300_000)
