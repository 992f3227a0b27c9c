import { cpSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { MongoClient } from 'mongodb'
import { randomFrom } from '../bench/search/random.js'
import { throwAwayFolder } from '../support/throw-away-folder.js'
import { prepare } from './collections.js'
import { type Load, prepareLoad } from './load.js'
import { startOwnDatabase } from './own-database.js'

/** A folder as a killed database has left it, and what it had promised. */
export interface Site {
  folder: string
  load: Load
  /** The last moment of each writer that had been acknowledged by then: its place in the writer's history. */
  promised: readonly number[]
}

/** The database is killed within so many milliseconds of writing. */
const MOMENT_MS = 1500
/** Before the first. */
const FILL_MS = 4000

/** Kills a database again and again, and hands out a copy of its folder each time. */
export async function* sites(count: number, writers: number, seed: number): AsyncGenerator<Site> {
  const parts = await throwAwayFolder('torture')
  const [folder, copy] = [join(parts, 'data'), join(parts, 'site')]
  mkdirSync(folder)
  const random = randomFrom(seed)
  let own = await startOwnDatabase(folder)
  const client = await new MongoClient(own.uri).connect()
  try {
    await prepare(client)
    const load = await prepareLoad(client, writers, seed)
    // So that there is something in the database file, and not in the log alone.
    await load.run(() => pause(FILL_MS))
    await own.stop()
    own = await startOwnDatabase(folder)
    for (let made = 0; made < count; made++) {
      let promised: number[] = []
      await load.run(async (halt) => {
        await pause(200 + random.below(MOMENT_MS))
        halt()
        await own.killBoth()
        promised = load.ledgers.map(({ history }) => history.length - 1)
        rmSync(copy, { recursive: true, force: true })
        await letGo()
        cpSync(folder, copy, { recursive: true, filter: (file) => !file.endsWith('.sock') })
        own = await startOwnDatabase(folder)
      })
      yield { folder: copy, load, promised }
    }
  } finally {
    await client.close()
    await own.killBoth()
  }
}

/** The kernel may still be writing what the killed process had handed to it. */
const letGo = () => pause(100)
