import type { ClientSession, Connection, QueryFilter } from 'mongoose'
import { duplicateModels, type ListingType, type PairRow, type PairState } from './duplicates.model.js'

export interface PairQuery {
  state: PairState
  type?: ListingType | undefined
  skip: number
  limit: number
}

export interface PairRepository {
  byId(id: string, session?: ClientSession): Promise<PairRow | null>
  byIds(ids: readonly string[]): Promise<PairRow[]>
  /** The likeliest first. */
  list(parkId: string, query: PairQuery): Promise<PairRow[]>
  count(parkId: string, query: Pick<PairQuery, 'state' | 'type'>): Promise<number>
  /** Every pair with one of these listings. */
  of(records: readonly string[], session?: ClientSession): Promise<PairRow[]>
  put(rows: readonly PairRow[], session: ClientSession): Promise<void>
  remove(ids: readonly string[], session: ClientSession): Promise<void>
  /** Says that two are two, or takes it back. False when it is said already. */
  mark(id: string, state: PairState, who: { by: string; at: Date }, session: ClientSession): Promise<boolean>
}

const IDS_AT_ONCE = 500

export function pairRepository(db: Connection): PairRepository {
  const { pairs } = duplicateModels(db)
  const filterOf = (parkId: string, { state, type }: Pick<PairQuery, 'state' | 'type'>): QueryFilter<PairRow> => ({
    ...{ parkId, state },
    ...(type && { type }),
  })
  return {
    byId: (id, session) => pairs.findById(id, null, { ...(session && { session }) }).lean<PairRow>(),
    byIds: (ids) => pairs.find({ _id: { $in: [...ids] } }).lean<PairRow[]>(),
    list: (parkId, query) =>
      pairs
        .find(filterOf(parkId, query))
        .sort({ score: -1, _id: 1 })
        .skip(query.skip)
        .limit(query.limit)
        .lean<PairRow[]>(),
    count: (parkId, query) => pairs.countDocuments(filterOf(parkId, query)),
    of: async (records, session) => {
      const found = new Map<string, PairRow>()
      for (let at = 0; at < records.length; at += IDS_AT_ONCE) {
        const ids = records.slice(at, at + IDS_AT_ONCE)
        for (const side of ['a', 'b'] as const) {
          const rows = await pairs
            .find({ [side]: { $in: ids } }, null, { ...(session && { session }) })
            .lean<PairRow[]>()
          for (const row of rows) found.set(row._id, row)
        }
      }
      return [...found.values()]
    },
    put: async (rows, session) => {
      const writes = rows.map((row) => ({
        replaceOne: { filter: { _id: row._id }, replacement: row, upsert: true },
      }))
      if (writes.length > 0) await pairs.bulkWrite(writes, { session })
    },
    remove: async (ids, session) => {
      if (ids.length > 0) await pairs.deleteMany({ _id: { $in: [...ids] } }, { session })
    },
    mark: async (id, state, { by, at }, session) => {
      const { modifiedCount } = await pairs.updateOne(
        { _id: id, state: { $ne: state } },
        { $set: { state, ...(state === 'apart' ? { by, at } : { by: null, at: null }) } },
        { session },
      )
      return modifiedCount === 1
    },
  }
}
