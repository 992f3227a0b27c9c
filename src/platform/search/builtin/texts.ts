import { closeSync, openSync, readSync } from 'node:fs'

/** Bytes that are read in parts. */
export interface Texts {
  /** Bytes. */
  length: number
  read(start: number, end: number): Uint8Array
  /** They are not read any more. */
  close(): void
}

export const inMemory = (bytes: Uint8Array): Texts => ({
  length: bytes.length,
  read: (start, end) => bytes.subarray(start, end),
  close: () => undefined,
})

/**
 * A range of a file, which stays open, so that it can be read when another file has taken its name. The system keeps in memory what is
 * read often.
 */
export function inFile(path: string, from: number, length: number): Texts {
  const file = openSync(path, 'r')
  let open = true
  return {
    length,
    read: (start, end) => {
      if (!open) throw new Error(`${path} is not read any more`)
      const bytes = Buffer.allocUnsafe(end - start)
      const read = readSync(file, bytes, 0, bytes.length, from + start)
      if (read < bytes.length) throw new Error(`${path} is shorter than it was`)
      return bytes
    },
    close: () => {
      if (open) closeSync(file)
      open = false
    },
  }
}
