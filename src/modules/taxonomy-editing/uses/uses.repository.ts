import type { AnyBulkWriteOperation, Connection } from 'mongoose'
import type { Projection } from '../../../platform/records/change.repository.js'
import { recordRepository } from '../../../platform/records/record.repository.js'
import { RECORD_TYPES, type RecordType, type StoredRecord } from '../../../platform/records/record.types.js'
import { codesOf, type TermKind } from '../../taxonomy/index.js'
import { createTaxonomyUseIndexes, type UseRow, useModel } from './uses.model.js'

/** How many records carry an entry. */
export type Uses = Readonly<Record<RecordType, number>>

export interface TaxonomyUses {
  count(parkId: string, kind: TermKind, id: string): Promise<Uses>
  /** Ids of records that carry it, at most `limit`, in id order after `after`. */
  ids(
    parkId: string,
    type: RecordType,
    of: { kind: TermKind; id: string },
    page: { after: string; limit: number },
  ): Promise<string[]>
}

export function taxonomyUses(db: Connection): TaxonomyUses {
  const uses = useModel(db)
  return {
    count: async (parkId, kind, id) => {
      const codes = codeOf(kind, id)
      const counts = await Promise.all(RECORD_TYPES.map((type) => uses.countDocuments({ parkId, codes, type })))
      return Object.fromEntries(RECORD_TYPES.map((type, i) => [type, counts[i] ?? 0])) as Uses
    },
    ids: async (parkId, type, { kind, id }, { after, limit }) => {
      const rows = await uses
        .find({ parkId, codes: codeOf(kind, id), type, _id: { $gt: after } }, { _id: 1 })
        .sort({ _id: 1 })
        .limit(limit)
        .lean()
      return rows.map(({ _id }) => _id)
    },
  }
}

/** Keeps the uses as true as the records, in the transaction of each change. */
export function keepTaxonomyUses(db: Connection): Projection {
  const uses = useModel(db)
  return async (changed, session) => {
    const differing = changed.filter(({ before, after }) => !before || key(before) !== key(after))
    if (differing.length > 0)
      await uses.bulkWrite(
        differing.map(({ type, after }) => write(type, after)),
        { session },
      )
  }
}

/** For records that were there before the uses were. */
export async function addTaxonomyUses(db: Connection): Promise<void> {
  await createTaxonomyUseIndexes(db)
  const records = recordRepository(db)
  const uses = useModel(db)
  for (const type of RECORD_TYPES) {
    let batch: AnyBulkWriteOperation<UseRow>[] = []
    for await (const record of records.each(type)) {
      batch.push(write(type, record))
      if (batch.length < 500) continue
      await uses.bulkWrite(batch)
      batch = []
    }
    if (batch.length > 0) await uses.bulkWrite(batch)
  }
}

function write(type: RecordType, record: StoredRecord<unknown>): AnyBulkWriteOperation<UseRow> {
  const codes = codesIn(record)
  const filter = { _id: record.id }
  if (codes.length === 0) return { deleteOne: { filter } }
  return { updateOne: { filter, update: { $set: { parkId: record.parkId, type, codes } }, upsert: true } }
}

/** What has become of a merged record is counted where it went. */
const codesIn = ({ published, working, mergedInto }: StoredRecord<unknown>): string[] =>
  mergedInto ? [] : [...new Set([published, working].flatMap(codesOf).map(({ kind, id }) => codeOf(kind, id)))].sort()

const key = (record: StoredRecord<unknown>) => codesIn(record).join(' ')

const codeOf = (kind: TermKind, id: string) => `${kind}:${id}`
