import type { ClientSession, Connection } from 'mongoose'
import type { Clock } from '../../../kernel/clock.js'
import { newId } from '../../../kernel/ids.js'
import { type Outcome, type RequestRow, requestModel } from './requests.model.js'

export type NewRequest = Pick<RequestRow, 'parkId' | 'personId' | 'kind' | 'lang'> &
  Partial<Pick<RequestRow, 'words' | 'withoutOwner'>>

export interface Closing {
  outcome: Outcome
  note: string | null
  by: string
}

export interface RequestRepository {
  byId(id: string): Promise<RequestRow | null>
  /** Enters a request that waits for an answer. Returns it as it stands in the register. */
  add(request: NewRequest, session: ClientSession): Promise<RequestRow>
  /** Enters what was asked for and done at once. */
  addDone(request: NewRequest, session: ClientSession): Promise<void>
  acknowledge(id: string, session: ClientSession): Promise<void>
  /** Closes an open one; false when it is closed already. */
  close(id: string, closing: Closing, session: ClientSession): Promise<boolean>
  /** Those of a person, the newest first. */
  of(personId: string): Promise<RequestRow[]>
  /** Those that wait, the oldest first. */
  open(parkId: string): Promise<RequestRow[]>
  /** Those closed last. */
  closed(parkId: string, limit: number): Promise<RequestRow[]>
  /** Takes out a person's words and the answers to them, and ends what is still open. */
  forget(personId: string, session: ClientSession): Promise<void>
}

export function requestRepository(db: Connection, clock: Clock): RequestRepository {
  const requests = requestModel(db)
  const rowOf = ({ words = null, withoutOwner = [], ...request }: NewRequest): RequestRow => ({
    ...{ _id: newId(), ...request, words, withoutOwner, receivedAt: clock() },
    ...{ acknowledgedAt: null, closedAt: null, outcome: null, note: null, closedBy: null },
  })
  return {
    byId: (id) => requests.findById(id).lean<RequestRow>(),
    add: async (request, session) => {
      const row = rowOf(request)
      await requests.create([row], { session })
      return row
    },
    addDone: async (request, session) => {
      const row = rowOf(request)
      const at = row.receivedAt
      const done = { acknowledgedAt: at, closedAt: at, outcome: 'done', closedBy: row.personId } as const
      await requests.create([{ ...row, ...done }], { session })
    },
    acknowledge: async (id, session) => {
      await requests.updateOne({ _id: id, acknowledgedAt: null }, { $set: { acknowledgedAt: clock() } }, { session })
    },
    close: async (id, { outcome, note, by }, session) => {
      const { modifiedCount } = await requests.updateOne(
        { _id: id, closedAt: null },
        { $set: { outcome, note, closedBy: by, closedAt: clock() } },
        { session },
      )
      return modifiedCount === 1
    },
    of: (personId) => requests.find({ personId }).sort({ receivedAt: -1 }).lean<RequestRow[]>(),
    open: (parkId) => requests.find({ parkId, closedAt: null }).sort({ receivedAt: 1 }).lean<RequestRow[]>(),
    closed: (parkId, limit) =>
      requests
        .find({ parkId, closedAt: { $ne: null } })
        .sort({ receivedAt: -1 })
        .limit(limit)
        .lean<RequestRow[]>(),
    forget: async (personId, session) => {
      await requests.updateMany({ personId }, { $set: { words: null, note: null } }, { session })
      await requests.updateMany(
        { personId, closedAt: null },
        { $set: { outcome: 'moot', closedAt: clock(), closedBy: personId } },
        { session },
      )
    },
  }
}
