import { type Connection, type Model, Schema } from 'mongoose'

/** What curators decide. */
export const CASE_KINDS = ['new-listing', 'change', 'need', 'claim', 'introduction'] as const
export type CaseKind = (typeof CASE_KINDS)[number]

/** `moot`: what was to be decided is no more, a need withdrawn say. */
export const CASE_STATES = ['open', 'approved', 'sent-back', 'moot'] as const
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
  /** Who waits; null when it is nobody who could be told. */
  personId: string | null
  createdAt: Date
  /** What the curator wrote to him. */
  note: string | null
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
    note: { type: String, default: null },
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
