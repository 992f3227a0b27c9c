import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { newGuest } from '../support/guest.js'
import { startTestProduct } from '../support/product.js'
import { runScript } from '../support/script.js'

const dataDir = mkdtempSync(join(tmpdir(), 'admin-'))
afterAll(() => rmSync(dataDir, { recursive: true }))
const admin = (...args: string[]) => runScript('admin', args, { DATA_DIR: dataDir, DEMO: 'off' })

describe('npm run admin', { timeout: 300_000 }, () => {
  test('prints a link at which the first administrator sets a password, and then his second factor', async () => {
    expect((await admin('list')).stdout).toContain('Nobody yet')
    const { code, stdout } = await admin('create', 'Quan-Ly@cau.example')
    expect(code).toBe(0)
    const path = /http:\/\/127\.0\.0\.1:3000(\/sign-up\/[0-9a-z]{32})/.exec(stdout)?.[1] ?? ''
    const product = await startTestProduct({ env: { DATA_DIR: dataDir } })
    const guest = newGuest(product.url)
    const fields = { name: 'Võ Minh Khôi', password: 'bông điên điển trổ', consent: 'on' }
    const page = await guest.get(path)
    expect(page.text).toContain('quan-ly@cau.example')
    const answer = await guest.submit(page, fields)
    expect([answer.status, answer.location]).toEqual([303, expect.stringContaining('/account/second-factor')])
    expect((await guest.get('/admin')).location).toContain('/account/second-factor')
    expect((await guest.get(path)).status).toBe(404)

    // The running product holds the data folder.
    const second = await admin('create', 'somebody@cau.example')
    expect([second.code, second.stderr]).toEqual([2, expect.stringContaining('stop it first')])
    expect((await admin('code', 'curator@demo.example')).stdout).toMatch(/^\d{6}\n$/)
    await product.close()

    expect((await admin('list')).stdout).toBe('quan-ly@cau.example  administrator, no second factor yet\n')
    expect((await admin('create', 'quan-ly@cau.example')).stdout).toContain('already')
    expect((await admin('code', 'quan-ly@cau.example')).code).toBe(2)
  })

  test('refuses what is no address, and tells no code in production', async () => {
    expect((await admin('create', 'quan-ly')).code).toBe(2)
    const production = { NODE_ENV: 'production', SESSION_SECRET: 'x'.repeat(32), PUBLIC_URL: 'https://cau.example' }
    const told = await runScript('admin', ['code', 'curator@demo.example'], { DATA_DIR: dataDir, ...production })
    expect([told.code, told.stdout]).toEqual([2, ''])
  })
})
