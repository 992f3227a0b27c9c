import type { ClientSession, Connection } from 'mongoose'
import { recordModels } from '../records/record.model.js'

/** How often what every instance keeps in memory (park, taxonomy, texts) has been changed in the database. */
export interface Revision {
  /** One read by id; 0 before the first change. */
  current(): Promise<number>
  /** Tells all instances, once the transaction of the change is committed. */
  bump(session: ClientSession): Promise<void>
}

const COUNTER = 'settings'

export function revisionRepository(db: Connection): Revision {
  const { counters } = recordModels(db)
  return {
    current: async () => (await counters.findById(COUNTER).lean())?.value ?? 0,
    bump: async (session) => {
      await counters.updateOne({ _id: COUNTER }, { $inc: { value: 1 } }, { session, upsert: true })
    },
  }
}
