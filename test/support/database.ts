import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Connection } from 'mongoose'
import { newId } from '../../src/kernel/ids.js'
import { connect } from '../../src/platform/db/connection.js'
import { startDatabaseHere } from './database-here.js'

export interface TestDatabase {
  db: Connection
  close(): Promise<void>
}

/**
 * An empty database: one of its own on the server that MONGODB_URI names, else the built-in store in a throw-away folder.
 * @param testCommands whether the built-in one lets commands fail; a server has been told at its start
 */
export async function openTestDatabase({ testCommands = false } = {}): Promise<TestDatabase> {
  const server = process.env.MONGODB_URI
  if (server) {
    const db = (await connect(server)).useDb(`test-${newId()}`)
    return {
      db,
      close: async () => {
        await db.dropDatabase()
        await db.close()
      },
    }
  }
  const folder = mkdtempSync(join(tmpdir(), 'db-'))
  const store = await startDatabaseHere({ dataDir: folder, testCommands })
  const db = await connect(store.uri)
  return {
    db,
    close: async () => {
      await db.close()
      await store.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
