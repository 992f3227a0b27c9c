import type { ClientSession, Connection } from 'mongoose'
import type { Clock } from '../../../kernel/clock.js'
import { newId } from '../../../kernel/ids.js'
import { recordModels, type VersionRow } from '../../../platform/records/record.model.js'
import type { TermKind } from '../../taxonomy/index.js'
import { type RetagRow, retagModel } from './retags.model.js'

type NewRetag = Pick<RetagRow, 'parkId' | 'kind' | 'from' | 'to' | 'undoes' | 'by' | 'total'>

/** What a record was made into in a batch, and what it was before. */
export interface Retagged {
  /** Of the version. */
  id: string
  after: VersionRow
  before: VersionRow
}

export interface RetagRepository {
  add(retag: NewRetag, session: ClientSession): Promise<void>
  /** Those of an entry that went forward and have not been undone; they are stopped where they wait. */
  stopForward(parkId: string, entry: { kind: TermKind; from: string }, session: ClientSession): Promise<RetagRow[]>
  /** The oldest that waits and that nobody is at, for this process until the lease ends; null when there is none. */
  take(leaseMs: number): Promise<RetagRow | null>
  /** Says how far it is and goes on with it; false when it was stopped. */
  progress(
    id: string,
    to: Pick<RetagRow, 'done' | 'cursor'>,
    leaseMs: number,
    session?: ClientSession,
  ): Promise<boolean>
  finish(id: string, done: number): Promise<void>
  waiting(parkId: string): Promise<RetagRow[]>
  /** What a batch changed, in the order of the versions' ids. */
  changedIn(batch: string, after: string, limit: number): Promise<Retagged[]>
}

export function retagRepository(db: Connection, clock: Clock): RetagRepository {
  const retags = retagModel(db)
  const { versions } = recordModels(db)
  const lease = (ms: number) => new Date(clock().getTime() + ms)
  return {
    add: async (retag, session) => {
      const fresh = { state: 'waiting' as const, done: 0, cursor: '', lease: null, at: clock() }
      await retags.create([{ _id: newId(), ...retag, ...fresh }], { session })
    },
    stopForward: async (parkId, { kind, from }, session) => {
      const rows = await retags
        .find({ parkId, kind, from, undoes: null, state: { $ne: 'stopped' } }, null, { session })
        .lean<RetagRow[]>()
      await retags.updateMany({ _id: { $in: rows.map(({ _id }) => _id) } }, { $set: { state: 'stopped' } }, { session })
      return rows
    },
    take: (leaseMs) =>
      retags
        .findOneAndUpdate(
          { state: 'waiting', $or: [{ lease: null }, { lease: { $lt: clock() } }] },
          { $set: { lease: lease(leaseMs) } },
          { sort: { at: 1 }, returnDocument: 'after' },
        )
        .lean<RetagRow>(),
    progress: async (id, to, leaseMs, session) => {
      const set = { ...to, lease: lease(leaseMs) }
      const options = session ? { session } : {}
      return (await retags.updateOne({ _id: id, state: 'waiting' }, { $set: set }, options)).matchedCount > 0
    },
    finish: async (id, done) => {
      await retags.updateOne({ _id: id, state: 'waiting' }, { $set: { state: 'done', done, lease: null } })
    },
    waiting: (parkId) => retags.find({ state: 'waiting', parkId }).sort({ at: 1 }).lean<RetagRow[]>(),
    changedIn: async (batch, after, limit) => {
      const rows = await versions
        .find({ batch, _id: { $gt: after } })
        .sort({ _id: 1 })
        .limit(limit)
        .lean<VersionRow[]>()
      const pairs = await Promise.all(
        rows.map(async (row) => {
          const { recordId, version } = row
          const before = await versions.findOne({ recordId, version: version - 1 }).lean<VersionRow>()
          return before ? [{ id: row._id, after: row, before }] : []
        }),
      )
      return pairs.flat()
    },
  }
}
