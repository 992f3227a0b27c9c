import type { ClientSession, Connection } from 'mongoose'
import type { Clock } from '../../../kernel/clock.js'
import { newId } from '../../../kernel/ids.js'
import type { QueueView } from '../queue/view.rules.js'
import { deskModels, PRESENT_SECONDS, type SavedViewRow } from './desk.model.js'

/** Nobody finds his way among more. */
export const MOST_VIEWS = 20

/** What the product keeps of how each member of staff works. */
export interface DeskRepository {
  /** His saved views, the oldest first. */
  viewsOf(personId: string): Promise<SavedViewRow[]>
  /** Keeps a view under a name, in place of one of that name; false when he has as many as there may be. */
  keepView(who: { parkId: string; personId: string }, name: string, view: QueueView): Promise<boolean>
  /** False when he has none of that id. */
  dropView(personId: string, id: string): Promise<boolean>
  /** Notes that somebody has a case before him. */
  look(caseId: string, personId: string): Promise<void>
  /** Opaque ids of those who have it before them now, but for one. */
  lookers(caseId: string, besides: string): Promise<string[]>
  /** Takes out all of a person's. */
  forget(personId: string, session: ClientSession): Promise<void>
}

export function deskRepository(db: Connection, clock: Clock): DeskRepository {
  const { views, presence } = deskModels(db)
  return {
    viewsOf: (personId) => views.find({ personId }).sort({ createdAt: 1 }).limit(MOST_VIEWS).lean<SavedViewRow[]>(),
    keepView: async ({ parkId, personId }, name, view) => {
      const there = await views.findOne({ personId, name }).lean()
      if (!there && (await views.countDocuments({ personId })) >= MOST_VIEWS) return false
      await views.updateOne(
        { personId, name },
        { $set: { ...view }, $setOnInsert: { _id: newId(), parkId, createdAt: clock() } },
        { upsert: true },
      )
      return true
    },
    dropView: async (personId, id) => (await views.deleteOne({ _id: id, personId })).deletedCount === 1,
    look: async (caseId, personId) => {
      const at = clock()
      await presence.updateOne({ _id: `${caseId} ${personId}` }, { $set: { caseId, personId, at } }, { upsert: true })
    },
    lookers: async (caseId, besides) => {
      const since = new Date(clock().getTime() - PRESENT_SECONDS * 1_000)
      const rows = await presence.find({ caseId, at: { $gt: since } }).lean<{ personId: string }[]>()
      return rows.map(({ personId }) => personId).filter((id) => id !== besides)
    },
    forget: async (personId, session) => {
      await views.deleteMany({ personId }, { session })
      await presence.deleteMany({ personId }, { session })
    },
  }
}
