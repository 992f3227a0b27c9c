import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { runScript } from '../support/script.js'

const dataDir = mkdtempSync(join(tmpdir(), 'seed-'))
afterAll(() => rmSync(dataDir, { recursive: true }))

describe('npm run seed and npm run reindex', { timeout: 300_000 }, () => {
  const documents = async () => {
    const { code, stdout, json } = await runScript('reindex', ['--json'], { DATA_DIR: dataDir })
    expect([code, stdout]).toEqual([0, expect.stringContaining('providers: ')])
    const { indexes } = json() as { indexes: { index: string; documents: number; ms: number }[] }
    return Object.fromEntries(indexes.map((built) => [built.index, built.documents]))
  }

  it('add the demonstration data once, index it, and take it out again', async () => {
    const added = (await runScript('seed', ['--json'], { DATA_DIR: dataDir })).json().added
    expect(added).toBeGreaterThanOrEqual(160)
    expect((await runScript('seed', ['--json'], { DATA_DIR: dataDir })).json()).toEqual({ added: 0 })
    const full = await documents()
    expect(full.providers).toBeGreaterThanOrEqual(60)
    expect(full.needs).toBeGreaterThan(0)
    const removed = await runScript('seed', ['--remove', '--json'], { DATA_DIR: dataDir })
    expect([removed.code, removed.json()]).toEqual([0, { removed: added }])
    expect(await documents()).toEqual({ providers: 0, businesses: 0, needs: 0 })
  })
})
