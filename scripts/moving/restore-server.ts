import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { forgetOffsets } from '../../src/modules/indexing/index.js'
import { databaseOf, listCollections } from '../../src/platform/db/archive/collections.js'
import type { Compared } from '../../src/platform/db/archive/fill-database.js'
import { UsageError } from '../support/command.js'
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
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    const staging = newStaging(dataDir)
    try {
      await replaceDataFiles(dataDir, archive.files, { staging, aside }, async () => {
        rmSync(join(dataDir, 'search'), { recursive: true, force: true })
        for (const { name } of compared) await db.renameCollection(PREFIX + name, name, { dropTarget: true })
        const restored = new Set(compared.map(({ name }) => name))
        for (const name of there) if (!restored.has(name)) await db.dropCollection(name)
        await forgetOffsets(connection)
      })
    } finally {
      rmSync(staging, { recursive: true, force: true })
    }
    return compared
  })
}
