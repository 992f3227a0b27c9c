import { closeSync, fsyncSync, openSync } from 'node:fs'

/** How systems say that a folder cannot be opened or synced like a file: there it takes care of itself. */
const NOT_POSSIBLE = ['EPERM', 'EINVAL', 'EISDIR', 'EACCES']

/** Has the names in a folder on the disk: that of a new or renamed file is there only once its folder is. @throws errors of the disk */
export function syncFolder(folder: string): void {
  try {
    const handle = openSync(folder, 'r')
    try {
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
  } catch (error) {
    if (!NOT_POSSIBLE.includes(String((error as NodeJS.ErrnoException).code))) throw error
  }
}
