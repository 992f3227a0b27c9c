import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { startBuiltinDatabase } from '../../src/platform/db/builtin/index.js'
import { REPLICA_SET } from '../../src/platform/db/builtin/replica-set.js'
import { callersPath, UsageError } from '../support/command.js'
import { throwAwayFolder } from '../support/throw-away-folder.js'

interface Options {
  folder?: string
  as?: string
  port?: boolean
  replicaSet?: boolean
}

/**
 * Runs a command on a built-in database that is started for it, and ends with its exit code.
 * @throws DatabaseStartError when the folder cannot be used; UsageError when the command cannot be run
 */
export async function runCommandOn(
  words: readonly string[],
  { folder, as = '', port, replicaSet }: Options,
): Promise<void> {
  const dataDir = folder === undefined ? await throwAwayFolder('database') : callersPath(folder)
  const log = (message: string): void => void process.stderr.write(`${message}\n`)
  const database = await startBuiltinDatabase({ dataDir, log, ...(port && { reach: 'port' as const }) })
  const variables = ['MONGODB_URI', ...as.split(',').filter(Boolean)]
  try {
    const uri = replicaSet ? asReplicaSet(database.uri) : database.uri
    if (port) log(`The database is at ${uri}`)
    const named = Object.fromEntries(variables.map((variable) => [variable, uri]))
    process.exitCode = await exitOf(words, { ...process.env, ...named })
  } finally {
    await database.close()
  }
}

/** @throws UsageError where a driver would not find the set: it reads the addresses of members in small letters */
function asReplicaSet(address: string): string {
  const { host } = new URL(address)
  if (/[A-Z]/.test(decodeURIComponent(host))) {
    throw new UsageError('As a replica set the database must be in a --folder whose path has no capitals.')
  }
  return address.replace('directConnection=true', `replicaSet=${REPLICA_SET}`)
}

/** The exit code as shells count it: 128 and the signal's number for what a signal has ended. */
function exitOf([file = '', ...args]: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const child = spawn(file, args, { cwd: callersPath('.'), env, stdio: 'inherit' })
  // The terminal sends its signals to the command as well, which ends in its own way; others are handed on.
  const ignore = (): void => {}
  const forward = (): void => void child.kill('SIGTERM')
  process.on('SIGINT', ignore).on('SIGTERM', forward)
  return new Promise<number>((resolve, reject) => {
    child.once('error', (cause) => reject(new UsageError(`${file} cannot be run: ${cause.message}`)))
    child.once('exit', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)))
  }).finally(() => process.off('SIGINT', ignore).off('SIGTERM', forward))
}
