import { chmodSync, closeSync, mkdirSync, openSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { messageOf } from '../../../../kernel/errors.js'
import { diskTrouble } from './disk-trouble.js'
import { APPLICATION_ID, damaged, FORMAT, inspect, sumsFile, walFile } from './inspect.js'
import { PageSums } from './page-sums.js'
import { Connection } from './sqlite.js'
import { DatabaseStartError } from './start-error.js'
import { saltOf } from './wal-file.js'

export const DATABASE_FILE = 'database.sqlite'
export const LOCK_FILE = 'database.lock'
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
  sums: PageSums
  /** Held for as long as the process lives: the operating system frees it whatever ends the process. */
  lock: Connection
}

/**
 * Opens, and on first use makes, the database file of a data folder, and keeps other processes out of it.
 * @throws DatabaseStartError when another process has it, or the file is damaged, foreign, or from a newer version
 */
export function openDataFiles(dataDir: string, log: (message: string) => void): DataFiles {
  const file = join(dataDir, DATABASE_FILE)
  const lock = acquireLock(dataDir)
  try {
    const sums = inspect(file, log)
    const main = openMain(file)
    return { file, lock, main, sums: sums ?? orClose(main, () => lookThrough(main, file, log)) }
  } catch (error) {
    lock.close()
    if (error instanceof DatabaseStartError) throw error
    throw (
      unwritable(dataDir, error) ??
      new DatabaseStartError('corrupt', `The database file ${file} cannot be read: ${messageOf(error)}.`, {
        cause: error,
      })
    )
  }
}

/** What an operator reads of a disk that nothing can be written to; null of another error. */
function unwritable(dataDir: string, cause: unknown): DatabaseStartError | null {
  const trouble = diskTrouble(cause)
  return trouble && new DatabaseStartError('unusable', UNWRITABLE[trouble](dataDir), { cause })
}

const UNWRITABLE = {
  full: (dataDir: string) =>
    `The disk of the data folder ${dataDir} is full: make room and start again. Nothing is lost.`,
  readOnly: (dataDir: string) => `The data folder ${dataDir} is read-only: the database must be able to write there.`,
}

/**
 * @param waitMs how long to wait for a process that has it
 * @throws DatabaseStartError when another process has it, or the folder cannot be used
 */
export function acquireLock(dataDir: string, waitMs = LOCK_WAIT_MS): Connection {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    closeToOthers(dataDir)
    const lock = new Connection(join(dataDir, LOCK_FILE), waitMs)
    // Nothing is ever written to it: without a file for its journal it can be held on a full disk.
    lock.exec('PRAGMA journal_mode = MEMORY')
    lock.exec('BEGIN EXCLUSIVE')
    return lock
  } catch (error) {
    if ((error as { code?: string }).code === 'SQLITE_BUSY') {
      throw new DatabaseStartError('locked', `Another process is using the data folder ${dataDir}.`, { cause: error })
    }
    throw (
      unwritable(dataDir, error) ??
      new DatabaseStartError('unusable', `The data folder ${dataDir} cannot be used: ${messageOf(error)}.`, {
        cause: error,
      })
    )
  }
}

/** Files of an earlier version may be open to other users. SQLite gives the log the mode of the database file. */
function closeToOthers(dataDir: string): void {
  const file = join(dataDir, DATABASE_FILE)
  const lock = join(dataDir, LOCK_FILE)
  makeLockFile(lock)
  for (const path of [lock, file, walFile(file), `${file}-shm`, sumsFile(file)]) {
    try {
      chmodSync(path, statSync(path).mode & 0o700)
    } catch {
      // It is not there, or is another user's, or the file system knows no modes: whether it can be used will show.
    }
  }
}

/** Never opens one that is there: to close it again would free a lock that this process holds. */
function makeLockFile(lock: string): void {
  try {
    closeSync(openSync(lock, 'wx', 0o600))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}

function openMain(file: string): Connection {
  const main = new Connection(file, LOCK_WAIT_MS)
  main.exec('PRAGMA journal_mode = WAL')
  main.exec('PRAGMA synchronous = FULL')
  main.exec('PRAGMA cache_size = -32000')
  // What it had to grow beyond that is given back: the database may be all that keeps its disk full.
  main.exec('PRAGMA journal_size_limit = 8388608')
  // The page sums go first.
  main.exec('PRAGMA wal_autocheckpoint = 0')
  const empty = Number(main.get('SELECT count(*) FROM sqlite_schema')?.[0]) === 0
  if (empty) {
    main.exec(
      `BEGIN IMMEDIATE; ${TABLES} PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${FORMAT}; COMMIT`,
    )
  }
  return main
}

function orClose<T>(connection: Connection, work: () => T): T {
  try {
    return work()
  } catch (error) {
    connection.close()
    throw error
  }
}

/** A file without page sums, because it is new or of format 1: SQLite's own check has to do, and then they are made. */
function lookThrough(main: Connection, file: string, log: (message: string) => void): PageSums {
  const problem = main.get('PRAGMA integrity_check(1)')?.[0]
  if (problem !== 'ok') throw damaged(file, String(problem))
  if (Number(main.get('PRAGMA user_version')?.[0]) !== FORMAT) main.exec(`PRAGMA user_version = ${FORMAT}`)
  const sums = PageSums.none(sumsFile(file), Number(main.get('PRAGMA page_size')?.[0]))
  const pages = Number(main.get('PRAGMA page_count')?.[0])
  for (let page = 1; page <= pages; page++) {
    sums.set(page, main.get('SELECT data FROM sqlite_dbpage WHERE pgno = ?', page)?.[0] as Buffer)
  }
  try {
    const [busy, frames] = main.get('PRAGMA wal_checkpoint(PASSIVE)') ?? []
    if (busy !== 0) throw new DatabaseStartError('unusable', `The database file ${file} is open in another program.`)
    sums.save(saltOf(walFile(file)), Number(frames))
  } catch (error) {
    // They are saved whenever the log is copied.
    if (diskTrouble(error) !== 'full') throw error
    log('there is no room on the disk of the data folder for the page sums yet')
  }
  return sums
}
