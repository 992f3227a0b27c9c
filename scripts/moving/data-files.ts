import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { ArchivedFile } from '../../src/platform/db/archive/format.js'

/** What of a data folder belongs to its data beside the database: the secrets it is sealed with, and the audit log's noted head. */
const SECRETS = 'secrets'
const HEAD = 'audit-head'
const BELONGS = /^(secrets\/[a-z-]+|audit-head)$/

/** Read before the database is, since a head that is noted later is not in it. */
export function readDataFiles(dataDir: string, withSecrets: boolean): ArchivedFile[] {
  const secrets = withSecrets && existsSync(join(dataDir, SECRETS)) ? readdirSync(join(dataDir, SECRETS)) : []
  return [...secrets.map((name) => `${SECRETS}/${name}`).sort(), HEAD]
    .filter((path) => BELONGS.test(path) && existsSync(join(dataDir, path)))
    .map((path) => ({ path, bytes: readFileSync(join(dataDir, path)) }))
}

/** @throws for a path that leads elsewhere */
export function checkDataFiles(files: readonly ArchivedFile[]): void {
  const stray = files.find(({ path }) => !BELONGS.test(path))
  if (stray) throw new Error(`The archive holds ${stray.path}, which belongs to no data folder.`)
}

/** Whether a folder has files that would be replaced by others. */
export const wouldReplace = (dataDir: string, files: readonly ArchivedFile[]): boolean =>
  files.some(({ path, bytes }) => {
    const own = join(dataDir, path)
    return existsSync(own) && !readFileSync(own).equals(bytes)
  })

/**
 * Puts the archived files in the place of those that are there, which are moved aside, and runs the rest of the work; where that fails
 * everything is as it was, unless the rest has called `keep`: then the archived files stay.
 * @param staging a folder on the same disk
 */
export async function replaceDataFiles(
  dataDir: string,
  files: readonly ArchivedFile[],
  { staging, aside }: { staging: string; aside: string },
  rest: (keep: () => void) => Promise<void> | void,
): Promise<void> {
  for (const { path, bytes } of files) {
    mkdirSync(dirname(join(staging, path)), { recursive: true, mode: 0o700 })
    writeFileSync(join(staging, path), bytes, { mode: 0o600, flush: true })
  }
  const undo: (() => void)[] = []
  const move = (from: string, to: string) => {
    if (!existsSync(from)) return
    mkdirSync(dirname(to), { recursive: true, mode: 0o700 })
    renameSync(from, to)
    undo.unshift(() => renameSync(to, from))
  }
  try {
    for (const top of [SECRETS, HEAD]) {
      // A head that was noted after the backup stands in no restored log; secrets stay where the archive has none.
      if (top === HEAD || files.some(({ path }) => path.startsWith(top))) {
        move(join(dataDir, top), join(aside, top))
        move(join(staging, top), join(dataDir, top))
      }
    }
    await rest(() => undo.splice(0))
  } catch (error) {
    for (const step of undo) step()
    throw error
  }
}
