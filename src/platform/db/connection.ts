import mongoose, { type ClientSession, type Connection } from 'mongoose'
import { Unavailable } from '../../kernel/errors.js'
import { wakeWritersOfClosedSockets } from './closed-sockets.js'

// A query that names an unknown field, or an operator where a value belongs, is a mistake to see, not to drop.
mongoose.set('strictQuery', 'throw')
mongoose.set('sanitizeFilter', false)
wakeWritersOfClosedSockets()

/**
 * Connects mongoose to a server that speaks MongoDB's protocol.
 * @throws {Unavailable} when no server answers within 10 s.
 */
export async function connect(uri: string): Promise<Connection> {
  try {
    return await mongoose
      .createConnection(uri, {
        // Indexes are made by migrations, under a lock, and nowhere else.
        autoIndex: false,
        autoCreate: false,
        serverSelectionTimeoutMS: 10_000,
        maxPoolSize: 20,
      })
      .asPromise()
  } catch (cause) {
    throw new Unavailable('database', cause)
  }
}

/**
 * Runs `work` in one transaction; the driver repeats it on a write conflict, so it must not have effects outside the
 * database. Every query in it must be given the session.
 */
export async function inTransaction<T>(db: Connection, work: (session: ClientSession) => Promise<T>): Promise<T> {
  const session = await db.startSession()
  try {
    return await session.withTransaction(() => work(session), {
      readConcern: { level: 'snapshot' },
      writeConcern: { w: 'majority' },
    })
  } finally {
    await session.endSession()
  }
}

/** Whether the database answers now, within `timeoutMs`. */
export async function ping(db: Connection, timeoutMs = 2_000): Promise<boolean> {
  if (!db.db) return false
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), timeoutMs)
  })
  try {
    return await Promise.race([db.db.command({ ping: 1 }).then(() => true), late])
  } catch {
    return false
  } finally {
    clearTimeout(timer)
  }
}
