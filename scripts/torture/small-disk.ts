import { closeSync, existsSync, openSync, readdirSync, rmSync, statfsSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { UsageError } from '../support/command.js'

/** A file system so small that it can be filled. */
export interface SmallDisk {
  /** A folder on it for the data, which is made when it is used. */
  folder: string
  /** What it is, and what could not be had, in words for the report. */
  notes: readonly string[]
  /** Takes what room there is but for so many bytes; called again, what has become free since. */
  fill(spareBytes: number): void
  /** Gives back what `fill` took. */
  free(): void
  /** Null where the file system is somebody else's. */
  readOnly: ReadOnly | null
  release(): void
}

export interface ReadOnly {
  /** Whether it may begin while files are open for writing. */
  underUse: boolean
  begin(): void
  /** Nobody may have a file open by then. */
  end(): void
}

/** What is larger takes too long to fill, and may be a disk that others need. */
const LARGEST_MB = 256
const CHUNKS = [1024 * 1024, 4096].map((bytes) => Buffer.alloc(bytes, 'x'))

/** @throws UsageError for a folder that is on a large file system, or has something in it */
export function callersDisk(folder: string): SmallDisk {
  if (!existsSync(folder)) throw new UsageError(`There is no folder ${folder}.`)
  const { blocks, bsize } = statfsSync(folder)
  const mb = Math.round((blocks * bsize) / 2 ** 20)
  if (mb > LARGEST_MB)
    throw new UsageError(`The file system of ${folder} would be filled: it has ${mb} MB, and may have ${LARGEST_MB}.`)
  if (readdirSync(folder).some((name) => name !== 'lost+found')) throw new UsageError(`${folder} is not empty.`)
  const disk = filledIn(folder)
  return {
    ...disk,
    notes: [`on ${folder}, of ${mb} MB`, 'NOT TRIED: read-only, since the file system is not of our making'],
    readOnly: null,
    release() {
      disk.free()
      rmSync(disk.folder, { recursive: true, force: true })
    },
  }
}

/** What fills the file system on which a folder is, but for the data. */
export function filledIn(mount: string): Pick<SmallDisk, 'folder' | 'fill' | 'free'> {
  const ballast = join(mount, 'ballast')
  return {
    folder: join(mount, 'data'),
    fill(spareBytes) {
      const file = openSync(ballast, 'a')
      try {
        for (const chunk of CHUNKS) while (roomIn(mount) - chunk.length >= spareBytes && wrote(file, chunk));
      } finally {
        closeSync(file)
      }
    },
    free: () => rmSync(ballast, { force: true }),
  }
}

function roomIn(mount: string): number {
  const { bfree, bsize } = statfsSync(mount)
  return bfree * bsize
}

/** False where there was no room for all of it. */
function wrote(file: number, chunk: Buffer): boolean {
  try {
    return writeSync(file, chunk) === chunk.length
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') return false
    throw error
  }
}
