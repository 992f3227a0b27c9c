import type { Connection } from 'mongoose'
import type { Config } from '../../src/config.js'
import { hasDatabase, runningBuiltinDatabase, startBuiltinDatabase } from '../../src/platform/db/builtin/index.js'
import { connect } from '../../src/platform/db/connection.js'
import { UsageError } from '../support/command.js'

/** Where a database is: the built-in one of a data folder, or what an address names. */
export type Place = { dataDir: string } | { uri: string }

export const ownPlace = ({ mongodbUri, dataDir }: Config): Place => (mongodbUri ? { uri: mongodbUri } : { dataDir })

/** Opens a database to read it: a built-in one over the socket of the product that has it, and itself where none runs. */
export async function reading<T>(place: Place, use: (db: Connection) => Promise<T>): Promise<T> {
  if ('uri' in place) return connected(place.uri, use)
  const { dataDir } = place
  if (!hasDatabase(dataDir)) throw new UsageError(`There is no database in ${dataDir}.`)
  const running = await runningBuiltinDatabase(dataDir)
  return running ? connected(running, use) : opened(dataDir, use)
}

/** Opens a database to fill it; a built-in one is made where there is none, and nobody else may have it. */
export async function filling<T>(place: Place, use: (db: Connection) => Promise<T>): Promise<T> {
  if ('uri' in place) return connected(place.uri, use)
  await refuseRunning(place.dataDir)
  return opened(place.dataDir, use)
}

/** @throws UsageError while a product has the built-in database of a folder open */
export async function refuseRunning(dataDir: string): Promise<void> {
  if (await runningBuiltinDatabase(dataDir)) throw new UsageError(`The product runs on ${dataDir}: stop it first.`)
}

async function opened<T>(dataDir: string, use: (db: Connection) => Promise<T>): Promise<T> {
  const database = await startBuiltinDatabase({ dataDir, log: (message) => process.stderr.write(`${message}\n`) })
  try {
    return await connected(database.uri, use)
  } finally {
    await database.close()
  }
}

async function connected<T>(uri: string, use: (db: Connection) => Promise<T>): Promise<T> {
  const db = await connect(uri)
  try {
    return await use(db)
  } finally {
    await db.close()
  }
}
