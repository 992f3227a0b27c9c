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
    const { host, password } = new URL(process.env.OTHER_URI)
    items.insertOne({}).then(() => items.countDocuments()).then(async (count) => {
      await client.close()
      if (password) {
        const stranger = new MongoClient('mongodb://' + host + '/?directConnection=true')
        await stranger.db().collection('items').countDocuments().catch(({ codeName }) => console.log(codeName))
        await stranger.close()
      }
      console.log(process.env.MONGODB_URI === process.env.OTHER_URI)
      process.exitCode = 10 + count
    })`
  const run = (...options: string[]) =>
    runScript('db', ['run', '--as', 'OTHER_URI', ...options, '--', process.execPath, '-e', writes], {})
  try {
    expect(await run('--folder', folder)).toMatchObject({ code: 11, stdout: 'true\n' })
    // What a folder holds is there the next time; without one nothing is.
    expect(await run('--folder', folder, '--port')).toMatchObject({
      code: 12,
      stdout: 'Unauthorized\ntrue\n',
      stderr: expect.stringMatching(/^The database is at mongodb:\/\/builtin:[\w-]{32}@127\.0\.0\.1:\d+\/\S+\n$/),
    })
    expect(await run('--replica-set')).toMatchObject({ code: 11 })
  } finally {
    rmSync(folder, { recursive: true })
  }
}, 300_000)
