import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { MongoClient } from 'mongodb'
import { startBuiltinDatabase } from '../../src/platform/db/builtin/index.js'
import { wakeWritersOfClosedSockets } from '../../src/platform/db/closed-sockets.js'

/** A built-in database under a parent process of its own, which can be killed as the program would be. */
export interface OwnDatabase {
  uri: string
  /** Kills the database's process; its parent starts it anew. */
  killChild(): Promise<void>
  /** Does something while the database's process stands still, and is in no call to the system. On Linux. */
  whileStill(work: () => void): Promise<void>
  /** Kills parent and database together. */
  killBoth(): Promise<void>
  /** Ends both in order. */
  stop(): Promise<void>
}

/** @throws NotStarted */
export async function startOwnDatabase(folder: string): Promise<OwnDatabase> {
  // As the product does.
  wakeWritersOfClosedSockets()
  const script = new URL(import.meta.url.endsWith('.ts') ? '../torture.ts' : '../torture.js', import.meta.url)
  const parent = spawn(process.execPath, [...process.execArgv, fileURLToPath(script), 'serve', folder], {
    // Its input ends when this process does.
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  })
  const uri = await addressOf(parent)
  const ended = once(parent, 'exit')
  return {
    uri,
    async killChild() {
      process.kill(await pidAt(uri), 'SIGKILL')
    },
    async whileStill(work) {
      const pid = await pidAt(uri)
      process.kill(pid, 'SIGSTOP')
      try {
        while (!/\) T /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))) await pause(5)
        work()
      } finally {
        process.kill(pid, 'SIGCONT')
      }
    },
    async killBoth() {
      process.kill(-Number(parent.pid), 'SIGKILL')
      await ended
    },
    async stop() {
      parent.kill('SIGTERM')
      await ended
    },
  }
}

async function pidAt(uri: string): Promise<number> {
  const client = await new MongoClient(uri).connect()
  const { pid } = await client.db('admin').command({ serverStatus: 1 })
  await client.close()
  return pid
}

async function addressOf(parent: ChildProcess): Promise<string> {
  if (!parent.stdout || !parent.stderr) throw new Error('no output to read')
  let said = ''
  parent.stderr.on('data', (chunk) => {
    said += chunk
  })
  const ended = once(parent, 'close').then(() => {
    throw new NotStarted(said.trim())
  })
  const [line] = (await Promise.race([once(createInterface(parent.stdout), 'line'), ended])) as [string]
  parent.stderr.removeAllListeners('data').pipe(process.stderr)
  return line
}

/** The message is what the operator read. */
export class NotStarted extends Error {}

/** What the parent process does: it prints the address and waits for its end. */
export async function serveUntilEnded(folder: string): Promise<void> {
  const database = await startBuiltinDatabase({ dataDir: folder })
  process.stdout.write(`${database.uri}\n`)
  const waiting = setInterval(() => {}, 60_000)
  await Promise.race([once(process, 'SIGTERM'), once(process.stdin.resume(), 'end')])
  process.stdin.destroy()
  clearInterval(waiting)
  await database.close()
}
