import { randomBytes } from 'node:crypto'
import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { link, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { syncFolder } from '../sync-folder.js'
import { decodeArchive } from './decode.js'
import { encodeArchive } from './encode.js'
import {
  type ArchivedFile,
  type ArchiveEntry,
  type ArchiveHeader,
  type CollectionTotals,
  UnreadableArchive,
} from './format.js'

/** Compresses nearly as well as the default in half the time. */
const COMPRESSION = 3
const CHUNK_BYTES = 256 * 1024

/** All that can be told of an archive without its documents. */
export interface ArchiveSummary {
  header: ArchiveHeader
  files: ArchivedFile[]
  collections: CollectionTotals[]
}

/**
 * Writes an archive under another name, reads it again, and gives it its own name once all of it is on the disk and as it was meant.
 * Nothing is left where that fails.
 * @throws UnreadableArchive when what was written does not read back; errors of the file system or of the entries
 */
export async function writeArchive(
  path: string,
  entries: AsyncIterable<ArchiveEntry>,
  signal?: AbortSignal,
): Promise<ArchiveSummary> {
  const draft = `${path}.${randomBytes(6).toString('hex')}.part`
  try {
    const written: CollectionTotals[] = []
    const out = createWriteStream(draft, { flags: 'wx', mode: 0o600, flush: true })
    await pipeline(
      encodeArchive(entries, (totals) => written.push(totals)),
      createGzip({ level: COMPRESSION, chunkSize: CHUNK_BYTES }),
      out,
      { signal },
    )
    const summary = await checkArchive(draft)
    if (JSON.stringify(summary.collections) !== JSON.stringify(written))
      throw new UnreadableArchive(`${path} does not read back as it was written: the disk or the memory is at fault.`)
    await giveName(draft, path)
    syncFolder(dirname(path))
    return summary
  } finally {
    await rm(draft, { force: true })
  }
}

/**
 * The entries of an archive. Its checksums are compared on the way.
 * @param onCollection told what a collection came to
 * @throws UnreadableArchive, or an error of the file system
 */
export async function* readArchive(
  path: string,
  onCollection?: (totals: CollectionTotals) => void,
): AsyncGenerator<ArchiveEntry> {
  const file = createReadStream(path, { highWaterMark: CHUNK_BYTES })
  const bytes = createGunzip({ chunkSize: CHUNK_BYTES })
  // Whoever reads the bytes hears of a file that cannot be read.
  file.once('error', (error) => bytes.destroy(error))
  try {
    yield* decodeArchive(file.pipe(bytes), onCollection)
  } catch (error) {
    throw told(path, error)
  } finally {
    file.destroy()
    bytes.destroy()
  }
}

/** Reads all of an archive and says what is in it. @throws as `readArchive` */
export async function checkArchive(path: string): Promise<ArchiveSummary> {
  const summary: ArchiveSummary = { header: { step: null }, files: [], collections: [] }
  for await (const entry of readArchive(path, (totals) => summary.collections.push(totals))) {
    if (entry.kind === 'header') summary.header = entry.header
    if (entry.kind === 'file') summary.files.push(entry.file)
  }
  return summary
}

function told(path: string, error: unknown): unknown {
  if (error instanceof UnreadableArchive) return new UnreadableArchive(`${path} ${error.message}.`, { cause: error })
  const { code } = error as { code?: string }
  if (code === 'Z_BUF_ERROR')
    return new UnreadableArchive(`${path} is not whole: its end is missing.`, { cause: error })
  if (code === 'Z_DATA_ERROR' && /header/.test(String(error)))
    return new UnreadableArchive(`${path} is no archive of this product.`, { cause: error })
  if (code?.startsWith('Z_'))
    return new UnreadableArchive(`${path} is damaged: it cannot be decompressed.`, { cause: error })
  return error
}

/** A link never takes the place of a file that is there. The draft keeps its name beside, and is removed under it. */
async function giveName(draft: string, path: string): Promise<void> {
  try {
    await link(draft, path)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST' || existsSync(path))
      throw new UnreadableArchive(`${path} has been made meanwhile by somebody else.`, { cause: error })
    // Not every file system has hard links.
    await rename(draft, path)
  }
}
