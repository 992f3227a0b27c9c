import type { Collection, MongoClient } from 'mongodb'
import { median, type Report } from '../figures.js'
import { wait } from '../readers.js'
import { DISTRICTS, entry } from './documents.js'
import { fill, OwnDatabase } from './own-database.js'

const DOCUMENTS = 20_000
const PEOPLE = 8
/** Documents of short life go after this long, in seconds. */
const LIFETIME = 20
/** MB of log that SQLite leaves behind at most, with what one checkpoint may be late. */
const LOG_LIMIT = 96
/** The last quarter's memory beside the second's: more than this is growth. */
const GROWTH = 1.15

interface Minute {
  memory: number
  log: number
  done: number
}

/** Reads, writes, transactions and expiring documents, all at once for some minutes: memory and log may not grow. */
export async function measureMixedLoad(minutes: number, onProgress: (line: string) => void): Promise<Report> {
  const own = new OwnDatabase()
  try {
    await own.open()
    await own.client.db('admin').command({ setParameter: 1, ttlMonitorSleepSecs: 5 })
    const entries = await fill(own.client, DOCUMENTS)
    const load = startLoad(own.client, entries)
    const passed: Minute[] = []
    for (let minute = 1; minute <= minutes; minute++) {
      await wait(60_000)
      passed.push({ memory: own.memory(), log: own.log(), done: load.take() })
      const { memory, log, done } = passed.at(-1) as Minute
      onProgress(
        `minute ${minute}: ${Math.round(memory)} MB, log ${log.toFixed(1)} MB, ${Math.round(done / 60)} a second`,
      )
    }
    await load.stop()
    return report(passed)
  } finally {
    await own.discard()
  }
}

function report(passed: readonly Minute[]): Report {
  const quarter = Math.max(1, Math.floor(passed.length / 4))
  const early = median(passed.slice(quarter, 2 * quarter).map(({ memory }) => memory))
  const late = median(passed.slice(-quarter).map(({ memory }) => memory))
  const log = Math.max(...passed.map((minute) => minute.log))
  const grown = late > early * GROWTH
  return {
    rows: [
      ['minute', 'memory', 'log', 'operations a second'],
      ...passed.map(({ memory, log, done }, i) => [
        String(i + 1),
        `${Math.round(memory)} MB`,
        `${log.toFixed(1)} MB`,
        String(Math.round(done / 60)),
      ]),
    ],
    fine: !grown && log <= LOG_LIMIT,
    notes: [
      `Memory of the second quarter ${Math.round(early)} MB, of the last ${Math.round(late)} MB: ${grown ? 'it grew' : 'no growth'}.`,
      `Log at most ${log.toFixed(1)} MB: ${log <= LOG_LIMIT ? 'bounded' : 'more than it should be'}.`,
    ],
  }
}

/** People who each do one thing after another until they are stopped. */
function startLoad(client: MongoClient, entries: Collection) {
  const fleeting = client.db().collection('fleeting')
  let done = 0
  let next = DOCUMENTS
  let stopped = false
  const any = () => Math.floor(Math.random() * DOCUMENTS)
  const acts: (() => Promise<unknown>)[] = [
    () => entries.findOne({ number: any() }),
    () =>
      entries
        .find({ district: any() % DISTRICTS })
        .sort({ at: -1 })
        .limit(20)
        .toArray(),
    () => entries.updateOne({ number: any() }, { $set: { at: new Date() }, $inc: { visits: 1 } }),
    () => fleeting.insertOne({ at: new Date(), what: entry(any()) }),
    async () => {
      // One comes, one goes: the number of documents stays.
      await entries.insertOne({ ...entry(next++) })
      await entries.findOneAndDelete({ number: { $gte: DOCUMENTS } }, { sort: { number: 1 } })
    },
    () =>
      client.withSession((session) =>
        session.withTransaction(async () => {
          await entries.updateOne({ number: any() }, { $inc: { balance: -1 } }, { session })
          await entries.updateOne({ number: any() }, { $inc: { balance: 1 } }, { session })
        }),
      ),
  ]
  const person = async (): Promise<void> => {
    while (!stopped) {
      await acts[Math.floor(Math.random() * acts.length)]?.()
      done++
    }
  }
  const running = fleeting
    .createIndex({ at: 1 }, { expireAfterSeconds: LIFETIME })
    .then(() => Promise.all(Array.from({ length: PEOPLE }, person)))
  // Whoever stops the load hears of a failure; until then it is no error of its own.
  running.catch(() => {})
  return {
    take() {
      const count = done
      done = 0
      return count
    },
    async stop() {
      stopped = true
      await running
    },
  }
}
