import { closeSync, openSync, readSync } from 'node:fs'
import { endianness } from 'node:os'
import { messageOf } from '../../../../kernel/errors.js'
import { walFile } from './inspect.js'
import type { PageSums } from './page-sums.js'
import type { Connection } from './sqlite.js'

/** Frames after which the log is copied into the database file: 4 MB of pages, as SQLite would of itself. */
const DUE_FRAMES = 1000
/** So long it may grow under transactions that overlap without a gap, each of which keeps it from being begun anew. */
const MOST_FRAMES = 16 * DUE_FRAMES

/** SQLite's log of a database in use: how long it is, and its copying into the database file after the page sums. */
export class LogOfWrites {
  /** Never closed before the connections: closing it would drop their locks. */
  private readonly shared: number
  private readonly word = Buffer.alloc(4)
  private nextTry = DUE_FRAMES
  private lastCopied = 0

  constructor(
    private readonly file: string,
    private readonly main: Connection,
    private readonly sums: PageSums,
    private readonly log: (message: string) => void,
  ) {
    this.shared = openSync(`${file}-shm`, 'r')
  }

  get due(): boolean {
    const { frames } = this
    return frames >= this.nextTry && frames !== this.lastCopied
  }

  get full(): boolean {
    return this.frames >= MOST_FRAMES
  }

  /**
   * Copies the log into the database file. Only while no write is open; with a snapshot open it can be copied in part alone, and
   * is not begun anew.
   * @returns whether all is in the database file
   */
  copy(): boolean {
    const { frames } = this
    this.nextTry = frames + DUE_FRAMES
    try {
      if (frames > 0) this.sums.follow(walFile(this.file), frames)
      const [, all, copied] = this.main.get('PRAGMA wal_checkpoint(PASSIVE)') ?? []
      if (all !== copied) return false
    } catch (error) {
      // Everything is in the log.
      this.log(`the log of writes could not be copied into the database file yet: ${String(error)}`)
      return false
    }
    this.nextTry = DUE_FRAMES
    this.lastCopied = frames
    return true
  }

  /** Brings all into the database file, where that can be done, and ends the connection. */
  close(): void {
    const copied = this.copy()
    try {
      if (copied) this.main.get('PRAGMA wal_checkpoint(TRUNCATE)')
      // SQLite tries once more when the connection is closed, without the sums.
      else this.sums.forget()
    } catch (error) {
      // All is in the log still, and nothing can be taken away that could not be copied.
      this.log(`the database was not closed in order: ${messageOf(error)}`)
      // With the former sums the database file must not change. The end of the process changes nothing.
      if (!copied) return
    }
    this.main.close()
    closeSync(this.shared)
  }

  /** mxFrame of the index of the log: https://sqlite.org/walformat.html, 2.1. */
  private get frames(): number {
    readSync(this.shared, this.word, 0, 4, 16)
    return endianness() === 'LE' ? this.word.readUInt32LE() : this.word.readUInt32BE()
  }
}
