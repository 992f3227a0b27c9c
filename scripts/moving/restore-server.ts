import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { mongo } from 'mongoose'
import { forgetOffsets } from '../../src/modules/indexing/index.js'
import { databaseOf, listCollections } from '../../src/platform/db/archive/collections.js'
import { type Compared, RefusedByDatabase } from '../../src/platform/db/archive/fill-database.js'
import { noMoreInterruption, UsageError } from '../support/command.js'
import { type Checked, fillFrom } from './archived.js'
import { replaceDataFiles, wouldReplace } from './data-files.js'
import { filling } from './places.js'
import { newStaging, type RestoreOptions } from './restore-folder.js'

/** Before the names of collections that are not in their place yet. */
const PREFIX = 'restoring.'

/**
 * Fills collections of other names beside those that are there, compares them, and only then gives them their names, one after another:
 * a server has no way to do that at once.
 */
export async function restoreIntoServer(
  uri: string,
  archive: Checked,
  { dataDir, replace, aside, signal }: RestoreOptions,
): Promise<Compared[]> {
  return filling({ uri }, async (connection) => {
    const db = databaseOf(connection)
    const all = (await listCollections(db)).map(({ name }) => name)
    const there = all.filter((name) => !name.startsWith(PREFIX))
    if (!replace && (there.length > 0 || wouldReplace(dataDir, archive.files)))
      throw new UsageError(
        'There is data already. With --replace the archive takes its place, and what is there is gone.',
      )
    for (const left of all.filter((name) => name.startsWith(PREFIX))) await db.dropCollection(left)
    const compared = await fillFrom(archive, connection, { label: 'restore', signal, named: (name) => PREFIX + name })
    noMoreInterruption(signal)
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    const staging = newStaging(dataDir)
    try {
      await replaceDataFiles(dataDir, archive.files, { staging, aside }, async (keep) => {
        rmSync(join(dataDir, 'search'), { recursive: true, force: true })
        let begun = false
        try {
          for (const { name } of compared) {
            await db.renameCollection(PREFIX + name, name, { dropTarget: true })
            begun = true
          }
          const restored = new Set(compared.map(({ name }) => name))
          for (const name of there) if (!restored.has(name)) await db.dropCollection(name)
          await forgetOffsets(connection)
        } catch (error) {
          // Whether the first was renamed nobody knows when the answer is missing.
          if (!begun && error instanceof mongo.MongoServerError) throw error
          keep()
          throw new RefusedByDatabase(
            `The data is half replaced: run the same command again with --replace. ${(error as Error).message}`,
            { cause: error },
          )
        }
      })
    } finally {
      rmSync(staging, { recursive: true, force: true })
    }
    return compared
  })
}
