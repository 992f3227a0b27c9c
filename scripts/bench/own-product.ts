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

export interface OwnProduct {
  url: string
  /** Addresses of people with accounts, all with the same password. */
  emails: readonly string[]
  password: string
}

const PASSWORD = 'mười hai bến nước đục trong'

/** People put in with one write. */
const BATCH = 200

/** Starts a product of its own, over demonstration data and `accounts` people in a throw-away folder, and ends it afterwards. */
export async function withOwnProduct<T>(accounts: number, use: (product: OwnProduct) => Promise<T>): Promise<T> {
  const dataDir = mkdtempSync(join(tmpdir(), 'bench-'))
  try {
    const env = { DATA_DIR: dataDir, DEMO: 'on', LOG_LEVEL: 'warn', TRUST_PROXY: 'on' }
    const emails = await withCore(loadConfig(env), (core) => addPeople(core, accounts))
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
      return await use({ url: `http://127.0.0.1:${port}`, emails, password: PASSWORD })
    } finally {
      child.kill('SIGTERM')
      await ended
    }
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function addPeople(core: Core, count: number): Promise<string[]> {
  const park = core.park()
  await core.parks.markDemonstration(park.id, true)
  await core.demonstration.add(park)
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
  return emails
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
