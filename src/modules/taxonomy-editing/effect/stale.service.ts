import type { RecordRepository } from '../../../platform/records/record.repository.js'
import { RECORD_TYPES, type RecordType } from '../../../platform/records/record.types.js'
import type { StaleDocuments } from '../../indexing/index.js'
import type { Taxonomy } from '../../taxonomy/index.js'
import type { TaxonomyUses } from '../uses/uses.repository.js'
import { readOtherwise } from './otherwise.rules.js'

/** Records taken together. */
const BATCH = 200

/** Any word of the taxonomy may tell what one of these offers or asks for. */
const READ_WITH_WORDS: readonly RecordType[] = ['provider', 'need']

/**
 * Records whose search documents are others by the new taxonomy though they have not changed: those that carry a renamed or retired
 * entry, and every firm and need, since words tell what they offer and ask for where nobody has said so.
 */
export async function* staleDocuments(
  { uses, records }: { uses: TaxonomyUses; records: RecordRepository },
  parkId: string,
  before: Taxonomy,
  after: Taxonomy,
): AsyncIterable<StaleDocuments> {
  for (const entry of readOtherwise(before, after)) {
    for (const type of RECORD_TYPES) {
      if (READ_WITH_WORDS.includes(type)) continue
      let ids: string[]
      let last = ''
      do {
        ids = await uses.ids(parkId, type, entry, { after: last, limit: BATCH })
        last = ids.at(-1) ?? ''
        if (ids.length > 0) yield { type, ids }
      } while (ids.length === BATCH)
    }
  }
  for (const type of READ_WITH_WORDS) {
    let batch: string[] = []
    for await (const { id } of records.each(type)) {
      if (batch.push(id) < BATCH) continue
      yield { type, ids: batch }
      batch = []
    }
    if (batch.length > 0) yield { type, ids: batch }
  }
}
