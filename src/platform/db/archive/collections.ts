import type { Connection, mongo } from 'mongoose'

export type Db = mongo.Db

/** A collection as the database tells of it. */
export interface CollectionInfo {
  name: string
  type: string
  options: mongo.Document
  /** Another when a collection was dropped and made again. */
  id: string
}

/** The database that an address names. */
export function databaseOf({ db }: Connection): Db {
  if (!db) throw new Error('the connection is closed')
  return db
}

/** What stands in a database, by name; without what the server keeps there for itself. */
export async function listCollections(db: Db): Promise<CollectionInfo[]> {
  const found = await db.listCollections({}, { nameOnly: false, promoteValues: false, bsonRegExp: true }).toArray()
  return found
    .filter(({ name }) => !name.startsWith('system.'))
    .map(({ name, type, options, info }) => ({
      name,
      type: type ?? '',
      options: options ?? {},
      id: String(info?.uuid),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** The documents of a collection as they are stored, in order of _id. */
export function storedDocuments(db: Db, name: string, session?: mongo.ClientSession): AsyncIterable<Uint8Array> {
  const options = { raw: true, batchSize: BATCH, ...(session && { session }) }
  return db.collection(name).find({}, options).sort({ _id: 1 }) as AsyncIterable<unknown> as AsyncIterable<Uint8Array>
}

/** So few that a database of one thread has time for others between two batches. */
const BATCH = 500
