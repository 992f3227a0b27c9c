import type { ClientSession, Connection } from 'mongoose'
import { recordModels } from './record.model.js'
import type { StoredRecord } from './record.types.js'

export interface RecordErasure {
  /**
   * Empties the contents in every version of a record and takes away its former addresses, which are made of its words.
   * Who changed it and when stays. Call it alongside the change that empties the record itself.
   */
  eraseHistory(record: StoredRecord<unknown>, session: ClientSession): Promise<void>
  /** What erasing the history would empty: the contents of a record's versions before the present one, the oldest first. */
  historyOf(record: StoredRecord<unknown>): Promise<PastVersion[]>
}

export interface PastVersion {
  version: number
  at: Date
  published: unknown
  working: unknown
}

/** The only place that rewrites versions: everywhere else what is past stays as it was. */
export function recordErasure(db: Connection): RecordErasure {
  const { versions, slugs } = recordModels(db)
  return {
    historyOf: async ({ id, version }) => {
      const rows = await versions
        .find({ recordId: id, version: { $lt: version } })
        .sort({ version: 1 })
        .lean()
      return rows.map(({ version: past, at, published, working }) => ({ version: past, at, published, working }))
    },
    eraseHistory: async ({ id, slug }, session) => {
      await versions.updateMany({ recordId: id }, { $set: { published: null, working: null } }, { session })
      await slugs.deleteMany({ recordId: id, slug: { $ne: slug } }, { session })
    },
  }
}
