import type { Connection } from 'mongoose'
import { type CollectionInfo, type Db, databaseOf, listCollections, storedDocuments } from './collections.js'
import type { ArchivedCollection, ArchivedFile, ArchiveEntry, ArchiveHeader } from './format.js'

/** A database that cannot be written to an archive as it is, or not now; the message says why. */
export class UnreadableDatabase extends Error {
  override readonly name = 'UnreadableDatabase'
}

export interface ReadOptions {
  madeAt?: Date
  files?: readonly ArchivedFile[]
  /** Told how many documents there are, about, and then how many have been read. */
  onStart?: (documents: number) => void
  onDocuments?: (documents: number) => void
}

/** Attempts at a moment in which no collection comes or goes. */
const ATTEMPTS = 5
const PROGRESS_EVERY = 500

/**
 * All of a database as it was at one moment, whatever is written to it meanwhile.
 * @throws UnreadableDatabase where it holds more than collections, or the server keeps no moment for so long
 */
export async function* readDatabase(
  connection: Connection,
  { madeAt, files = [], onStart = () => {}, onDocuments = () => {} }: ReadOptions = {},
): AsyncGenerator<ArchiveEntry> {
  const db = databaseOf(connection)
  const { session, step, collections } = await takeSnapshot(connection, db)
  try {
    const other = collections.find(({ type }) => type !== 'collection')
    if (other)
      throw new UnreadableDatabase(`${other.name} is a ${other.type}: an archive holds plain collections alone.`)
    const counts = await Promise.all(collections.map(({ name }) => db.collection(name).estimatedDocumentCount()))
    onStart(counts.reduce((sum, count) => sum + count, 0))
    const header: ArchiveHeader = { step, ...(madeAt && { madeAt }) }
    yield { kind: 'header', header }
    for (const file of files) yield { kind: 'file', file }
    let read = 0
    for (const info of collections) {
      yield { kind: 'collection', collection: await describe(db, info) }
      for await (const raw of storedDocuments(db, info.name, session)) {
        yield { kind: 'document', raw }
        if (++read % PROGRESS_EVERY === 0) onDocuments(read)
      }
    }
    const left = new Set((await listCollections(db)).map(inShort))
    const gone = collections.find((info) => !left.has(inShort(info)))
    if (gone) throw new UnreadableDatabase(`${gone.name} was dropped or renamed meanwhile. Run the command again.`)
  } catch (error) {
    throw told(error)
  } finally {
    await session.endSession()
  }
}

/** Documents are read as of one moment, but collections are listed as they are now: the two must agree. */
async function takeSnapshot(connection: Connection, db: Db) {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const before = await listCollections(db)
    const session = await connection.startSession({ snapshot: true })
    try {
      const state = await db
        .collection<{ _id: string; done?: number }>('migrations')
        .findOne({ _id: 'schema' }, { session })
      const after = await listCollections(db)
      if (before.map(inShort).join() === after.map(inShort).join())
        return { session, collections: before, step: state?.done ?? null }
    } catch (error) {
      await session.endSession()
      throw told(error)
    }
    await session.endSession()
  }
  throw new UnreadableDatabase('Collections come and go all the time. Run the command again when that is over.')
}

const inShort = ({ name, id }: CollectionInfo) => `${name} ${id}`

async function describe(db: Db, { name, options }: CollectionInfo): Promise<ArchivedCollection> {
  const indexes = await db.collection(name).listIndexes({ promoteValues: false, bsonRegExp: true }).toArray()
  return {
    name,
    options,
    indexes: indexes
      .filter((index) => index.name !== '_id_' && !index.clustered)
      // Older servers name the collection in it.
      .map(({ ns, ...index }) => index)
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
  }
}

/** What a server says that cannot give a moment, or not for so long. */
function told(error: unknown): unknown {
  switch ((error as { codeName?: string }).codeName) {
    case 'SnapshotTooOld':
      return new UnreadableDatabase(
        'The server keeps a moment for a shorter time than reading all of it takes: raise minSnapshotHistoryWindowInSeconds, or use mongodump.',
        { cause: error },
      )
    case 'NamespaceNotFound':
    case 'SnapshotUnavailable':
      return new UnreadableDatabase('Collections or indexes were changed meanwhile. Run the command again.', {
        cause: error,
      })
    case 'NotAReplicaSet':
      return new UnreadableDatabase('The server is no replica set, which is what reading one moment takes.', {
        cause: error,
      })
  }
  return error
}
