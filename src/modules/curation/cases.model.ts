import { type Connection, type Model, Schema } from 'mongoose'
import type { LocalText } from '../../kernel/text.js'
import { CASE_KINDS, type CaseKind, targetMs } from './kinds.rules.js'
import type { FieldNote } from './said.rules.js'

/** `moot`: what was to be decided is no more, a need withdrawn say. */
export const CASE_STATES = ['open', 'approved', 'sent-back', 'rejected', 'moot'] as const
export type CaseState = (typeof CASE_STATES)[number]

/** Something that waits for a curator, or that one has decided. */
export interface CaseRow {
  _id: string
  parkId: string
  kind: CaseKind
  state: CaseState
  /** The listing or the need it is about; of a claim the firm, of an introduction the need. */
  type: 'provider' | 'business' | 'need'
  recordId: string
  /** The claim or the introduction itself. */
  subjectId: string | null
  /** Version of the record when it was sent; a curator sees when there is a newer one. */
  version: number | null
  /** The last version that who waits has written himself; later ones are curators'. Left out in cases from before it was kept. */
  sentVersion?: number | null
  /** Who waits; null when it is nobody who could be told. */
  personId: string | null
  createdAt: Date
  /** When it should be decided by the latest. */
  dueAt: Date
  /** Opaque id of the member of staff who has taken it, or was given it; null while nobody has. */
  assignedTo: string | null
  assignedAt: Date | null
  /** What the curator wrote to him. */
  note: string | null
  /** What he wrote at the fields. */
  fieldNotes?: readonly FieldNote[]
  /** For what it was refused: the reason's id, and its words as they were then. */
  reasonId?: string | null
  reason?: LocalText | null
  decidedBy: string | null
  decidedAt: Date | null
}

const schema = new Schema<CaseRow>(
  {
    _id: String,
    parkId: { type: String, required: true },
    kind: { type: String, required: true },
    state: { type: String, required: true },
    type: { type: String, required: true },
    recordId: { type: String, required: true },
    subjectId: { type: String, default: null },
    version: { type: Number, default: null },
    personId: { type: String, default: null },
    createdAt: { type: Date, required: true },
    dueAt: { type: Date, required: true },
    assignedTo: { type: String, default: null },
    assignedAt: { type: Date, default: null },
    note: { type: String, default: null },
    fieldNotes: { type: Schema.Types.Mixed, default: [] },
    reasonId: { type: String, default: null },
    reason: { type: Schema.Types.Mixed, default: null },
    sentVersion: { type: Number, default: null },
    decidedBy: { type: String, default: null },
    decidedAt: { type: Date, default: null },
  },
  { collection: 'cases', versionKey: false },
)

export function caseModel(db: Connection): Model<CaseRow> {
  return (db.models.Case as Model<CaseRow> | undefined) ?? db.model<CaseRow>('Case', schema)
}

export async function createCaseIndexes(db: Connection): Promise<void> {
  const cases = caseModel(db)
  await cases.collection.createIndex({ parkId: 1, state: 1, createdAt: 1 })
  await cases.collection.createIndex({ recordId: 1, createdAt: -1 })
  await cases.collection.createIndex({ personId: 1 })
  await cases.collection.createIndex({ subjectId: 1 })
}

/** Cases from before they had a day to be decided by, or of which two could wait for one thing; and the queue's own indexes. */
export async function createQueueIndexes(db: Connection): Promise<void> {
  const { collection } = caseModel(db)
  for (const kind of CASE_KINDS) {
    await collection.updateMany({ kind, dueAt: null }, [
      { $set: { dueAt: { $add: ['$createdAt', targetMs(kind)] }, assignedTo: null, assignedAt: null } },
    ])
  }
  await endDoubles(db)
  await collection.createIndex(
    { kind: 1, recordId: 1, subjectId: 1 },
    { name: 'one_open_case', unique: true, partialFilterExpression: { state: 'open' } },
  )
  await collection.createIndex({ parkId: 1, state: 1, dueAt: 1, _id: 1 })
  await collection.createIndex({ parkId: 1, state: 1, kind: 1, dueAt: 1, _id: 1 })
  await collection.createIndex({ parkId: 1, state: 1, assignedTo: 1, dueAt: 1, _id: 1 })
  await collection.createIndex({ parkId: 1, state: 1, kind: 1, createdAt: 1 })
}

/** Of several that wait for the same decision the oldest stays. */
async function endDoubles(db: Connection): Promise<void> {
  const { collection } = caseModel(db)
  const doubles = await collection
    .aggregate<{ ids: string[] }>([
      { $match: { state: 'open' } },
      { $sort: { createdAt: 1 } },
      {
        $group: {
          _id: { kind: '$kind', recordId: '$recordId', subjectId: '$subjectId' },
          ids: { $push: '$_id' },
          count: { $sum: 1 },
        },
      },
      { $match: { count: { $gt: 1 } } },
    ])
    .toArray()
  const later = doubles.flatMap(({ ids }) => ids.slice(1))
  const set = { state: 'moot', decidedBy: 'system:migration', decidedAt: new Date() }
  if (later.length > 0) await caseModel(db).updateMany({ _id: { $in: later } }, { $set: set })
}
