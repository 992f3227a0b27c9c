import type { Connection } from 'mongoose'
import type { Clock } from '../../kernel/clock.js'
import { isDuplicateKey } from '../db/duplicate-key.js'
import { type AttemptRow, attemptModel } from './attempts.model.js'

/**
 * Counts that outlast a restart and hold for every instance. Not those of `rate-limiter-flexible`, which makes its index
 * at its first use and reads the machine's clock: here indexes are made by migrations, and time is injected.
 */
export interface Attempts {
  /** Counts one more, in the window that runs or in a new one of `seconds`; of many at once each gets its own number. */
  add(key: string, seconds: number): Promise<{ count: number; until: Date }>
  /** Takes one back, as if it had not been tried. */
  takeBack(key: string): Promise<void>
  /** Starts from nothing. */
  clear(key: string): Promise<void>
}

export function attemptRepository(db: Connection, clock: Clock): Attempts {
  const attempts = attemptModel(db)

  async function add(key: string, seconds: number): Promise<{ count: number; until: Date }> {
    const now = clock()
    const running = await attempts
      .findOneAndUpdate({ _id: key, until: { $gt: now } }, { $inc: { count: 1 } }, { returnDocument: 'after' })
      .lean<AttemptRow>()
    if (running) return running
    const until = new Date(now.getTime() + seconds * 1000)
    try {
      await attempts.updateOne({ _id: key, until: { $lte: now } }, { $set: { count: 1, until } }, { upsert: true })
      return { count: 1, until }
    } catch (error) {
      // Another one at the same moment has begun the window.
      if (!isDuplicateKey(error)) throw error
      return add(key, seconds)
    }
  }

  return {
    add,
    takeBack: async (key) => {
      await attempts.updateOne({ _id: key, count: { $gt: 0 } }, { $inc: { count: -1 } })
    },
    clear: async (key) => {
      await attempts.deleteOne({ _id: key })
    },
  }
}
