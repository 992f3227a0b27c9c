import { open, readFile } from 'node:fs/promises'
import { setImmediate } from 'node:timers/promises'
import { type TableRow, UnreadableFile } from '../importing.types.js'
import { readCsvTable } from './csv.js'
import { decode, encodingOf } from './encoding.js'
import { readLines } from './lines.js'
import { readXlsxTable } from './xlsx.js'
import { checkArchive } from './zip.js'

/** The largest table that is taken. */
export const MOST_ROWS = 50_000
export const MOST_COLUMNS = 200
/** Characters of a row, and of all: a workbook may say one long text in every cell and be small itself. */
const MOST_IN_A_ROW = 1_000_000
const MOST_TEXT = 100_000_000

const ZIP = Buffer.from([0x50, 0x4b, 0x03, 0x04])
/** Excel before 2007, and every workbook with a password. */
const OLE = Buffer.from([0xd0, 0xcf, 0x11, 0xe0])

/**
 * An uploaded file as a table: the names of its columns, then its rows. What it is, is told from its bytes, not from its name.
 * @throws {UnreadableFile} with a code that says why not.
 */
export async function* readUpload(path: string): AsyncIterable<string[] | TableRow> {
  let rows = 0
  let text = 0
  for await (const part of await openTable(path)) {
    if (Array.isArray(part)) {
      if (part.length > MOST_COLUMNS) throw tooMany('tooManyColumns', MOST_COLUMNS)
    } else if (++rows > MOST_ROWS) throw tooMany('tooManyRows', MOST_ROWS)
    const size = lengthOf(part)
    text += size
    if (size > MOST_IN_A_ROW || text > MOST_TEXT) throw new UnreadableFile('the cells hold too much text', 'bomb')
    yield part
  }
  if (rows === 0) throw new UnreadableFile('the table has a header and no rows', 'noRows')
}

/** Characters of a row, or of the names of the columns. */
export const lengthOf = (part: string[] | TableRow): number =>
  (Array.isArray(part) ? part : part.cells).reduce((sum, cell) => sum + cell.length, 0)

async function openTable(path: string): Promise<AsyncIterable<string[] | TableRow>> {
  const start = await startOf(path)
  if (start.length === 0) throw new UnreadableFile('the file is empty', 'empty')
  if (start.equals(OLE)) throw new UnreadableFile('a workbook of an old Excel, or with a password', 'oldExcel')
  if (!start.equals(ZIP)) return textTable(await readFile(path))
  await checkArchive(path)
  return readXlsxTable(path)
}

/** Whether the file says that it is an archive, as workbooks are. */
export const isWorkbook = async (path: string): Promise<boolean> => (await startOf(path)).equals(ZIP)

async function startOf(path: string): Promise<Buffer> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

function textTable(bytes: Buffer): AsyncIterable<string[] | TableRow> {
  const encoding = encodingOf(bytes)
  const utf8 = encoding === 'utf-8' ? bytes : Buffer.from(decode(bytes, encoding))
  return readCsvTable(readLines(chunks(utf8)))
}

/** Piece by piece, and between two pieces whatever else waits has its turn. */
async function* chunks(bytes: Buffer): AsyncIterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += CHUNK) {
    if (at > 0) await setImmediate()
    yield bytes.subarray(at, at + CHUNK)
  }
}

const CHUNK = 4 * 1024

const tooMany = (code: string, maximum: number) =>
  new UnreadableFile(`the table has more than ${maximum} rows or columns`, code, { maximum })
