import { type ChildProcess, fork } from 'node:child_process'
import { createConnection } from 'node:net'
import { fileURLToPath } from 'node:url'
import type { ChildMessage, ParentMessage } from './child.js'
import { prepareSocketPath } from './socket-path.js'
import { DatabaseStartError } from './storage/start-error.js'

export { hasDatabase, isClosedInOrder, lockDataFolder, replaceDatabase } from './data-folder.js'
export { DatabaseStartError } from './storage/start-error.js'

export interface BuiltinDatabaseOptions {
  /** Folder that holds the data; made if it is not there. */
  dataDir: string
  /** Where the database reports what an operator should see. */
  log?: (message: string) => void
  /** Whether clients may have commands fail (`failCommand`), as MongoDB's specification tests do. */
  testCommands?: boolean
}

export interface BuiltinDatabase {
  /** For mongoose and the driver; names the database of the product. */
  readonly uri: string
  /** Of the child at present: it changes when the child had to be started anew. */
  readonly pid: number
  /** Stops the child once what it has acknowledged is on the disk. */
  close(): Promise<void>
}

const DATABASE = 'cau-noi-so'
/** How long the child may take to stop before it is killed; everything acknowledged is on the disk already. */
const STOP_MS = 10_000
/** Pause before a child that died is started anew, in milliseconds. */
const RESTART_MS = 200

/**
 * Starts the built-in database in a child process of its own, and starts it anew should it die.
 * @throws DatabaseStartError when the data folder is in use, damaged, foreign, or from a newer version
 */
export async function startBuiltinDatabase({
  dataDir,
  log = () => {},
  testCommands = false,
}: BuiltinDatabaseOptions): Promise<BuiltinDatabase> {
  const socket = prepareSocketPath(dataDir)
  const start = () => startChild([dataDir, socket, ...(testCommands ? ['--test-commands'] : [])], log)
  let child = await start()
  let closing = false
  const watch = (): void => {
    child.once('exit', (code, signal) => {
      if (closing) return
      log(`the database ended unexpectedly (${signal ?? code}); starting it anew`)
      setTimeout(restart, RESTART_MS)
    })
  }
  const restart = async (): Promise<void> => {
    if (closing) return
    try {
      child = await start()
      watch()
    } catch (error) {
      log(`the database did not start: ${error instanceof Error ? error.message : String(error)}`)
      setTimeout(restart, RESTART_MS * 10)
    }
  }
  watch()
  return {
    uri: uriOf(socket),
    get pid() {
      return child.pid ?? 0
    },
    async close() {
      closing = true
      await stopChild(child)
    },
  }
}

/** The address of a database that listens on a socket. */
export const uriOf = (socket: string) => `mongodb://${encodeURIComponent(socket)}/${DATABASE}?directConnection=true`

/** The address of the database that a running product holds open in this folder, for a command beside it; null when none does. */
export async function runningBuiltinDatabase(dataDir: string): Promise<string | null> {
  const socket = prepareSocketPath(dataDir)
  const answers = await new Promise<boolean>((resolve) => {
    const trial = createConnection(socket)
    trial.once('connect', () => resolve(true))
    trial.once('error', () => resolve(false))
    trial.once('connect', () => trial.destroy())
  })
  return answers ? uriOf(socket) : null
}

function startChild(args: readonly string[], log: (message: string) => void): Promise<ChildProcess> {
  const own = fileURLToPath(import.meta.url)
  const fromSource = own.endsWith('.ts')
  const file = fileURLToPath(new URL(fromSource ? './child.ts' : './child.js', import.meta.url))
  const child = fork(file, args, {
    execArgv: fromSource ? ['--import', import.meta.resolve('tsx')] : [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  return new Promise((resolve, reject) => {
    const ended = (): void =>
      reject(new DatabaseStartError('unusable', 'The database process ended while it was starting.'))
    child.once('error', (cause) =>
      reject(new DatabaseStartError('unusable', 'The database process could not be started.', { cause })),
    )
    child.once('exit', ended)
    child.on('message', (message: ChildMessage) => {
      if (message.type === 'log') log(message.message)
      if (message.type === 'failed') reject(new DatabaseStartError(message.reason, message.message))
      if (message.type === 'listening') {
        child.off('exit', ended)
        resolve(child)
      }
    })
  })
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS)
  const message: ParentMessage = { type: 'stop' }
  if (child.connected) child.send(message)
  await ended
  clearTimeout(timer)
}
