import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { startTestProduct } from '../support/product.js'
import { runScript } from '../support/script.js'

const dataDir = mkdtempSync(join(tmpdir(), 'audit-'))
afterAll(() => rmSync(dataDir, { recursive: true }))
const audit = (...args: string[]) => runScript('audit', args, { DATA_DIR: dataDir, DEMO: 'off' })

test('npm run audit -- verify says that all is as it was sealed, and by its exit code when something is not', async () => {
  const product = await startTestProduct({ env: { DATA_DIR: dataDir } })
  const event = { parkId: product.core.park().id, by: 'somebody', type: 'person', recordId: 'somebody' } as const
  for (const action of ['sign-in', 'sign-out', 'sign-in'] as const)
    await product.core.audit.record({ ...event, action })
  await product.core.auditChain.seal()
  expect(product.logged().join()).toContain('audit sealed')

  await product.close()
  const sound = await audit('verify', '--json')
  expect([sound.code, sound.json()]).toMatchObject([0, { ok: true, sealed: 3, waiting: 0, findings: [] }])

  const again = await startTestProduct({ env: { DATA_DIR: dataDir } })
  await again.core.db.collection('audit').updateOne({ seq: 2 }, { $set: { by: 'nobody' } })
  await again.close()
  const told = await audit('verify', '--head', String(sound.json().head))
  expect([told.code, told.stdout]).toEqual([1, expect.stringContaining('2: the entry was changed')])
}, 300_000)
