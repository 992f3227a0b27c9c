import type { Document } from 'bson'
import type { Connection } from 'mongoose'
import { type Db, databaseOf, storedDocuments } from './collections.js'
import type { ArchivedCollection, ArchiveEntry, CollectionTotals, Totals } from './format.js'
import { insertStored } from './insert-stored.js'
import { Tally } from './tally.js'

/** A database that does not take what an archive holds; the message says why. */
export class RefusedByDatabase extends Error {
  override readonly name = 'RefusedByDatabase'
}

/** A collection as it was archived, and what stands in the database now. */
export interface Compared extends CollectionTotals {
  there: Totals
}

export const isEqual = ({ documents, sha256, there }: Compared) =>
  documents === there.documents && sha256 === there.sha256

export interface FillOptions {
  /** The name that a collection gets; its own if it is not given. */
  named?: (name: string) => string
  /** Told how many documents have been written. */
  onDocuments?: (documents: number) => void
  /** Stops it, up to the moment when all of it is done. */
  signal?: AbortSignal
}

/** What is sent at a time, at most, unless a single document is larger. */
const BATCH = { documents: 1000, bytes: 8 * 1024 * 1024 }

/**
 * Puts the collections of an archive into a database that does not have them, documents byte for byte, and reads all of it again.
 * Where it fails or is stopped it takes away what it has made, or names it where the database does not let it.
 * @param expected what the archive holds
 * @returns what stands there, beside what should; all of it equal
 * @throws RefusedByDatabase, or what the entries and the driver throw
 */
export async function fillDatabase(
  connection: Connection,
  entries: AsyncIterable<ArchiveEntry>,
  expected: readonly CollectionTotals[],
  { named = (name) => name, onDocuments = () => {}, signal }: FillOptions = {},
): Promise<Compared[]> {
  const db = databaseOf(connection)
  const made: ArchivedCollection[] = []
  try {
    await write(db, stoppedBy(entries, signal), named, made, onDocuments)
    const compared: Compared[] = []
    for (const totals of expected) {
      signal?.throwIfAborted()
      compared.push({ ...totals, there: await totalsOf(db, named(totals.name)) })
    }
    const different = compared.find((each) => !isEqual(each))
    if (different) {
      const { name, documents, there } = different
      throw new RefusedByDatabase(
        `${name} does not hold what was written to it: ${there.documents} of ${documents} documents, or others. Is another program writing to it?`,
      )
    }
    // Only now, since a server would at once delete what has had its time.
    for (const { name, indexes } of made) await createIndexes(db, named(name), indexes.filter(expires), name)
    signal?.throwIfAborted()
    return compared
  } catch (error) {
    const names = made.map(({ name }) => named(name))
    // All at once: a database that does not answer is waited for only once.
    const drops = await Promise.allSettled(names.map((name) => db.dropCollection(name)))
    const left = names.filter((_, i) => drops[i]?.status === 'rejected')
    if (left.length === 0) throw error
    throw new RefusedByDatabase(
      `${(error as Error).message}\nThese collections are left behind, since the database did not drop them; drop them before you try again: ${left.join(', ')}`,
      { cause: error },
    )
  }
}

async function* stoppedBy(entries: AsyncIterable<ArchiveEntry>, signal?: AbortSignal): AsyncGenerator<ArchiveEntry> {
  for await (const entry of entries) {
    signal?.throwIfAborted()
    yield entry
  }
}

const expires = (index: Document) => index.expireAfterSeconds !== undefined

async function write(
  db: Db,
  entries: AsyncIterable<ArchiveEntry>,
  named: (name: string) => string,
  made: ArchivedCollection[],
  onDocuments: (documents: number) => void,
): Promise<void> {
  let batch: Uint8Array[] = []
  let bytes = 0
  let written = 0
  const send = async () => {
    const current = made.at(-1)
    if (!current || batch.length === 0) return
    // What was stored stays, be it older than what its collection asks of documents now.
    const unasked = current.options.validator !== undefined
    await refusedIn(current.name, insertStored(db, named(current.name), batch, unasked))
    written += batch.length
    onDocuments(written)
    batch = []
    bytes = 0
  }
  const end = async () => {
    await send()
    const current = made.at(-1)
    if (current)
      await createIndexes(
        db,
        named(current.name),
        current.indexes.filter((index) => !expires(index)),
        current.name,
      )
  }
  for await (const entry of entries) {
    if (entry.kind === 'collection') {
      await end()
      const { name, options } = entry.collection
      await refusedIn(name, db.command({ create: named(name), ...options }))
      made.push(entry.collection)
    }
    if (entry.kind !== 'document') continue
    if (batch.length === BATCH.documents || bytes + entry.raw.length > BATCH.bytes) await send()
    batch.push(entry.raw)
    bytes += entry.raw.length
  }
  await end()
}

async function createIndexes(db: Db, collection: string, indexes: readonly Document[], name: string): Promise<void> {
  for (const index of indexes)
    await refusedIn(`${name}, index ${index.name}`, db.command({ createIndexes: collection, indexes: [index] }))
}

/** @returns how much a collection holds, none where there is no such collection */
async function totalsOf(db: Db, name: string): Promise<Totals> {
  const tally = new Tally()
  for await (const raw of storedDocuments(db, name)) tally.add(raw)
  return tally.totals()
}

async function refusedIn(where: string, command: Promise<unknown>): Promise<void> {
  try {
    await command
  } catch (error) {
    const { name, message } = error as Error
    if (name !== 'MongoServerError') throw error
    throw new RefusedByDatabase(`The database refuses ${where}: ${message}`, { cause: error })
  }
}
