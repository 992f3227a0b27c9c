import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { extname } from 'node:path'
import { type ReadRow, UnreadableFile } from '../importing.types.js'
import { readCsv } from './csv.js'
import { readJsonl } from './jsonl.js'
import { readLines } from './lines.js'

const READERS = { '.csv': readCsv, '.tsv': readCsv, '.jsonl': readJsonl, '.ndjson': readJsonl } as const

export interface RowFile {
  rows: AsyncIterable<ReadRow>
  /** Size in bytes. */
  size: number
  /** Bytes read so far. */
  position(): number
}

/**
 * Opens a file of rows; its name says what it holds: `.csv` and `.tsv`, or `.jsonl` and `.ndjson`.
 * @throws {UnreadableFile} for another name, or when there is no such file.
 */
export async function openRowFile(path: string): Promise<RowFile> {
  const reader = READERS[extname(path).toLowerCase() as keyof typeof READERS]
  if (!reader) throw new UnreadableFile(`the file's name must end in ${Object.keys(READERS).join(', ')}`)
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw new UnreadableFile(error.code === 'ENOENT' ? 'there is no such file' : `it cannot be read (${error.code})`)
  })
  if (!found.isFile()) throw new UnreadableFile('it is not a file')
  const stream = createReadStream(path)
  return { rows: reader(readLines(stream)), size: found.size, position: () => stream.bytesRead }
}
