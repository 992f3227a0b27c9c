import type { RecordRepository } from '../../../platform/records/record.repository.js'
import { RECORD_TYPES } from '../../../platform/records/record.types.js'
import type { StaleDocuments } from '../../indexing/index.js'
import type { Taxonomy } from '../../taxonomy/index.js'
import type { TaxonomyUses } from '../uses/uses.repository.js'
import { readOtherwise } from './otherwise.rules.js'

/** Records taken together. */
const BATCH = 200

/**
 * Records whose search documents are others by the new taxonomy though they have not changed: those that carry a renamed or retired
 * entry, and every need, since words tell what it asks for where nobody has said so.
 */
export async function* staleDocuments(
  { uses, records }: { uses: TaxonomyUses; records: RecordRepository },
  parkId: string,
  before: Taxonomy,
  after: Taxonomy,
): AsyncIterable<StaleDocuments> {
  for (const entry of readOtherwise(before, after)) {
    for (const type of RECORD_TYPES) {
      if (type === 'need') continue
      let ids: string[]
      let last = ''
      do {
        ids = await uses.ids(parkId, type, entry, { after: last, limit: BATCH })
        last = ids.at(-1) ?? ''
        if (ids.length > 0) yield { type, ids }
      } while (ids.length === BATCH)
    }
  }
  let batch: string[] = []
  for await (const { id } of records.each('need')) {
    if (batch.push(id) < BATCH) continue
    yield { type: 'need', ids: batch }
    batch = []
  }
  if (batch.length > 0) yield { type: 'need', ids: batch }
}
