import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What comes and goes with a process, and holds no data. */
const PASSING = /^(run(\/.*)?|database\.lock(-journal)?|database\.sqlite-(shm|wal))$/

/** A digest of each file of a data folder that nobody has open, to show that nothing was changed. */
export function folderState(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const paths = entries.map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
  const digest = (path: string) =>
    createHash('sha256')
      .update(readFileSync(join(folder, path)))
      .digest('hex')
  return Object.fromEntries(
    paths
      .filter((path) => !PASSING.test(path))
      .sort()
      .map((path) => [path, digest(path)]),
  )
}
