import { closeSync, openSync, readSync, renameSync } from 'node:fs'
import { DamagedPages, PageSums } from './page-sums.js'
import { DatabaseStartError } from './start-error.js'
import { readWal, type WalContent } from './wal-file.js'

/** Version of the tables; raised with a migration whenever they change. 2: there are page sums. */
export const FORMAT = 2
/** Marks the file as one of this product: "CNS1". */
export const APPLICATION_ID = 0x434e5331

/** The sums of the pages, or null where the file has yet to be looked through. */
export const sumsFile = (file: string): string => file.replace(/\.sqlite$/, '.sums')
export const walFile = (file: string): string => `${file}-wal`

/**
 * Looks at the files of a database before SQLite opens them, which would already change them: it copies what it can read of the log
 * into the database file and forgets the rest.
 * @returns the page sums; null where there are none yet
 * @throws DatabaseStartError when the files are damaged, foreign, or from a newer version
 */
export function inspect(file: string, log: (message: string) => void): PageSums | null {
  try {
    const wal = readWal(walFile(file))
    const firstPage = wal?.firstPage ?? readFirstPage(file)
    if (!firstPage) return null
    const sums = PageSums.read(sumsFile(file))
    checkFormat(file, firstPage, sums !== null)
    if (!sums) return null
    if (wal?.rest === 'damaged')
      throw new DamagedPages(`the log ${walFile(file)} no longer has all that was written to it`)
    const cut = wal !== null && sums.outlived(wal)
    sums.check(file, cut ? null : wal)
    if (cut) setAside(file, log)
    else tellOfRest(wal, log)
    return sums
  } catch (error) {
    if (error instanceof DamagedPages) throw damaged(file, error.message)
    throw error
  }
}

export const damaged = (file: string, how: string): DatabaseStartError =>
  new DatabaseStartError(
    'corrupt',
    `The database file ${file} is damaged: ${how}. Keep the files and restore a backup.`,
  )

function readFirstPage(file: string): Buffer | null {
  const page = Buffer.alloc(FIRST_BYTES)
  let fd: number
  try {
    fd = openSync(file, 'r')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
  try {
    const read = readSync(fd, page, 0, FIRST_BYTES, 0)
    if (read === 0) return null
    return page
  } finally {
    closeSync(fd)
  }
}

/** https://sqlite.org/fileformat.html: the head of the file, and that of the tree of its schema. */
const FIRST_BYTES = 108
const SQLITE = Buffer.from('SQLite format 3\0', 'latin1')

function checkFormat(file: string, page: Buffer, ours: boolean): void {
  if (!page.subarray(0, SQLITE.length).equals(SQLITE)) throw damaged(file, 'it does not begin as a database does')
  const format = page.readUInt32BE(60)
  const emptyTable = page[100] === 13 && page.readUInt16BE(103) === 0
  if (page.readUInt32BE(68) !== APPLICATION_ID && !(format === 0 && emptyTable)) {
    if (ours) throw damaged(file, 'its head is not what was written')
    throw new DatabaseStartError('foreign', `The file ${file} was not made by this product.`)
  }
  if (format > FORMAT) {
    throw new DatabaseStartError(
      'newer',
      `The database ${file} has format ${format}, this version knows up to ${FORMAT}: start a newer version of the product.`,
    )
  }
}

/** The database file is whole as of a later moment than the end of the log: SQLite would lay old pages over it. */
function setAside(file: string, log: (message: string) => void): void {
  const kept = `${walFile(file)}.cut`
  renameSync(walFile(file), kept)
  log(
    `the log ${walFile(file)} had been cut; the database file has all that had been copied from it. It is kept as ${kept}`,
  )
}

function tellOfRest(wal: WalContent | null, log: (message: string) => void): void {
  if (wal?.rest !== 'unfinished') return
  log(
    'the log ends with a write that is not whole, and goes: it was under way when the machine or the process ended, or else the last write has been damaged',
  )
}
