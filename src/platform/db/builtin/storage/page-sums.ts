import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { crc32 } from 'node:zlib'
import { syncFolder } from '../../sync-folder.js'
import { pagesIn, saltOf, type WalContent } from './wal-file.js'

/**
 * A checksum of each page of the database file, kept beside it: SQLite itself does not notice when a page is no longer what it
 * wrote. The file is of little-endian words: eight of a head, and one for each page, 0 where nothing is known of it.
 *
 * They are brought up to date just before the log is copied into the database file, so at any moment a page either has its sum or
 * stands in the log, whose frames have sums of their own. The head says up to which frame of which turn of the log that was: a log
 * that has been cut before it would mix old pages with new ones.
 */
export class PageSums {
  private constructor(
    private readonly file: string,
    private words: Uint32Array,
  ) {}

  /**
   * Null where there are none.
   * @throws DamagedPages when they are not what was written
   */
  static read(file: string): PageSums | null {
    let bytes: Buffer
    try {
      bytes = readFileSync(file)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
      throw error
    }
    const words = new Uint32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + (bytes.length & ~3)))
    const sums = new PageSums(file, words)
    if (words.length < HEAD || words[Head.magic] !== MAGIC || words[Head.sum] !== sums.headSum()) {
      throw new DamagedPages(`the page sums ${file} are damaged`)
    }
    return sums
  }

  static none(file: string, pageBytes: number): PageSums {
    const sums = new PageSums(file, new Uint32Array(HEAD))
    sums.words[Head.magic] = MAGIC
    sums.words[Head.pageBytes] = pageBytes
    return sums
  }

  /** Whether the log is of the same turn, and no longer has all that had been copied from it. */
  outlived(wal: WalContent): boolean {
    return this.isOf(wal.salt) && wal.frames < (this.words[Head.frames] ?? 0)
  }

  /**
   * Reads the whole database file, but for the pages that the log has.
   * @throws DamagedPages when a page is not what was written
   */
  check(database: string, wal: WalContent | null): void {
    const pageBytes = this.words[Head.pageBytes] ?? 0
    const pages = wal?.databasePages || this.pages
    const fd = openSync(database, 'r')
    try {
      const chunk = Buffer.alloc(pageBytes * CHUNK)
      for (let first = 1; first <= pages; first += CHUNK) {
        const read = readSync(fd, chunk, 0, chunk.length, (first - 1) * pageBytes)
        for (let page = first; page <= Math.min(pages, first + CHUNK - 1); page++) {
          const at = (page - first) * pageBytes
          const expected = this.words[HEAD + page - 1]
          if (!expected || wal?.pages.has(page)) continue
          if (at + pageBytes > read || crc32(chunk.subarray(at, at + pageBytes)) !== expected) {
            throw new DamagedPages(`page ${page} of ${pages} is not what was written`)
          }
        }
      }
    } finally {
      closeSync(fd)
    }
  }

  /** Notes the pages in the first `frames` frames of the log, and puts all sums on the disk. */
  follow(log: string, frames: number): void {
    for (const { page, content } of pagesIn(log, frames)) this.set(page, content)
    this.save(saltOf(log), frames)
  }

  set(page: number, content: Uint8Array): void {
    if (this.words.length < HEAD + page) {
      const grown = new Uint32Array((HEAD + page) * 2)
      grown.set(this.words)
      this.words = grown
    }
    this.words[HEAD + page - 1] = crc32(content)
    this.words[Head.pages] = Math.max(this.pages, page)
  }

  /** @param frames how many frames of the log of this salt the database file will have once they are copied */
  save(salt: Buffer, frames: number): void {
    this.words[Head.salt] = salt.readUInt32LE(0)
    this.words[Head.salt + 1] = salt.readUInt32LE(4)
    this.words[Head.frames] = frames
    this.words[Head.sum] = this.headSum()
    if (existsSync(this.file)) this.write(openSync(this.file, 'r+'))
    else this.writeAnew()
  }

  /** What a save that was cut off leaves out is in the log, if all else was there before: the first one is whole or not there at all. */
  private writeAnew(): void {
    const aside = `${this.file}.new`
    try {
      this.write(openSync(aside, 'w', 0o600))
      renameSync(aside, this.file)
    } catch (error) {
      rmSync(aside, { force: true })
      throw error
    }
    syncFolder(dirname(this.file))
  }

  private write(fd: number): void {
    try {
      const bytes = Buffer.from(this.words.buffer, 0, (HEAD + this.pages) * 4)
      for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at, bytes.length - at, at)
      fsyncSync(fd)
    } finally {
      closeSync(fd)
    }
  }

  /** Without sums the next start looks at the whole file and makes them anew. */
  forget(): void {
    rmSync(this.file, { force: true })
  }

  private get pages(): number {
    return this.words[Head.pages] ?? 0
  }

  private isOf(salt: Buffer): boolean {
    return this.words[Head.salt] === salt.readUInt32LE(0) && this.words[Head.salt + 1] === salt.readUInt32LE(4)
  }

  private headSum(): number {
    return crc32(Buffer.from(this.words.buffer, 0, Head.sum * 4))
  }
}

/** The database file, or what stands beside it, is not what was written. */
export class DamagedPages extends Error {}

const MAGIC = 0x31534e43
const HEAD = 8
const Head = { magic: 0, pageBytes: 1, salt: 2, frames: 4, pages: 5, sum: 7 } as const
/** Pages read at a time. */
const CHUNK = 256
