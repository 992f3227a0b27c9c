import { type ChildProcess, fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { createConnection } from 'node:net'
import { fileURLToPath } from 'node:url'
import { messageOf } from '../../../kernel/errors.js'
import { loopbackUri, notedAddress, PASSWORD_VARIABLE, uriOf } from './address.js'
import type { ChildMessage, ParentMessage } from './child.js'
import { hasLock, lockDataFolder } from './data-folder.js'
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
  /** How it is reached: by a socket where there can be one, or at a port all the same. */
  reach?: 'socket' | 'port'
}

export interface BuiltinDatabase {
  /** For mongoose and the driver; names the database of the product. */
  readonly uri: string
  /** Of the child at present: it changes when the child had to be started anew. */
  readonly pid: number
  /** Stops the child once what it has acknowledged is on the disk. */
  close(): Promise<void>
}

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
  reach = process.platform === 'win32' ? 'port' : 'socket',
}: BuiltinDatabaseOptions): Promise<BuiltinDatabase> {
  const password = randomBytes(24).toString('base64url')
  const socket = reach === 'socket' ? socketIn(dataDir, log) : null
  let started = await startChild({ dataDir, socket, port: 0, password, testCommands, log })
  const { port } = started
  let closing = false
  let restarting: Promise<void> | undefined
  const watch = (): void => {
    started.child.once('exit', (code, signal) => {
      if (closing) return
      log(`the database ended unexpectedly (${signal ?? code}); starting it anew`)
      restartIn(RESTART_MS)
    })
  }
  const restartIn = (milliseconds: number): void => {
    setTimeout(() => {
      if (!closing) restarting = restart()
    }, milliseconds)
  }
  const restart = async (): Promise<void> => {
    try {
      // Where it was reached before and nowhere else, since that is what everybody knows.
      const at = port === null ? { socket: prepareSocketPath(dataDir), port } : { socket: null, port }
      started = await startChild({ dataDir, ...at, password, testCommands, log })
      watch()
    } catch (error) {
      log(`the database did not start: ${messageOf(error)}`)
      restartIn(RESTART_MS * 10)
    }
  }
  watch()
  return {
    uri: port === null ? uriOf(String(socket)) : loopbackUri(port, password),
    get pid() {
      return started.child.pid ?? 0
    },
    async close() {
      closing = true
      await restarting
      await stopChild(started.child)
    },
  }
}

/** The address of the database that a running product holds open in this folder, for a command beside it; null when none does. */
export async function runningBuiltinDatabase(dataDir: string): Promise<string | null> {
  if (!isInUse(dataDir)) return null
  const socket = socketIn(dataDir, () => {})
  const uri = notedAddress(dataDir) ?? (socket && uriOf(socket))
  if (uri === null) return null
  const { host, hostname, port } = new URL(uri)
  const answers = await new Promise<boolean>((resolve) => {
    const trial = createConnection(port ? { host: hostname, port: Number(port) } : { path: decodeURIComponent(host) })
    trial.once('connect', () => resolve(true))
    trial.once('error', () => resolve(false))
    trial.once('connect', () => trial.destroy())
  })
  return answers ? uri : null
}

/** A product that was killed leaves its address behind, at which someone else may answer by now: the lock ends with its holder. */
function isInUse(dataDir: string): boolean {
  if (!hasLock(dataDir)) return false
  try {
    lockDataFolder(dataDir, 0)()
    return false
  } catch (error) {
    if (!(error instanceof DatabaseStartError)) throw error
    return error.reason === 'locked'
  }
}

/** Null where there can be no socket that is its owner's alone. */
function socketIn(dataDir: string, log: (message: string) => void): string | null {
  try {
    return prepareSocketPath(dataDir)
  } catch (error) {
    if (!(error instanceof DatabaseStartError)) throw error
    log(`${error.message} A port takes its place.`)
    return null
  }
}

interface ChildOptions {
  dataDir: string
  socket: string | null
  /** 0 for any; null where it is the socket or nothing. */
  port: number | null
  password: string
  testCommands: boolean
  log: (message: string) => void
}

interface StartedChild {
  child: ChildProcess
  /** Null where it listens on the socket. */
  port: number | null
}

function startChild({ dataDir, socket, port, password, testCommands, log }: ChildOptions): Promise<StartedChild> {
  const own = fileURLToPath(import.meta.url)
  const fromSource = own.endsWith('.ts')
  const file = fileURLToPath(new URL(fromSource ? './child.ts' : './child.js', import.meta.url))
  const child = fork(file, [dataDir, socket ?? '', String(port ?? ''), ...(testCommands ? ['--test-commands'] : [])], {
    env: { ...process.env, [PASSWORD_VARIABLE]: password },
    execArgv: fromSource ? ['--import', import.meta.resolve('tsx')] : [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  return new Promise((resolve, reject) => {
    const ended = (code: number | null, signal: NodeJS.Signals | null): void =>
      reject(
        new DatabaseStartError('unusable', `The database process ended while it was starting (${signal ?? code}).`),
      )
    child.once('error', (cause) =>
      reject(new DatabaseStartError('unusable', 'The database process could not be started.', { cause })),
    )
    child.once('exit', ended)
    child.on('message', (message: ChildMessage) => {
      if (message.type === 'log') log(message.message)
      if (message.type === 'failed') reject(new DatabaseStartError(message.reason, message.message))
      if (message.type === 'listening') {
        child.off('exit', ended)
        resolve({ child, port: message.port })
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
