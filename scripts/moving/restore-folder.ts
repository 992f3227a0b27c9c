import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { forgetOffsets } from '../../src/modules/indexing/index.js'
import type { Compared } from '../../src/platform/db/archive/fill-database.js'
import {
  DatabaseStartError,
  hasDatabase,
  isClosedInOrder,
  lockDataFolder,
  replaceDatabase,
} from '../../src/platform/db/builtin/index.js'
import { noMoreInterruption, UsageError } from '../support/command.js'
import { type Checked, fillFrom } from './archived.js'
import { replaceDataFiles, wouldReplace } from './data-files.js'
import { filling, refuseRunning } from './places.js'

export interface RestoreOptions {
  dataDir: string
  /** Whether data that is there may be replaced. */
  replace: boolean
  /** Where what was there is kept. */
  aside: string
  signal: AbortSignal
}

const STAGING = 'restoring-'

/** The built-in search engine's own files: they follow the former data. */
const SEARCH = 'search'

/**
 * Makes a database of its own of the archive, compares it, and only then puts it in the place of the one that is there. Nobody else can
 * open the folder meanwhile.
 */
export async function restoreIntoFolder(archive: Checked, options: RestoreOptions): Promise<Compared[]> {
  const { dataDir, replace, aside, signal } = options
  await refuseRunning(dataDir)
  await settle(dataDir)
  const unlock = lockDataFolder(dataDir)
  try {
    if (!replace && (hasDatabase(dataDir) || wouldReplace(dataDir, archive.files)))
      throw new UsageError(
        `There is data in ${dataDir}. With --replace it is put aside and the archive takes its place.`,
      )
    const staging = newStaging(dataDir)
    try {
      const compared = await filling({ dataDir: staging }, async (db) => {
        const done = await fillFrom(archive, db, { label: 'restore', signal })
        await forgetOffsets(db)
        return done
      })
      noMoreInterruption(signal)
      await replaceDataFiles(dataDir, archive.files, { staging, aside }, () => {
        rmSync(join(dataDir, SEARCH), { recursive: true, force: true })
        replaceDatabase(dataDir, staging, aside)
      })
      return compared
    } finally {
      rmSync(staging, { recursive: true, force: true })
    }
  } finally {
    unlock()
  }
}

/** Closes a database in order that was last ended by force. A damaged one cannot be, and is moved aside as it is. */
async function settle(dataDir: string): Promise<void> {
  if (!hasDatabase(dataDir) || isClosedInOrder(dataDir)) return
  try {
    await filling({ dataDir }, async () => {})
  } catch (error) {
    if (!(error instanceof DatabaseStartError) || error.reason === 'locked') throw error
  }
}

/** A folder on the same disk; what a restore that was cut off has left goes. */
export function newStaging(dataDir: string): string {
  for (const name of existsSync(dataDir) ? readdirSync(dataDir) : [])
    if (name.startsWith(STAGING)) rmSync(join(dataDir, name), { recursive: true, force: true })
  return mkdtempSync(join(dataDir, STAGING))
}
