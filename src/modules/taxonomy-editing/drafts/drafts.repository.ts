import type { ClientSession, Connection } from 'mongoose'
import type { Clock } from '../../../kernel/clock.js'
import { newId } from '../../../kernel/ids.js'
import { DAY_MS } from '../../../kernel/retention.js'
import type { Act } from '../acts/acts.types.js'
import { type DraftRow, draftModel } from './drafts.model.js'

export interface DraftRepository {
  /** Keeps it for a week; returns its id. */
  add(draft: { parkId: string; base: number; act: Act }): Promise<string>
  byId(parkId: string, id: string): Promise<DraftRow | null>
  remove(parkId: string, id: string, session?: ClientSession): Promise<void>
}

const KEPT_MS = 7 * DAY_MS

export function draftRepository(db: Connection, clock: Clock): DraftRepository {
  const drafts = draftModel(db)
  return {
    add: async (draft) => {
      const _id = newId()
      await drafts.create({ _id, ...draft, until: new Date(clock().getTime() + KEPT_MS) })
      return _id
    },
    byId: (parkId, id) => drafts.findOne({ _id: id, parkId }).lean<DraftRow>(),
    remove: async (parkId, id, session) => {
      await drafts.deleteOne({ _id: id, parkId }, session ? { session } : {})
    },
  }
}
