import { type Connection, type Model, Schema } from 'mongoose'
import { RETENTION, secondsOf } from '../../../kernel/retention.js'
import type { Lang } from '../../../kernel/text.js'

/** What may be asked in writing; withdrawing and erasing are done at once and entered as done. */
export const ASKED_KINDS = ['correction', 'restriction', 'objection', 'other'] as const
export const REQUEST_KINDS = [...ASKED_KINDS, 'withdrawal', 'erasure'] as const
export type RequestKind = (typeof REQUEST_KINDS)[number]

/** `moot`: whoever asked has been erased meanwhile. */
export const OUTCOMES = ['done', 'refused', 'moot'] as const
export type Outcome = (typeof OUTCOMES)[number]

/** A request about personal data, with what is needed to show that the law's two clocks were kept. */
export interface RequestRow {
  _id: string
  parkId: string
  /** Opaque id; after an erasure it leads to nobody. */
  personId: string
  kind: RequestKind
  /** What he wrote; taken out when he is erased. */
  words: string | null
  lang: Lang
  receivedAt: Date
  /** When he was told that it came in; null while he could not be. */
  acknowledgedAt: Date | null
  closedAt: Date | null
  outcome: Outcome | null
  /** What he was answered. */
  note: string | null
  /** Opaque id of the administrator; his own when it was done at his word alone. */
  closedBy: string | null
  /** Of an erasure: firms and businesses that nobody owns now, for an administrator to see to. */
  withoutOwner: { type: 'provider' | 'business'; organisation: string }[]
}

const organisation = new Schema({ type: { type: String }, organisation: String }, { _id: false })

const schema = new Schema<RequestRow>(
  {
    _id: String,
    parkId: { type: String, required: true },
    personId: { type: String, required: true },
    kind: { type: String, enum: REQUEST_KINDS, required: true },
    words: { type: String, default: null },
    lang: { type: String, required: true },
    receivedAt: { type: Date, required: true },
    acknowledgedAt: { type: Date, default: null },
    closedAt: { type: Date, default: null },
    outcome: { type: String, default: null },
    note: { type: String, default: null },
    closedBy: { type: String, default: null },
    withoutOwner: { type: [organisation], default: [] },
  },
  { collection: 'requests', versionKey: false },
)

export function requestModel(db: Connection): Model<RequestRow> {
  return (db.models.Request as Model<RequestRow> | undefined) ?? db.model<RequestRow>('Request', schema)
}

const DAYS_A_MONTH = 31

export async function createRequestIndexes(db: Connection): Promise<void> {
  const requests = requestModel(db)
  await requests.collection.createIndex({ parkId: 1, receivedAt: 1 })
  await requests.collection.createIndex({ personId: 1 })
  await requests.collection.createIndex(
    { closedAt: 1 },
    { expireAfterSeconds: secondsOf(RETENTION.requestMonths * DAYS_A_MONTH) },
  )
}
