import { rmSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { MongoClient } from 'mongodb'
import type { Report } from '../bench/figures.js'
import { randomFrom } from '../bench/search/random.js'
import { throwAwayFolder } from '../support/throw-away-folder.js'
import { prepare } from './collections.js'
import { findingsRow, HEADS, type TortureOptions } from './findings.js'
import { prepareLoad } from './load.js'
import { startOwnDatabase } from './own-database.js'
import { verify } from './verify.js'

/** Each so many rounds the parent goes with the database. */
const BOTH_EACH = 5
/** The database is killed within so many milliseconds of writing, and written to for as long afterwards. */
const MOMENT_MS = 400

/** Kills the database under its writers, and holds what is there against what was acknowledged; again and again on the same data. */
export async function killAgainAndAgain({ rounds, writers, seed, onProgress }: TortureOptions): Promise<Report> {
  const folder = await throwAwayFolder('torture')
  const random = randomFrom(seed)
  const kills = { child: 0, both: 0 }
  const problems: string[] = []
  let own = await startOwnDatabase(folder)
  const client = await new MongoClient(own.uri).connect()
  try {
    await prepare(client)
    const load = await prepareLoad(client, writers, seed)
    for (let round = 1; round <= rounds; round++) {
      await load.run(async () => {
        await pause(random.below(MOMENT_MS))
        if (round % BOTH_EACH > 0) {
          kills.child++
          await own.killChild()
        } else {
          kills.both++
          await own.killBoth()
          own = await startOwnDatabase(folder)
        }
        await pause(random.below(MOMENT_MS))
      })
      const found = [...load.problems.splice(0), ...(await verify(client, load))]
      for (const problem of found) onProgress(`round ${round}: ${problem}`)
      problems.push(...found)
      if (round % 20 === 0) onProgress(`${round} rounds, ${load.acknowledged} writes acknowledged`)
    }
    return {
      rows: [
        ['kills', 'of the database', 'with its parent', 'writes acknowledged', ...HEADS],
        [String(rounds), String(kills.child), String(kills.both), String(load.acknowledged), ...findingsRow(problems)],
      ],
      fine: problems.length === 0,
      notes: [`seed ${seed}, ${writers} writers`],
    }
  } finally {
    await client.close()
    await own.killBoth()
    rmSync(folder, { recursive: true, force: true })
  }
}
