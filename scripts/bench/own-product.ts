import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadConfig } from '../../src/config.js'
import type { Core } from '../../src/core.js'
import { newId } from '../../src/kernel/ids.js'
import { inTransaction } from '../../src/platform/db/connection.js'
import { withCore } from '../support/core.js'

/** People with accounts, all with the same password. */
export interface OwnPeople {
  emails: readonly string[]
  password: string
}

const PASSWORD = 'mười hai bến nước đục trong'

/** People put in with one write. */
const BATCH = 200

/**
 * Starts a product of its own over the demonstration data and what `furnish` adds to it, and ends it afterwards. `use` is given its
 * address and what `furnish` has answered. Its folder is thrown away, unless it is one that is to be kept for another run.
 */
export async function withOwnProduct<F, T>(
  furnish: (core: Core) => Promise<F>,
  use: (url: string, furnished: F) => Promise<T>,
  kept: string | null = null,
): Promise<T> {
  const dataDir = kept ?? mkdtempSync(join(tmpdir(), 'bench-'))
  try {
    const env = { DATA_DIR: dataDir, DEMO: 'on', LOG_LEVEL: 'warn', TRUST_PROXY: 'on' }
    const furnished = await withCore(loadConfig(env), async (core) => {
      const park = core.park()
      await core.parks.markDemonstration(park.id, true)
      await core.demonstration.add(park)
      return furnish(core)
    })
    const port = await freePort()
    const main = fileURLToPath(
      new URL(`../../src/main.${import.meta.url.endsWith('.ts') ? 'ts' : 'js'}`, import.meta.url),
    )
    const child = spawn(process.execPath, [...process.execArgv, main], {
      env: { PATH: process.env.PATH, PORT: String(port), ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const ended = new Promise<void>((resolve) => void child.once('exit', () => resolve()))
    try {
      await new Promise<void>((resolve, reject) => {
        child.stdout.on('data', (chunk) => /: http/.test(String(chunk)) && resolve())
        child.once('exit', (code) => reject(new Error(`the product ended with ${code}`)))
      })
      return await use(`http://127.0.0.1:${port}`, furnished)
    } finally {
      child.kill('SIGTERM')
      await ended
    }
  } finally {
    if (kept === null) rmSync(dataDir, { recursive: true, force: true })
  }
}

/** Adds `count` people with accounts. */
export async function addPeople(core: Core, count: number): Promise<OwnPeople> {
  const park = core.park()
  const passwordHash = await core.passwords.hash(PASSWORD)
  const emails = Array.from({ length: count }, (_, n) => `nguoi-${n}@bench.example`)
  for (let at = 0; at < count; at += BATCH) {
    await inTransaction(core.db, async (session) => {
      for (const email of emails.slice(at, at + BATCH)) {
        const person = { personId: newId(), parkId: park.id }
        await core.people.addAccountHolder({ ...person, email, name: 'Út Mười', lang: 'vi' }, session)
        await core.accounts.add({ ...person, passwordHash }, session)
      }
    })
  }
  return { emails, password: PASSWORD }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
