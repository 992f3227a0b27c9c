import type { Connection } from 'mongoose'
import { MIGRATIONS } from '../../src/migrations.js'
import { type ArchiveSummary, checkArchive, readArchive, writeArchive } from '../../src/platform/db/archive/files.js'
import { type Compared, fillDatabase } from '../../src/platform/db/archive/fill-database.js'
import type { ArchivedFile } from '../../src/platform/db/archive/format.js'
import { readDatabase } from '../../src/platform/db/archive/read-database.js'
import { UsageError } from '../support/command.js'
import { showProgress } from '../support/progress.js'
import { sumsOf } from './report.js'

/** An archive that has been read from its first byte to its last and found whole. */
export interface Checked extends ArchiveSummary {
  path: string
}

/** @throws UnreadableArchive; UsageError for data of a newer version of the product */
export async function checked(path: string): Promise<Checked> {
  const summary = await checkArchive(path)
  const known = MIGRATIONS.at(-1)?.number ?? 0
  const { step } = summary.header
  if (step !== null && step > known)
    throw new UsageError(
      `The data in ${path} is at step ${step}, this program knows ${known}: use a newer version of it.`,
    )
  return { ...summary, path }
}

type Filled = Parameters<typeof fillDatabase>

/** Writes a database to an archive, under a bar for who watches. */
export function writeFrom(
  path: string,
  db: Connection,
  { label, signal, ...content }: { label: string; signal: AbortSignal; madeAt?: Date; files?: ArchivedFile[] },
): Promise<ArchiveSummary> {
  let progress = showProgress(label, 1)
  const entries = readDatabase(db, {
    ...content,
    onStart: (documents) => {
      progress.stop()
      progress = showProgress(label, documents)
    },
    onDocuments: (documents) => progress.at(documents),
  })
  return writeArchive(path, entries, signal).finally(() => progress.stop())
}

/** Fills a database from an archive, under a bar for who watches. */
export async function fillFrom(
  { path, collections }: Checked,
  db: Filled[0],
  { label, signal, named }: { label: string; signal: AbortSignal; named?: (name: string) => string },
): Promise<Compared[]> {
  const progress = showProgress(label, sumsOf(collections).documents)
  const options = { ...(named && { named }), onDocuments: progress.at, signal }
  return fillDatabase(db, readArchive(path), collections, options).finally(() => progress.stop())
}
