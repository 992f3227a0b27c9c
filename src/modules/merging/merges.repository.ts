import type { ClientSession, Connection } from 'mongoose'
import { recordModels, type VersionRow } from '../../platform/records/record.model.js'
import { type MergeRow, mergeModel } from './merges.model.js'

export interface MergeRepository {
  add(row: MergeRow, session: ClientSession): Promise<void>
  byId(id: string): Promise<MergeRow | null>
  /** The newest first. */
  list(parkId: string, page: { skip: number; limit: number }): Promise<MergeRow[]>
  count(parkId: string): Promise<number>
  /** False when it is undone already. */
  undo(id: string, who: { by: string; at: Date }, session: ClientSession): Promise<boolean>
  /** What was public and in preparation of a record at one of its versions. */
  contentAt(recordId: string, version: number): Promise<{ published: unknown; working: unknown } | null>
}

export function mergeRepository(db: Connection): MergeRepository {
  const merges = mergeModel(db)
  const { versions } = recordModels(db)
  return {
    add: async (row, session) => {
      await merges.create([row], { session })
    },
    byId: (id) => merges.findById(id).lean<MergeRow>(),
    list: (parkId, { skip, limit }) =>
      merges.find({ parkId }).sort({ at: -1 }).skip(skip).limit(limit).lean<MergeRow[]>(),
    count: (parkId) => merges.countDocuments({ parkId }),
    undo: async (id, { by, at }, session) => {
      const { modifiedCount } = await merges.updateOne(
        { _id: id, undoneAt: null },
        { $set: { undoneBy: by, undoneAt: at } },
        { session },
      )
      return modifiedCount === 1
    },
    contentAt: (recordId, version) =>
      versions
        .findOne({ recordId, version }, { published: 1, working: 1 })
        .lean<Pick<VersionRow, 'published' | 'working'>>(),
  }
}
