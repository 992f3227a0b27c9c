import { resolve } from 'node:path'
import { Command, CommanderError } from 'commander'
import { ConfigError } from '../../src/config.js'
import { ProductError } from '../../src/kernel/errors.js'
import { UnreadableSet } from '../../src/modules/evaluation/index.js'
import { UnreadableFile } from '../../src/modules/importing/index.js'
import { RefusedByDatabase } from '../../src/platform/db/archive/fill-database.js'
import { UnreadableArchive } from '../../src/platform/db/archive/format.js'
import { UnreadableDatabase } from '../../src/platform/db/archive/read-database.js'
import { DatabaseStartError } from '../../src/platform/db/builtin/index.js'
import { EngineUnavailable } from '../../src/platform/search/index.js'

/** What a command's exit code says. */
export const EXIT = {
  done: 0,
  /** Some of the input was refused; the rest is done. */
  partly: 1,
  /** Called wrongly, or the input or the database cannot be used. */
  failed: 2,
  /** Stopped by a signal, as shells count it. */
  interrupted: 130,
} as const

/** A mistake in how a command was called. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** A command with its name and what it is for. */
export function createCommand(name: string, description: string): Command {
  return new Command(`npm run ${name} --`)
    .description(description)
    .exitOverride()
    .showHelpAfterError('(--help says more)')
}

/**
 * Parses the arguments and does what they say; whatever goes wrong is told on standard error, and by the exit code.
 * @param onSilence what to say besides where the database stops to answer
 */
export async function runCommand(command: Command, onSilence?: string): Promise<void> {
  try {
    await command.parseAsync()
  } catch (error) {
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? EXIT.done : EXIT.failed
    else if ((error as Error | undefined)?.name === 'AbortError') {
      process.stderr.write('Stopped; nothing is left behind.\n')
      process.exitCode = EXIT.interrupted
    } else {
      process.stderr.write(`${inWords(error, onSilence)}\n`)
      process.exitCode = EXIT.failed
    }
  }
  // Whatever failed may have left something behind that would keep the process alive.
  process.exit()
}

function inWords(error: unknown, onSilence?: string): string {
  if (error instanceof DatabaseStartError && error.reason === 'locked') {
    return 'Another process of the product uses this data folder: stop it first, or set MONGODB_URI.'
  }
  if (error instanceof Error && /^Mongo(ServerSelection|Network)/.test(error.name)) {
    return [sentence(`The database does not answer: ${error.message}`), onSilence].filter(Boolean).join(' ')
  }
  // Of the driver, not of mongoose, whose errors are mistakes in the program.
  if (error instanceof Error && /^Mongo(?!ose)/.test(error.name)) return sentence(`The database: ${error.message}`)
  // Of the file system: which file, and what about it, is all that an operator needs.
  if (error instanceof Error && 'syscall' in error && 'path' in error) return `${error.message}.`
  const expected = [
    EngineUnavailable,
    UsageError,
    ConfigError,
    UnreadableFile,
    UnreadableSet,
    DatabaseStartError,
    ProductError,
    UnreadableArchive,
    UnreadableDatabase,
    RefusedByDatabase,
  ]
  if (error instanceof Error)
    return expected.some((kind) => error instanceof kind) ? error.message : String(error.stack)
  return String(error)
}

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`)

/** A path as the caller meant it: npm runs scripts in the project's folder and says where it was called. */
export function callersPath(path: string): string {
  const { npm_lifecycle_event: byNpm, INIT_CWD: calledIn } = process.env
  return resolve(byNpm && calledIn ? calledIn : '.', path)
}

/** A whole number above 0, for commander. */
export function positiveInteger(value: string): number {
  if (!/^[1-9]\d{0,8}$/.test(value)) throw new UsageError(`"${value}" is not a whole number above 0.`)
  return Number(value)
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const

/** Aborted by Ctrl-C or SIGTERM; a second one ends the process at once. */
export function interruption(): AbortSignal {
  const controller = new AbortController()
  const stop = () => (controller.signal.aborted ? process.exit(EXIT.interrupted) : controller.abort())
  for (const name of SIGNALS) process.on(name, stop)
  return controller.signal
}

/** From here on neither Ctrl-C nor SIGTERM ends the process, however often: it would leave work half done. @throws AbortError after one */
export function noMoreInterruption(signal: AbortSignal): void {
  signal.throwIfAborted()
  for (const name of SIGNALS) process.removeAllListeners(name).on(name, () => {})
}
