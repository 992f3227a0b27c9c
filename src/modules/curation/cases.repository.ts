import mongoose, { type ClientSession, type Connection } from 'mongoose'
import type { Clock } from '../../kernel/clock.js'
import { newId } from '../../kernel/ids.js'
import { isDuplicateKey } from '../../platform/db/duplicate-key.js'
import { type CaseRow, caseModel } from './cases.model.js'
import { type CaseKind, type OwnHours, targetMs } from './kinds.rules.js'
import { type WaitingCases, waitingCases } from './waiting.repository.js'

export type NewCase = Pick<CaseRow, 'parkId' | 'kind' | 'type' | 'recordId' | 'subjectId' | 'version' | 'personId'>

export interface Decision extends Partial<Pick<CaseRow, 'fieldNotes' | 'reasonId' | 'reason'>> {
  state: Exclude<CaseRow['state'], 'open'>
  note: string | null
  /** Opaque id of the curator, or `system:<name>`. */
  by: string
}

export interface CaseRepository extends WaitingCases {
  /**
   * Puts something before the curators, in the transaction of what it is about. What waits already of the same kind for
   * the same record and subject takes the new version and keeps its place. Returns the case's id. Of two transactions that
   * put the same thing there at once, the later one is run again and finds it there.
   */
  submit(entry: NewCase, session: ClientSession): Promise<string>
  /**
   * Gives an open case the version that was written since, in the transaction of that; a decided one stays as it is.
   * `curator`: the version is not of who waits, who is to be told what was changed.
   */
  renew(id: string, version: number, session: ClientSession, by?: 'sender' | 'curator'): Promise<void>
  byId(id: string): Promise<CaseRow | null>
  byIds(ids: readonly string[]): Promise<CaseRow[]>
  /** The newest case of a record, of these kinds; null when there was none. */
  latest(recordId: string, kinds: readonly CaseKind[]): Promise<CaseRow | null>
  /** The newest case of a claim or an introduction itself. */
  ofSubject(subjectId: string): Promise<CaseRow | null>
  /** Those in which a person waits or has waited, the newest first. */
  of(personId: string): Promise<CaseRow[]>
  /** Takes a person out of his cases, with what curators wrote to him. */
  forget(personId: string, session: ClientSession): Promise<void>
  /** Decides an open case; false when it is decided already. */
  decide(id: string, decision: Decision, session: ClientSession): Promise<boolean>
  /** Gives an open case to a member of staff, or to nobody; false when it is decided. */
  assign(id: string, to: string | null, session: ClientSession): Promise<boolean>
  /** Puts back what waits with somebody, who is of the staff no more. */
  release(personId: string, session: ClientSession): Promise<void>
  /** Nothing is left to decide about a record, since its owner or the clock has ended it. */
  endAll(recordId: string, by: string, session: ClientSession): Promise<void>
  /** Decides what waits about a claim or an introduction, if anything does: it has been settled elsewhere. */
  decideSubject(kind: CaseKind, subjectId: string, decision: Decision, session: ClientSession): Promise<void>
}

const FREE = { assignedTo: null, assignedAt: null }

export function caseRepository(
  db: Connection,
  clock: Clock,
  /** What the park has set for itself. */
  ownHours: () => OwnHours | undefined = () => undefined,
): CaseRepository {
  const cases = caseModel(db)
  const release = async (personId: string, session: ClientSession) => {
    await cases.updateMany({ assignedTo: personId, state: 'open' }, { $set: FREE }, { session })
  }
  return {
    ...waitingCases(db),
    submit: async ({ kind, recordId, subjectId, ...entry }, session) => {
      const createdAt = clock()
      const row = await againIfTwice(
        cases.findOneAndUpdate(
          { kind, recordId, subjectId, state: 'open' },
          {
            $set: { version: entry.version, sentVersion: entry.version, personId: entry.personId },
            $setOnInsert: {
              ...{ _id: newId(), parkId: entry.parkId, type: entry.type, createdAt },
              dueAt: new Date(createdAt.getTime() + targetMs(kind, ownHours())),
              ...{ assignedTo: null, assignedAt: null, note: null, decidedBy: null, decidedAt: null },
            },
          },
          { upsert: true, returnDocument: 'after', session },
        ),
      )
      return String(row?._id)
    },
    renew: async (id, version, session, by = 'sender') => {
      const set = by === 'sender' ? { version, sentVersion: version } : { version }
      await cases.updateOne({ _id: id, state: 'open' }, { $set: set }, { session })
    },
    byId: (id) => cases.findById(id).lean<CaseRow>(),
    byIds: (ids) => cases.find({ _id: { $in: [...ids] } }).lean<CaseRow[]>(),
    latest: (recordId, kinds) =>
      cases
        .findOne({ recordId, kind: { $in: [...kinds] } })
        .sort({ createdAt: -1 })
        .lean<CaseRow>(),
    ofSubject: (subjectId) => cases.findOne({ subjectId }).sort({ createdAt: -1 }).lean<CaseRow>(),
    of: (personId) => cases.find({ personId }).sort({ createdAt: -1 }).lean<CaseRow[]>(),
    forget: async (personId, session) => {
      await cases.updateMany({ personId }, { $set: { personId: null, note: null, fieldNotes: [] } }, { session })
      await release(personId, session)
    },
    release,
    assign: async (id, to, session) => {
      const holder = to === null ? FREE : { assignedTo: to, assignedAt: clock() }
      const { matchedCount } = await cases.updateOne({ _id: id, state: 'open' }, { $set: holder }, { session })
      return matchedCount === 1
    },
    decide: async (id, { by, ...said }, session) => {
      const { modifiedCount } = await cases.updateOne(
        { _id: id, state: 'open' },
        { $set: { ...said, decidedBy: by, decidedAt: clock() } },
        { session },
      )
      return modifiedCount === 1
    },
    endAll: async (recordId, by, session) => {
      await cases.updateMany(
        { recordId, state: 'open' },
        { $set: { state: 'moot', decidedBy: by, decidedAt: clock() } },
        { session },
      )
    },
    decideSubject: async (kind, subjectId, { state, note, by }, session) => {
      await cases.updateMany(
        { kind, subjectId, state: 'open' },
        { $set: { state, note, decidedBy: by, decidedAt: clock() } },
        { session },
      )
    },
  }
}

/** Somebody else has just put the same thing there: the transaction is run again, and sees it. */
async function againIfTwice<T>(work: PromiseLike<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (error instanceof mongoose.mongo.MongoServerError && isDuplicateKey(error))
      error.addErrorLabel('TransientTransactionError')
    throw error
  }
}
