import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, describe, expect, it } from 'vitest'
import { loadConfig } from '../../src/config.js'
import { type Core, openCore } from '../../src/core.js'
import { startDatabaseHere } from '../support/database-here.js'
import { runScript, startScript } from '../support/script.js'

const folder = mkdtempSync(join(tmpdir(), 'import-'))
afterAll(() => rmSync(folder, { recursive: true }))

const file = (name: string, content: string) => {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

/** What a data folder holds, read by the product itself. */
async function within<T>(dataDir: string, read: (core: Core) => Promise<T>): Promise<T> {
  const core = await openCore(loadConfig({ DATA_DIR: dataDir }), pino({ level: 'silent' }), {
    startDatabase: startDatabaseHere,
  })
  try {
    await core.prepare()
    return await read(core)
  } finally {
    await core.close()
  }
}

describe('npm run import', { timeout: 300_000 }, () => {
  it('explains itself', async () => {
    const { code, stdout } = await runScript('import', ['--help'])
    expect(code).toBe(0)
    expect(stdout).toContain('--dry-run')
    expect(stdout).toContain('externalId')
  })

  it.each([
    ['a kind there is not', ['firms', 'x.csv'], /providers, businesses, needs/],
    ['a file there is not', ['providers', join(folder, 'none.csv')], /no such file/],
    ['a mapping to no field', ['providers', 'x.csv', '--map', 'a=colour'], /--map a=colour/],
  ])('ends with 2 and a sentence for %s', async (_, args, message) => {
    const { code, stdout, stderr } = await runScript('import', args, { DATA_DIR: join(folder, 'unused') })
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(message)
    expect(stderr).not.toMatch(/\n\s+at /)
  })

  it('takes the good rows, names the bad ones, ends with 1, and with 0 once all are good', async () => {
    const data = { DATA_DIR: join(folder, 'data') }
    const good = 'code;subject;text\n1;Sao Mai;Phần mềm kế toán\n'
    const maps = ['--map', 'code=externalId', '--map', 'subject=name', '--map', 'text=description', '--json']
    const first = await runScript('import', ['providers', file('a.csv', `${good}2;;no name\n`), ...maps], data)
    expect(first.code).toBe(1)
    expect(first.stderr).toContain('line 3, name: This has not been filled in.')
    expect(first.json()).toMatchObject({
      rows: 2,
      added: 1,
      failed: 1,
      complete: true,
      problems: [{ line: 3, field: 'name' }],
    })

    const second = await runScript('import', ['providers', file('b.csv', good), ...maps], data)
    expect(second.code).toBe(0)
    expect(second.json()).toMatchObject({ added: 0, changed: 0, unchanged: 1, failed: 0 })

    const dry = await runScript(
      'import',
      ['providers', file('c.csv', good.replace('Sao', 'Hoa')), ...maps, '--dry-run'],
      data,
    )
    expect(dry.json()).toMatchObject({ dryRun: true, changed: 1 })
    const firms = await within(data.DATA_DIR, async ({ records }) => {
      const names = []
      for await (const record of records.each<{ name: object }>('provider')) names.push(record.published?.name)
      return names
    })
    expect(firms).toEqual([{ vi: 'Sao Mai' }])
  })

  it('killed at any moment loses nothing that it had written, doubles nothing, and can be repeated', async () => {
    const dataDir = join(folder, 'killed')
    const rows = 1_500
    const lines = Array.from({ length: rows }, (_, i) => `${i},Firm ${i},does ${i}`)
    const path = file('many.csv', `externalId,name,description\n${lines.join('\n')}\n`)
    const stored = () =>
      within(dataDir, async ({ records }) => {
        const ids: string[] = []
        for await (const record of records.each('provider')) ids.push(record.externalId ?? '')
        return ids
      })
    for (const [batches, whom] of [
      [2, 'parent'],
      [4, 'all'],
    ] as const) {
      const { child, ended } = startScript('import', ['providers', path], { DATA_DIR: dataDir, LOG_LEVEL: 'debug' })
      let told = 0
      await new Promise<void>((resolve) => {
        child.stderr.on('data', (chunk: Buffer) => {
          for (const [, count] of String(chunk).matchAll(/"rows":(\d+)/g)) told = Number(count)
          if (told >= batches * 250) resolve()
        })
      })
      // The next batch is on its way to the database now.
      process.kill((child.pid ?? 0) * (whom === 'all' ? -1 : 1), 'SIGKILL')
      expect((await ended).code).toBeNull()
      const ids = await stored()
      expect(new Set(ids).size).toBe(ids.length)
      expect(ids.length).toBeLessThan(rows)
      expect(Array.from({ length: told }, (_, i) => String(i)).filter((id) => !ids.includes(id))).toEqual([])
    }
    const last = await runScript('import', ['providers', path, '--json'], { DATA_DIR: dataDir })
    expect([last.code, last.json().changed, last.json().failed]).toEqual([0, 0, 0])
    expect((await stored()).map(Number).sort((a, b) => a - b)).toEqual(Array.from({ length: rows }, (_, i) => i))
  })

  it('stopped by Ctrl-C finishes the batch it is at, says so, and ends with 130', async () => {
    const lines = Array.from({ length: 4_000 }, (_, i) => `Firm ${i},does ${i}`)
    const path = file('stopped.csv', `name,description\n${lines.join('\n')}\n`)
    const { child, ended } = startScript('import', ['providers', path, '--json'], {
      DATA_DIR: join(folder, 'stopped'),
      LOG_LEVEL: 'debug',
    })
    child.stderr.once('data', () => child.kill('SIGINT'))
    const { code, stderr, json } = await ended
    expect(code).toBe(130)
    expect(stderr).toContain('Stopped before the end')
    expect(json()).toMatchObject({ complete: false, failed: 0 })
  })

  it('says in a sentence that a running product holds the folder', async () => {
    const dataDir = join(folder, 'held')
    const { code, stderr } = await within(dataDir, () =>
      runScript('import', ['providers', file('d.csv', 'name,description\nA,a\n')], { DATA_DIR: dataDir }),
    )
    expect(code).toBe(2)
    expect(stderr.trim()).toMatch(
      /^Another process of the product uses this data folder: stop it first, or set MONGODB_URI\.$/,
    )
  })
})
