import { setTimeout as pause } from 'node:timers/promises'
import type { MongoClient } from 'mongodb'
import { randomFrom } from '../bench/search/random.js'
import { items } from './collections.js'
import { Ledger } from './ledger.js'
import { type Counted, tallyOf, writesOf } from './writer.js'

/** Writers at work, and what they have been promised. */
export interface Load {
  counted: Counted
  ledgers: readonly Ledger[]
  /** Commands that were acknowledged so far. */
  acknowledged: number
  /** Why commands failed, so far. */
  failures: unknown[]
  /** What writers found wrong with their own documents after a write that failed. */
  problems: string[]
  /**
   * Lets all write until `work` is done or calls `halt`, whichever is first. Each then has the answer to its last write, or knows what became
   * of it.
   */
  run(work: (halt: () => void) => Promise<void>): Promise<void>
}

export async function prepareLoad(client: MongoClient, writers: number, seed: number): Promise<Load> {
  const counted: Counted = { acknowledged: 0, sent: 0 }
  let ticks = 0
  const ledgers = Array.from({ length: writers }, (_, owner) => new Ledger(owner, () => ++ticks))
  for (const ledger of ledgers) {
    const tally = tallyOf(ledger.owner)
    ledger.attempt(new Map([[tally._id, tally]]))
    await items(client).insertOne(tally)
    ledger.acknowledge()
  }
  const draws = ledgers.map((ledger) => writesOf(client, ledger, randomFrom(seed + ledger.owner), counted))
  const load: Load = {
    counted,
    ledgers,
    acknowledged: 0,
    failures: [],
    problems: [],
    async run(work) {
      let over = false
      const halt = () => {
        over = true
      }
      await Promise.all([
        work(halt).finally(halt),
        ...ledgers.map(async (ledger, n) => {
          while (!over) await writeOnce(load, ledger, draws[n] as ReturnType<typeof writesOf>)
        }),
      ])
    },
  }
  return load

  async function writeOnce(to: Load, ledger: Ledger, draw: ReturnType<typeof writesOf>): Promise<void> {
    const { change, send } = draw()
    ledger.attempt(change)
    try {
      await send()
      ledger.acknowledge()
      to.acknowledged++
    } catch (error) {
      to.failures.push(error)
      to.problems.push(...(await settleWhenBack(client, ledger)))
    }
  }
}

/** Looks what became of a write that failed, once the database answers again. */
export async function settleWhenBack(client: MongoClient, ledger: Ledger): Promise<string[]> {
  for (;;) {
    try {
      return ledger.settle(
        await items(client)
          .find({ owner: ledger.owner }, { hint: { $natural: 1 } })
          .toArray(),
      )
    } catch {
      await pause(50)
    }
  }
}
