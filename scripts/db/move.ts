import { statSync } from 'node:fs'
import { join } from 'node:path'
import { loadConfig } from '../../src/config.js'
import { databaseOf, listCollections } from '../../src/platform/db/archive/collections.js'
import { existingArchive, newArchive } from '../moving/archive-path.js'
import { checked, fillFrom, writeFrom } from '../moving/archived.js'
import { filling, ownPlace, type Place, reading } from '../moving/places.js'
import { cost, inWords, megabytes, sumsOf, table } from '../moving/report.js'
import { EXIT, interruption, UsageError } from '../support/command.js'
import { throwAwayFolder } from '../support/throw-away-folder.js'

export const MOVING_HELP = `
A database is built-in (that of DATA_DIR) or an address such as mongodb://user:password@host/name; the name in it is that of the database.

export reads the database as it was at one moment, whoever writes to it meanwhile: documents byte for byte, the options of collections, and
every index. import wants a database without collections, and a built-in one that no product has open. Both end with a table of what was
written and what was found when it was read again; import takes away what it has made when that differs, or when the database refuses
something. The secrets of DATA_DIR are not in an export: between two machines use backup and restore, or copy them.

Exit code: 0 done and equal, 2 not done, and nothing is left behind unless it says so, 130 stopped and nothing is left behind.`

const BUILT_IN = 'built-in'

function placeOf(given: string): Place {
  const config = loadConfig(process.env)
  if (given === BUILT_IN) return { dataDir: config.dataDir }
  if (!/^mongodb(\+srv)?:\/\/\S+$/.test(given))
    throw new UsageError(`"${given}" is neither ${BUILT_IN} nor an address that starts with mongodb://.`)
  return { uri: given }
}

export async function exportArchive(file: string, { from, json }: { from?: string; json?: true }): Promise<void> {
  const started = performance.now()
  const path = newArchive(file, 'export.archive')
  const place = from ? placeOf(from) : ownPlace(loadConfig(process.env))
  const { collections } = await reading(place, (db) => writeFrom(path, db, { label: 'export', signal: interruption() }))
  const sums = sumsOf(collections)
  const { seconds, memoryMb } = cost(started)
  process.stdout.write(
    `${table(collections)}${inWords(sums)} in ${path} (${megabytes(statSync(path).size)}), read again and equal, in ${seconds} s with at most ${memoryMb} MB of memory.\n`,
  )
  if (json) process.stdout.write(`${JSON.stringify({ file: path, ...sums, seconds, memoryMb })}\n`)
  process.exitCode = EXIT.done
}

/** Export and import in one, by way of an archive that nobody else can read and that goes whatever comes. */
export async function moveDatabase({ from, to, json }: { from?: string; to: string; json?: true }): Promise<void> {
  // Before all is read: where it shall go must be a place.
  placeOf(to)
  const file = join(await throwAwayFolder('move'), 'moved.archive')
  await exportArchive(file, from === undefined ? {} : { from })
  await importArchive(file, json ? { to, json } : { to })
}

export async function importArchive(file: string, { to, json }: { to: string; json?: true }): Promise<void> {
  const started = performance.now()
  const place = placeOf(to)
  const archive = await checked(existingArchive(file))
  const signal = interruption()
  const compared = await filling(place, async (db) => {
    const [first, ...others] = await listCollections(databaseOf(db))
    if (first) {
      const more = others.length > 0 ? ` and ${others.length} more` : ''
      throw new UsageError(
        `The database has collections already: ${first.name}${more}. An import wants one without any.`,
      )
    }
    return fillFrom(archive, db, { label: 'import', signal })
  })
  const sums = sumsOf(compared)
  const { seconds, memoryMb } = cost(started)
  process.stdout.write(
    `${table(compared)}${inWords(sums)} written, read again and equal, in ${seconds} s with at most ${memoryMb} MB of memory.\n`,
  )
  if (json) process.stdout.write(`${JSON.stringify({ ...sums, seconds, memoryMb })}\n`)
  process.exitCode = EXIT.done
}
