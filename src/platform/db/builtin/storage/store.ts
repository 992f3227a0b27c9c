import { MongoError } from '../errors.js'
import { diskTrouble } from './disk-trouble.js'
import { LogOfWrites } from './log-of-writes.js'
import { type DataFiles, openDataFiles } from './open.js'
import { Connection } from './sqlite.js'

/** Connections kept for the next transactions once their snapshot is done. */
const SPARE_READERS = 8

interface Batch {
  done: Promise<void>
  resolve: () => void
  reject: (error: unknown) => void
}

/**
 * SQLite underneath: one connection that reads and writes, and one with a snapshot for each open transaction. Writes of the
 * same turn of the event loop share one commit, so that they share its wait for the disk; nobody is answered before it.
 */
export class Store {
  readonly main: Connection
  private readonly files: DataFiles
  private batch: Batch | undefined
  private readonly spares: Connection[] = []
  private readonly written: LogOfWrites
  private snapshots = 0
  private readonly long = new Set<Connection>()
  private readonly waiting: (() => void)[] = []

  /** @param memory told when writes that had been applied were taken back, and when all are committed, so that it follows the disk */
  constructor(
    dataDir: string,
    private readonly memory: { lost(): void; committed(): void },
    log: (message: string) => void,
  ) {
    this.files = openDataFiles(dataDir, log)
    this.main = this.files.main
    this.written = new LogOfWrites(this.files.file, this.main, this.files.sums, log)
  }

  /** Runs a piece of work whose writes either all happen or, if it throws, none. */
  atomically<T>(work: () => T): T {
    this.openBatch()
    this.main.exec('SAVEPOINT command')
    try {
      const result = work()
      this.main.exec('RELEASE command')
      return result
    } catch (error) {
      this.undo(error)
      throw error
    }
  }

  /** Resolves once everything written so far is on the disk; rejects if it could not be put there. */
  durable(): Promise<void> {
    return this.batch?.done ?? Promise.resolve()
  }

  /** Commits what is waiting now. A failure reaches those who wait for it. */
  flush(): void {
    const batch = this.batch
    if (!batch) return
    this.batch = undefined
    try {
      this.main.exec('COMMIT')
      this.memory.committed()
      batch.resolve()
    } catch (error) {
      this.rollBack()
      batch.reject(storageError(error))
    }
    this.tidy()
  }

  /** Resolves when a transaction may begin: at once, unless the log waits for those that are open to end. */
  async room(): Promise<void> {
    if (this.snapshots > 0 && this.long.size === 0 && this.written.full)
      await new Promise<void>((resolve) => this.waiting.push(resolve))
  }

  /**
   * A connection that sees the database as it is now, whatever is written later.
   * @param long it may be read for minutes: nothing waits for its end
   */
  openSnapshot(long = false): Connection {
    this.flush()
    const reader = this.spares.pop() ?? this.newReader()
    reader.exec('BEGIN')
    reader.get('SELECT id FROM collections LIMIT 1')
    this.snapshots++
    if (long) this.long.add(reader)
    return reader
  }

  closeSnapshot(reader: Connection): void {
    reader.exec('ROLLBACK')
    if (this.spares.length < SPARE_READERS) this.spares.push(reader)
    else reader.close()
    this.snapshots--
    this.long.delete(reader)
    this.tidy()
    if (this.snapshots === 0) for (const resolve of this.waiting.splice(0)) resolve()
  }

  close(): void {
    this.flush()
    for (const reader of this.spares) reader.close()
    this.written.close()
    this.files.lock.close()
  }

  private tidy(): void {
    if (!this.batch && this.snapshots === 0 && this.written.due) this.written.copy()
  }

  private newReader(): Connection {
    const reader = new Connection(this.files.file, 5_000)
    reader.exec('PRAGMA query_only = ON; PRAGMA cache_size = -2000')
    return reader
  }

  private openBatch(): void {
    if (this.batch) return
    this.main.exec('BEGIN IMMEDIATE')
    let resolve = (): void => {}
    let reject: Batch['reject'] = () => {}
    const done = new Promise<void>((onResolve, onReject) => {
      resolve = onResolve
      reject = onReject
    })
    // Whoever waits hears of the failure; that nobody may be waiting is no error of its own.
    done.catch(() => {})
    this.batch = { done, resolve, reject }
    setImmediate(() => this.flush())
  }

  /** Takes back one command; where SQLite has given up the whole transaction (disk full, I/O error), the batch with it. */
  private undo(error: unknown): void {
    if (this.main.inTransaction) {
      this.main.exec('ROLLBACK TO command; RELEASE command')
      this.memory.lost()
      return
    }
    const batch = this.batch
    this.batch = undefined
    this.rollBack()
    batch?.reject(storageError(error))
  }

  private rollBack(): void {
    if (this.main.inTransaction) this.main.exec('ROLLBACK')
    this.memory.lost()
  }
}

/** What the application learns of a failing disk. */
export function storageError(error: unknown): MongoError {
  if (error instanceof MongoError) return error
  const { code, message } = error as { code?: string; message?: string }
  if (diskTrouble(error) === 'full')
    return new MongoError('OutOfDiskSpace', 'No space left on the disk of the data folder')
  if (/^SQLITE_(READONLY|IOERR|CANTOPEN|PERM)/.test(code ?? '')) {
    return new MongoError('OperationFailed', `The disk of the data folder cannot be read or written: ${message}`)
  }
  return new MongoError('InternalError', `The database could not complete the operation: ${message ?? String(error)}`)
}
