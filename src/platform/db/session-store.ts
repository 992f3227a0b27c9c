import MongoStore from 'connect-mongo'
import type { Store } from 'express-session'
import type { ClientSession, Connection } from 'mongoose'

const COLLECTION = 'sessions'

/** Seconds between two writes of a session that has not changed. */
const TOUCH_AFTER = 600

/** Sessions in the database, so that they survive a restart. */
export function createSessionStore(db: Connection): Store {
  return MongoStore.create({
    client: db.getClient(),
    ...(db.name && { dbName: db.name }),
    collectionName: COLLECTION,
    touchAfter: TOUCH_AFTER,
    // The index that lets sessions end is made by a migration, as every index.
    autoRemove: 'disabled',
  })
}

export async function createSessionIndexes(db: Connection): Promise<void> {
  await db.collection(COLLECTION).createIndex({ expires: 1 }, { expireAfterSeconds: 0 })
}

/** Deletes the sessions in which `mark` stands, an id of [0-9a-z]: what their browsers were writing goes with them. */
export async function forgetSessions(db: Connection, mark: string, session: ClientSession): Promise<void> {
  await db.collection(COLLECTION).deleteMany({ session: { $regex: mark } }, { session })
}
