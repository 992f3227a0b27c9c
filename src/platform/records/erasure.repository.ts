import type { ClientSession, Connection } from 'mongoose'
import { recordModels } from './record.model.js'
import type { StoredRecord } from './record.types.js'

export interface RecordErasure {
  /**
   * Empties the contents in every version of a record and takes away its former addresses, which are made of its words.
   * Who changed it and when stays. Call it alongside the change that empties the record itself.
   */
  eraseHistory(record: StoredRecord<unknown>, session: ClientSession): Promise<void>
}

/** The only place that rewrites versions: everywhere else what is past stays as it was. */
export function recordErasure(db: Connection): RecordErasure {
  const { versions, slugs } = recordModels(db)
  return {
    eraseHistory: async ({ id, slug }, session) => {
      await versions.updateMany({ recordId: id }, { $set: { published: null, working: null } }, { session })
      await slugs.deleteMany({ recordId: id, slug: { $ne: slug } }, { session })
    },
  }
}
