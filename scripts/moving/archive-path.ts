import { existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { callersPath, UsageError } from '../support/command.js'

/** A new file for an archive. A folder may be named as well: then the file has the name that is given here. */
export function newArchive(given: string, name: string): string {
  const path = callersPath(given)
  const file = existsSync(path) && statSync(path).isDirectory() ? join(path, name) : path
  if (existsSync(file)) throw new UsageError(`${file} is there already: choose another name.`)
  if (!existsSync(dirname(file))) throw new UsageError(`There is no folder ${dirname(file)}.`)
  return file
}

/** Where backups go for which no file is named. */
export function backupFolder(dataDir: string): string {
  const folder = join(dataDir, 'backups')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return folder
}

/** An archive that is there. */
export function existingArchive(given: string): string {
  const path = callersPath(given)
  if (!existsSync(path) || !statSync(path).isFile()) throw new UsageError(`There is no file ${path}.`)
  return path
}

/** A moment as part of a file's name, by UTC. */
export const stamp = (at: Date): string => `${at.toISOString().slice(0, 19).replaceAll(':', '-')}Z`
