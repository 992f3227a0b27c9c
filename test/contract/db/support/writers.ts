import { MongoClient } from 'mongodb'

/** What the database has promised to keep. */
export interface Promises {
  /** Values of `u` of acknowledged documents. */
  kept: Set<string>
  increments: { acknowledged: number; unknown: number }
}

export interface Writers {
  stop(): Promise<void>
  /** Waits until the database is gone for all of them. */
  gone(): Promise<void>
}

let serial = 0
const next = (kind: string) => `${kind}${serial++}`

/** Writers of every kind; each goes on until it is stopped or fails. What fails is not promised. */
export function startWriters(uri: string, promises: Promises): Writers {
  const client = new MongoClient(uri, { serverSelectionTimeoutMS: 1_000 })
  const items = client.db().collection<Record<string, unknown>>('items')
  const counters = client.db().collection<{ _id: string; n: number }>('counters')
  let stopped = false
  const forever = async (work: () => Promise<void>): Promise<void> => {
    while (!stopped) {
      try {
        await work()
      } catch {
        return
      }
    }
  }
  const single = async () => {
    const u = next('single')
    await items.insertOne({ u })
    promises.kept.add(u)
  }
  const batch = async () => {
    const group = Array.from({ length: 20 }, () => next('batch'))
    await items.insertMany(group.map((u) => ({ u })))
    for (const u of group) promises.kept.add(u)
  }
  const transaction = async () => {
    const [left, right, pair] = [next('left'), next('right'), next('pair')]
    // One attempt: the driver's own helper would try for two minutes.
    await client.withSession(async (session) => {
      session.startTransaction()
      await items.insertOne({ u: left, pair }, { session })
      await items.insertOne({ u: right, pair }, { session })
      await session.commitTransaction()
    })
    promises.kept.add(left).add(right)
  }
  const increment = async () => {
    promises.increments.unknown++
    await counters.updateOne({ _id: 'n' }, { $inc: { n: 1 } }, { upsert: true })
    promises.increments.unknown--
    promises.increments.acknowledged++
  }
  const running = [single, single, single, batch, transaction, transaction, increment].map(forever)
  const end = async () => {
    await Promise.all(running)
    await client.close()
  }
  return {
    stop() {
      stopped = true
      return end()
    },
    gone: end,
  }
}
