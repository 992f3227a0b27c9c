import type { Connection } from 'mongoose'
import type { Clock } from '../../kernel/clock.js'
import { newId } from '../../kernel/ids.js'
import { type Work, type WorkPart, type WorkRow, workModel } from './work.model.js'

/** Work that the running instances are asked to do, and what they say of it. */
export interface WorkRepository {
  /** Answers the work's id. */
  ask(what: Work): Promise<string>
  /** Takes it back, unless somebody has begun. */
  withdraw(id: string): Promise<boolean>
  byId(id: string): Promise<WorkRow | null>
  latest(): Promise<WorkRow | null>
  /** Of the last hour, the oldest first, what this part has not begun. */
  waiting(key: string): Promise<WorkRow[]>
  /** False when another has begun this part. */
  begin(id: string, part: WorkPart): Promise<boolean>
  tell(id: string, part: WorkPart): Promise<void>
}

const KEPT_MS = 30 * 24 * 60 * 60_000
/** Nobody waits for work that was asked for earlier. */
const WAITING_MS = 60 * 60_000

export function workRepository(db: Connection, clock: Clock): WorkRepository {
  const works = workModel(db)
  const ago = (ms: number) => new Date(clock().getTime() - ms)
  return {
    ask: async (what) => {
      await works.deleteMany({ at: { $lt: ago(KEPT_MS) } })
      const id = newId()
      await works.create([{ _id: id, what, at: clock(), parts: [] }])
      return id
    },
    withdraw: async (id) => (await works.deleteOne({ _id: id, parts: { $size: 0 } })).deletedCount > 0,
    byId: (id) => works.findById(id).lean(),
    latest: () => works.findOne({}).sort({ at: -1 }).lean(),
    waiting: (key) =>
      works
        .find({ at: { $gt: ago(WAITING_MS) }, 'parts.key': { $ne: key } })
        .sort({ at: 1 })
        .lean(),
    begin: async (id, part) => {
      const { modifiedCount } = await works.updateOne(
        { _id: id, 'parts.key': { $ne: part.key } },
        { $push: { parts: part } },
      )
      return modifiedCount > 0
    },
    tell: async (id, part) => {
      await works.updateOne({ _id: id, 'parts.key': part.key }, { $set: { 'parts.$': part } })
    },
  }
}
