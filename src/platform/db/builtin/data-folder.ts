import { copyFileSync, existsSync, linkSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { syncFolder } from '../sync-folder.js'
import { forgetAddress } from './address.js'
import { sumsFile, walFile } from './storage/inspect.js'
import { acquireLock, DATABASE_FILE, LOCK_FILE } from './storage/open.js'

const fileOf = (dataDir: string): string => join(dataDir, DATABASE_FILE)

export const hasDatabase = (dataDir: string): boolean => existsSync(fileOf(dataDir))

/** False for a folder that no database has ever been opened in. */
export const hasLock = (dataDir: string): boolean => existsSync(join(dataDir, LOCK_FILE))

/** Whether the database was closed in order: then all of it is in the file itself, and nothing in the log. */
export function isClosedInOrder(dataDir: string): boolean {
  const log = walFile(fileOf(dataDir))
  return !existsSync(log) || statSync(log).size === 0
}

/**
 * Keeps every other process out of a data folder, the product itself included, until the answer is called. No database runs there then, so
 * an address that one has left behind goes.
 * @param waitMs how long to wait for a process that has it
 * @throws DatabaseStartError when another process has it
 */
export function lockDataFolder(dataDir: string, waitMs?: number): () => void {
  const lock = acquireLock(dataDir, waitMs)
  try {
    forgetAddress(dataDir)
  } catch (error) {
    lock.close()
    throw error
  }
  return () => lock.close()
}

/**
 * Puts the database of one data folder, closed in order, in the place of another's, whose own is kept in a third. Wherever it is cut off,
 * there is one whole database in the place: the former or the new one; unless the former was not closed in order, which is so of a damaged
 * one alone. Whoever calls it has locked `dataDir`.
 */
export function replaceDatabase(dataDir: string, from: string, aside: string): void {
  const [own, other] = [fileOf(dataDir), fileOf(from)]
  if (!isClosedInOrder(from)) throw new Error(`the database in ${from} was not closed in order`)
  if (existsSync(own)) keep(own, aside)
  try {
    // A database without the sums of its pages is looked through at its next start; with another's it would pass for damaged.
    rmSync(sumsFile(own), { force: true })
    renameSync(other, own)
  } catch (error) {
    if (existsSync(aside)) stay(join(aside, basename(sumsFile(own))), sumsFile(own))
    throw error
  }
  try {
    if (existsSync(sumsFile(other))) renameSync(sumsFile(other), sumsFile(own))
    syncFolder(dirname(own))
  } catch {
    // The new database is in its place, and whole without its sums: to fail now would have its secrets taken away again.
  }
}

/** What belongs to no file but the one it was made with goes; the file and its sums stay in their places as well. */
function keep(own: string, aside: string): void {
  mkdirSync(aside, { recursive: true, mode: 0o700 })
  const at = (file: string) => join(aside, basename(file))
  for (const file of [own, sumsFile(own)]) stay(file, at(file))
  for (const file of [walFile(own), `${own}-shm`]) if (existsSync(file)) renameSync(file, at(file))
  syncFolder(aside)
}

function stay(file: string, copy: string): void {
  if (!existsSync(file)) return
  try {
    linkSync(file, copy)
  } catch {
    // Not every file system has hard links.
    copyFileSync(file, copy)
  }
}
