import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { Meilisearch } from 'meilisearch'
import { expect, vi } from 'vitest'
import { freePort } from './free-port.js'

/** A Meilisearch server for tests, named by MEILI_URL and MEILI_KEY; null when there is none. */
export const meilisearchServer = serverFrom(process.env)

function serverFrom({ MEILI_URL: url, MEILI_KEY: key }: NodeJS.ProcessEnv) {
  return url ? { url, key: key || undefined } : null
}

/** Says that a file's tests were not run, so that nobody takes them for passed. */
export function warnSkipped(what: string, variable: string): void {
  console.warn(`SKIPPED: ${what} needs ${variable}; nothing was tested`)
}

/** A name of its own for the indexes of one test. */
export const freshPrefix = (): string => `test_${randomUUID().slice(0, 8)}_`

/** Removes what a test left on the server. */
export async function dropIndexes(
  { url, key }: { url: string; key: string | undefined },
  prefix: string,
): Promise<void> {
  const client = new Meilisearch({ host: url, ...(key !== undefined && { apiKey: key }) })
  const { results } = await client.getRawIndexes({ limit: 1000 })
  const mine = results.filter(({ uid }) => uid.startsWith(prefix))
  await Promise.all(mine.map(({ uid }) => client.deleteIndex(uid).waitTask({ interval: 10, timeout: 60_000 })))
  const keys = (await client.getKeys({ limit: 1000 })).results
  await Promise.all(keys.filter(({ name }) => name?.includes(prefix)).map(({ uid }) => client.deleteKey(uid)))
}

/** A server of a test's own, from the program that MEILISEARCH_BIN names. */
export interface OwnServer {
  url: string
  key: string
  /** Starts it on the same port and folder again, or on an empty folder. Resolves when it answers. */
  start(options?: { empty?: boolean }): Promise<void>
  /** Ends it without warning. */
  kill(): Promise<void>
  /** Lets it take connections and answer nothing, until it goes on. */
  pause(): void
  goOn(): void
}

/** Nothing is started yet. `folder` is the caller's to remove. */
export async function ownServer(program: string, folder: string): Promise<OwnServer> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const key = randomUUID()
  let started = 0
  let child: ChildProcess | null = null
  let data = join(folder, 'data-0')
  return {
    url,
    key,
    start: async ({ empty = false } = {}) => {
      if (empty) data = join(folder, `data-${++started}`)
      const paths = ['--db-path', data, '--dump-dir', join(data, 'dumps'), '--snapshot-dir', join(data, 'snapshots')]
      child = spawn(program, ['--http-addr', `127.0.0.1:${port}`, '--no-analytics', '--master-key', key, ...paths], {
        stdio: 'ignore',
        cwd: folder,
      })
      await vi.waitFor(async () => expect((await fetch(`${url}/health`)).status).toBe(200), { timeout: 30_000 })
    },
    pause: () => child?.kill('SIGSTOP'),
    goOn: () => child?.kill('SIGCONT'),
    kill: async () => {
      const dying = child
      child = null
      if (!dying) return
      const gone = once(dying, 'exit')
      dying.kill('SIGKILL')
      await gone
    },
  }
}
