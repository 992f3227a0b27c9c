import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { Connection } from './sqlite.js'
import { DatabaseStartError } from './start-error.js'

/** Version of the tables below; raised with a migration whenever they change. */
const FORMAT = 1
/** Marks the file as one of this product: "CNS1". */
const APPLICATION_ID = 0x434e5331
/** A predecessor that was killed needs a moment to notice and let go. */
const LOCK_WAIT_MS = 5_000

const TABLES = `
  CREATE TABLE collections (id INTEGER PRIMARY KEY, db TEXT NOT NULL, name TEXT NOT NULL, spec BLOB NOT NULL, UNIQUE (db, name));
  CREATE TABLE outcomes (session BLOB NOT NULL, statement INTEGER NOT NULL, txn INTEGER NOT NULL, reply BLOB NOT NULL,
    at INTEGER NOT NULL, PRIMARY KEY (session, statement)) WITHOUT ROWID;
`

export interface DataFiles {
  file: string
  main: Connection
  /** Held for as long as the process lives: the operating system frees it whatever ends the process. */
  lock: Connection
}

/**
 * Opens, and on first use makes, the database file of a data folder, and keeps other processes out of it.
 * @throws DatabaseStartError when another process has it, or the file is damaged, foreign, or from a newer version
 */
export function openDataFiles(dataDir: string): DataFiles {
  const file = join(dataDir, 'database.sqlite')
  const lock = acquireLock(dataDir)
  try {
    return { file, lock, main: openMain(file) }
  } catch (error) {
    lock.close()
    if (error instanceof DatabaseStartError) throw error
    throw new DatabaseStartError('corrupt', `The database file ${file} cannot be read: ${messageOf(error)}.`, {
      cause: error,
    })
  }
}

function acquireLock(dataDir: string): Connection {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    const lock = new Connection(join(dataDir, 'database.lock'), LOCK_WAIT_MS)
    lock.exec('BEGIN EXCLUSIVE')
    return lock
  } catch (error) {
    if ((error as { code?: string }).code === 'SQLITE_BUSY') {
      throw new DatabaseStartError('locked', `Another process is using the data folder ${dataDir}.`, { cause: error })
    }
    throw new DatabaseStartError('unusable', `The data folder ${dataDir} cannot be used: ${messageOf(error)}.`, {
      cause: error,
    })
  }
}

function openMain(file: string): Connection {
  const main = new Connection(file, LOCK_WAIT_MS)
  try {
    main.exec('PRAGMA journal_mode = WAL')
    main.exec('PRAGMA synchronous = FULL')
    main.exec('PRAGMA cache_size = -32000')
    main.exec('PRAGMA journal_size_limit = 67108864')
    checkFormat(main, file)
    return main
  } catch (error) {
    main.close()
    throw error
  }
}

function checkFormat(main: Connection, file: string): void {
  const format = Number(main.get('PRAGMA user_version')?.[0])
  const application = Number(main.get('PRAGMA application_id')?.[0])
  const empty = Number(main.get('SELECT count(*) FROM sqlite_schema')?.[0]) === 0
  if (empty && format === 0) {
    main.exec(
      `BEGIN IMMEDIATE; ${TABLES} PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${FORMAT}; COMMIT`,
    )
    return
  }
  if (application !== APPLICATION_ID) {
    throw new DatabaseStartError('foreign', `The file ${file} was not made by this product.`)
  }
  if (format > FORMAT) {
    throw new DatabaseStartError(
      'newer',
      `The database ${file} has format ${format}, this version knows up to ${FORMAT}: start a newer version of the product.`,
    )
  }
  const problem = main.get('PRAGMA quick_check(1)')?.[0]
  if (problem !== 'ok') {
    throw new DatabaseStartError(
      'corrupt',
      `The database file ${file} is damaged: ${String(problem)}. Restore a backup.`,
    )
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
