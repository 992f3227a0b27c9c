import type { StoredRecord } from '../../platform/records/record.types.js'
import type { IndexName, IndexSchema, SearchDocument } from '../../platform/search/index.js'

/** How the records of one type become search documents. */
export interface Projection {
  index: IndexName
  schema: IndexSchema
  /** Null when the record is not to be found; it then leaves the index. */
  document(record: StoredRecord<never>): SearchDocument | null
}
