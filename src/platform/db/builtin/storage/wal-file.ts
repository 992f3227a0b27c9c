import { closeSync, openSync, readSync } from 'node:fs'
import { endianness } from 'node:os'

/** SQLite's write-ahead log as it lies on the disk: https://sqlite.org/walformat.html. */

const HEADER_BYTES = 32
const FRAME_HEADER_BYTES = 24
/** The last bit says whether the checksums are of big-endian words. */
const MAGIC = 0x377f0682
/** Frames read at a time. */
const CHUNK = 256

/** What a log holds when no process has it open. */
export interface WalContent {
  /** Names this turn of the log; each time it is begun anew there is another. */
  salt: Buffer
  /** Frames up to the last commit. */
  frames: number
  /** Numbers of the pages in them. */
  pages: ReadonlySet<number>
  /** Pages of the database as of the last commit; 0 without one. */
  databasePages: number
  /** The first page of the database, where the log has it. */
  firstPage: Buffer | undefined
  /**
   * What stands behind the last commit: nothing of this turn; something that did not become whole (a write that was under way, or the
   * very last one, damaged); or writes that were once whole, behind one that no longer is.
   */
  rest: 'nothing' | 'unfinished' | 'damaged'
}

interface Frame {
  page: number
  /** Pages of the database, in the frame that ends a commit; else 0. */
  commit: number
  header: Buffer
  content: Buffer
}

/** Reads a log as SQLite will when it opens it. Null where there is none, or an empty one. */
export function readWal(file: string): WalContent | null {
  return withFile(file, (fd) => {
    const header = Buffer.alloc(HEADER_BYTES)
    if (readSync(fd, header, 0, HEADER_BYTES, 0) < HEADER_BYTES || header.every((byte) => byte === 0)) return null
    const content = { ...NOTHING, salt: header.subarray(16, 24) }
    const checksum = checksumOf(header)
    if (!checksum?.(header.subarray(0, 24)).equals(header.subarray(24))) return { ...content, rest: 'damaged' }
    return readFrames(framesIn(fd, header.readUInt32BE(8)), content, checksum)
  })
}

const NOTHING = {
  frames: 0,
  pages: new Set<number>(),
  databasePages: 0,
  firstPage: undefined,
  rest: 'nothing',
} as const

function readFrames(frames: Iterable<Frame>, before: WalContent, checksum: Checksum): WalContent {
  const pages = new Set<number>()
  const content: WalContent = { ...before, pages }
  let open: Frame[] = []
  let at = 0
  let broken = false
  let commitBehind = false
  for (const frame of frames) {
    at++
    const { header } = frame
    const same = [header.subarray(8, 12), header.subarray(12, 16)].map((half, i) =>
      half.equals(content.salt.subarray(i * 4, i * 4 + 4)),
    )
    broken ||= !(same[0] && same[1]) || !checksum(header.subarray(0, 8), frame.content).equals(header.subarray(16))
    if (!broken) {
      open.push(frame)
      if (frame.commit === 0) continue
      for (const { page, content: bytes } of open) {
        pages.add(page)
        if (page === 1) content.firstPage = bytes
      }
      Object.assign(content, { frames: at, databasePages: frame.commit })
      open = []
    } else if (same[0] || same[1]) {
      // A commit is on the disk before the next write begins: what stands behind one had been acknowledged.
      content.rest = commitBehind || content.rest === 'damaged' ? 'damaged' : 'unfinished'
      commitBehind ||= frame.commit > 0
    }
  }
  return content
}

/** The pages in the first `frames` frames of a log in use, as of the last of them. */
export function* pagesIn(file: string, frames: number): Generator<{ page: number; content: Buffer }> {
  const fd = openSync(file, 'r')
  try {
    const header = Buffer.alloc(HEADER_BYTES)
    readSync(fd, header, 0, HEADER_BYTES, 0)
    yield* framesIn(fd, header.readUInt32BE(8), frames)
  } finally {
    closeSync(fd)
  }
}

export function saltOf(file: string): Buffer {
  const salt = Buffer.alloc(8)
  withFile(file, (fd) => readSync(fd, salt, 0, 8, 16))
  return salt
}

function* framesIn(fd: number, pageBytes: number, most = Number.MAX_SAFE_INTEGER): Generator<Frame> {
  const bytes = FRAME_HEADER_BYTES + pageBytes
  for (let at = 0; at < most; ) {
    const chunk = Buffer.alloc(Math.min(CHUNK, most - at) * bytes)
    const whole = Math.floor(readSync(fd, chunk, 0, chunk.length, HEADER_BYTES + at * bytes) / bytes)
    for (let n = 0; n < whole; n++) {
      const header = chunk.subarray(n * bytes, n * bytes + FRAME_HEADER_BYTES)
      const content = chunk.subarray(n * bytes + FRAME_HEADER_BYTES, (n + 1) * bytes)
      yield { page: header.readUInt32BE(0), commit: header.readUInt32BE(4), header, content }
    }
    if (whole === 0) return
    at += whole
  }
}

/** The checksum over all that was given so far: each frame's goes on from the one before. */
type Checksum = (...parts: Buffer[]) => Buffer

function checksumOf(header: Buffer): Checksum | undefined {
  const magic = header.readUInt32BE(0)
  if (magic !== MAGIC && magic !== (MAGIC | 1)) return undefined
  const foreign = (magic === MAGIC ? 'LE' : 'BE') !== endianness()
  let [a, b] = [0, 0]
  return (...parts) => {
    const bytes = Buffer.concat(parts)
    if (foreign) bytes.swap32()
    const words = new Uint32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length))
    for (let i = 0; i < words.length; i += 2) {
      a = (a + (words[i] ?? 0) + b) | 0
      b = (b + (words[i + 1] ?? 0) + a) | 0
    }
    const sum = Buffer.alloc(8)
    sum.writeInt32BE(a, 0)
    sum.writeInt32BE(b, 4)
    return sum
  }
}

function withFile<T>(file: string, use: (fd: number) => T): T | null {
  let fd: number
  try {
    fd = openSync(file, 'r')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
  try {
    return use(fd)
  } finally {
    closeSync(fd)
  }
}
