import type { Connection, QueryFilter } from 'mongoose'
import { type RecordRow, recordModels } from '../../platform/records/record.model.js'
import { toRecord } from '../../platform/records/record.repository.js'
import type { NeedContent } from './needs.schemas.js'
import type { NeedRecord } from './needs.search.js'

export interface OwnNeedRepository {
  /** The needs of a business, published or not, the newest first. */
  ofBusiness(parkId: string, business: string): Promise<NeedRecord[]>
  /** All of a business, archived ones too. */
  everyOf(business: string): Promise<NeedRecord[]>
  /** The needs that somebody posted himself, the newest first. */
  ofPerson(parkId: string, personId: string): Promise<NeedRecord[]>
}

export function ownNeedRepository(db: Connection): OwnNeedRepository {
  const { records } = recordModels(db)
  const list = async (filter: QueryFilter<RecordRow>) => {
    const rows = await records.need
      .find({ ...filter, archivedAt: null })
      .sort({ createdAt: -1, _id: 1 })
      .lean<RecordRow[]>()
    return rows.map((row) => toRecord<NeedContent>(row))
  }
  return {
    ofBusiness: (parkId, business) =>
      list({ parkId, $or: [{ 'published.business': business }, { 'working.business': business }] }),
    everyOf: async (business) => {
      const rows = await records.need
        .find({ $or: [{ 'published.business': business }, { 'working.business': business }] })
        .lean<RecordRow[]>()
      return rows.map((row) => toRecord<NeedContent>(row))
    },
    ofPerson: (parkId, ownerId) => list({ parkId, ownerId }),
  }
}

/** Finds the needs of a business; whose a need is stands in its content. */
export async function createOwnNeedIndexes(db: Connection): Promise<void> {
  const { collection } = recordModels(db).records.need
  await collection.createIndex({ 'published.business': 1 })
  await collection.createIndex({ 'working.business': 1 })
}
