import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import { freePort } from '../support/free-port.js'
import { preparedFolder } from '../support/prepared-folder.js'
import { isAlive, type RunningProduct, startByNpm } from '../support/running-product.js'
import { runScript } from '../support/script.js'

let product: RunningProduct | undefined
afterEach(async () => {
  await product?.cleanUp()
  product = undefined
})

const allGone = async (pids: number[], withinMs: number) => {
  const until = Date.now() + withinMs
  while (pids.some(isAlive) && Date.now() < until) await wait(50)
  return pids.filter(isAlive)
}

// Processes are watched through /proc.
describe.skipIf(!existsSync('/proc/self/stat'))('npm start', () => {
  test('fills an empty folder, answers, and a SIGTERM to npm ends it with 0 and leaves no process behind', async () => {
    product = await startByNpm()
    expect((await fetch(`${product.url}/readyz`)).status).toBe(200)
    const list = (await (await fetch(`${product.url}/api/v1/providers?limit=1`)).json()) as { total: number }
    expect(list.total).toBeGreaterThanOrEqual(60)
    const output = product.output()
    for (const role of ['owner of a business', 'owner of a technology firm', 'curator', 'administrator']) {
      expect(output).toMatch(new RegExp(`@demo\\.example +${role}`))
    }
    expect(output).toMatch(/administrator, code now \d{6}, for an app [A-Z2-7]{32}/)
    const pids = product.processes()
    expect(pids.length).toBeGreaterThanOrEqual(3)
    product.npm.kill('SIGTERM')
    expect(await product.ended).toBe(0)
    expect(await allGone(pids, 2_000)).toEqual([])
  }, 300_000)

  test('a second start on the same folder says who has it, in one line; Ctrl-C, which reaches the whole group, ends the first with 0', async () => {
    product = await startByNpm({ DEMO: 'off' })
    const env = { ...process.env, DATA_DIR: product.dataDir, PORT: String(await freePort()) }
    const { status, stderr } = spawnSync('npm', ['start', '--silent'], { encoding: 'utf8', env })
    expect(status).toBe(1)
    expect(stderr.trim().split('\n')).toHaveLength(1)
    expect(stderr).toContain(product.dataDir)
    const pids = product.processes()
    process.kill(-(product.npm.pid ?? 0), 'SIGINT')
    expect(await product.ended).toBe(0)
    expect(await allGone(pids, 10_000)).toEqual([])
    expect(product.output()).not.toMatch(/error/i)
  }, 300_000)

  test('when the product alone is killed, its database ends by itself and the folder can be used again', async () => {
    product = await startByNpm({ DEMO: 'off' })
    const pids = product.processes()
    const [, main = 0] = pids.filter((pid) => commandOf(pid).includes('dist/src/main.js') || pid === product?.npm.pid)
    process.kill(main, 'SIGKILL')
    await product.ended
    expect(await allGone(pids, 10_000)).toEqual([])
    const again = await startByNpm({ DEMO: 'off' }, product.dataDir)
    expect((await fetch(`${again.url}/healthz`)).status).toBe(200)
    await again.cleanUp()
  }, 300_000)

  test('in production the start is refused over demonstration sign-ins, and goes on once they are taken out', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'run-'))
    cpSync(await preparedFolder(true), dataDir, { recursive: true })
    const production = { NODE_ENV: 'production', SESSION_SECRET: 'x'.repeat(32), PUBLIC_URL: 'http://127.0.0.1' }
    const env = { ...process.env, ...production, DATA_DIR: dataDir, PORT: String(await freePort()), LOG_LEVEL: 'error' }
    const { status, stderr } = spawnSync('npm', ['start', '--silent'], { encoding: 'utf8', env })
    expect([status, stderr.trim()]).toEqual([1, expect.stringContaining('npm run seed -- --remove')])
    expect((await runScript('seed', [], env)).code).toBe(2)
    expect((await runScript('seed', ['--remove'], env)).code).toBe(0)
    const again = await startByNpm({ ...production, DEMO: 'on' }, dataDir)
    expect(again.output()).not.toContain('demo.example')
    await again.cleanUp()
  }, 300_000)

  test('a wrong setting stops the start with one line that names it', () => {
    const { status, stderr } = spawnSync('npm', ['start', '--silent'], {
      encoding: 'utf8',
      env: { ...process.env, PORT: 'eighty' },
    })
    expect(status).toBe(1)
    expect(stderr.trim()).toBe('PORT wants a port number from 0 to 65535')
  }, 300_000)
})

function commandOf(pid: number): string {
  return spawnSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' }).stdout
}
