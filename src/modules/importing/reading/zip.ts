import { createReadStream } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { createInflateRaw } from 'node:zlib'
import { UnreadableFile } from '../importing.types.js'

/** Bounds of what a workbook may unpack to: a sheet of 50,000 rows stays far below. */
const MOST_BYTES = 400 * 2 ** 20
const MOST_ENTRIES = 1_000
/** Small files of one repeated word pack well; what is large and packed like this is a bomb. */
const MOST_RATIO = 200
const LARGE = 20 * 2 ** 20

const END = 0x06054b50
const ENTRY = 0x02014b50
const LOCAL = 0x04034b50
const END_BYTES = 22
const ENTRY_BYTES = 46
const LOCAL_BYTES = 30
/** Behind an entry may stand its sizes and checksum once more. */
const DESCRIPTOR_BYTES = 24

interface Entry {
  offset: number
  packed: number
  size: number
  method: number
  encrypted: boolean
}

/**
 * Makes sure that an archive is what its directory says: few entries, side by side without a gap to hide another, and
 * none that unpacks to more than it claims or than a workbook may.
 * @throws {UnreadableFile} for a bomb, an encrypted archive, or a broken one.
 */
export async function checkArchive(path: string): Promise<void> {
  const file = await open(path)
  try {
    await checkEntries(path, file)
  } finally {
    await file.close()
  }
}

async function checkEntries(path: string, file: FileHandle): Promise<void> {
  const { size } = await file.stat()
  const { entries, directory } = await readDirectory(file, size)
  const total = entries.reduce((sum, entry) => sum + entry.size, 0)
  if (entries.length > MOST_ENTRIES || total > MOST_BYTES) throw bomb()
  if (entries.some((entry) => entry.encrypted)) throw new UnreadableFile('the workbook is encrypted', 'oldExcel')
  if (entries.some((e) => e.size > LARGE && e.size > e.packed * MOST_RATIO)) throw bomb()
  let expected = 0
  for (const entry of [...entries].sort((one, other) => one.offset - other.offset)) {
    if (entry.offset < expected || entry.offset > expected + DESCRIPTOR_BYTES) throw broken()
    const start = await dataStart(file, entry)
    expected = start + entry.packed
    if (expected > directory) throw broken()
    await checkSize(path, start, entry)
  }
}

async function readDirectory(file: FileHandle, size: number): Promise<{ entries: Entry[]; directory: number }> {
  const tail = await read(file, Math.max(0, size - 65_535 - END_BYTES), Math.min(size, 65_535 + END_BYTES))
  const end = lastIndexOf(tail, END)
  if (end < 0) throw broken()
  const count = tail.readUInt16LE(end + 10)
  const length = tail.readUInt32LE(end + 12)
  const directory = tail.readUInt32LE(end + 16)
  // Larger archives keep these elsewhere; no workbook of 50 MB needs that.
  if (count === 0xffff || directory === 0xffffffff || directory + length > size) throw broken()
  const bytes = await read(file, directory, length)
  const entries: Entry[] = []
  for (let at = 0; entries.length < count; ) {
    if (at + ENTRY_BYTES > bytes.length || bytes.readUInt32LE(at) !== ENTRY) throw broken()
    entries.push({
      encrypted: (bytes.readUInt16LE(at + 8) & 1) === 1,
      method: bytes.readUInt16LE(at + 10),
      packed: bytes.readUInt32LE(at + 20),
      size: bytes.readUInt32LE(at + 24),
      offset: bytes.readUInt32LE(at + 42),
    })
    at += ENTRY_BYTES + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  }
  return { entries, directory }
}

async function dataStart(file: FileHandle, { offset }: Entry): Promise<number> {
  const header = await read(file, offset, LOCAL_BYTES)
  if (header.length < LOCAL_BYTES || header.readUInt32LE(0) !== LOCAL) throw broken()
  return offset + LOCAL_BYTES + header.readUInt16LE(26) + header.readUInt16LE(28)
}

/** Unpacks an entry, holding none of it, to see that it is as large as it says. */
async function checkSize(path: string, start: number, { packed, size, method }: Entry): Promise<void> {
  if (method === 0) {
    if (packed !== size) throw broken()
    return
  }
  if (method !== 8) throw broken()
  if (packed === 0) return
  const inflate = createInflateRaw()
  const source = createReadStream(path, { start, end: start + packed - 1 })
  source.on('error', (error) => inflate.destroy(error)).pipe(inflate)
  let seen = 0
  try {
    for await (const chunk of inflate) {
      seen += (chunk as Buffer).length
      if (seen > size) throw bomb()
    }
  } catch (error) {
    throw error instanceof UnreadableFile ? error : broken()
  } finally {
    source.destroy()
  }
}

async function read(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position)
  return buffer.subarray(0, bytesRead)
}

function lastIndexOf(bytes: Buffer, signature: number): number {
  for (let at = bytes.length - END_BYTES; at >= 0; at--) if (bytes.readUInt32LE(at) === signature) return at
  return -1
}

const bomb = () => new UnreadableFile('the workbook unpacks to more than any list of firms', 'bomb')
const broken = () => new UnreadableFile('the workbook is damaged', 'damaged')
