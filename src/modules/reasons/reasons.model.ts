import { type Connection, type Model, Schema } from 'mongoose'
import type { LocalText } from '../../kernel/text.js'

/** What can be refused for a reason of the list. */
export const REASON_KINDS = ['new-listing', 'change', 'need', 'claim'] as const
export type ReasonKind = (typeof REASON_KINDS)[number]

/** Why something of its kind is refused, in the park's words. One that is retired is offered no more, and kept. */
export interface ReasonRow {
  _id: string
  parkId: string
  kind: ReasonKind
  text: Required<{ [L in keyof LocalText]: string }>
  /** Its place among those of its kind, from 0. */
  place: number
  retiredAt: Date | null
  /** One more with each change, so that two who edit see each other. */
  version: number
}

const schema = new Schema<ReasonRow>(
  {
    _id: String,
    parkId: { type: String, required: true },
    kind: { type: String, required: true },
    text: { type: Schema.Types.Mixed, required: true },
    place: { type: Number, required: true },
    retiredAt: { type: Date, default: null },
    version: { type: Number, required: true },
  },
  { collection: 'reasons', versionKey: false },
)

export function reasonModel(db: Connection): Model<ReasonRow> {
  return (db.models.Reason as Model<ReasonRow> | undefined) ?? db.model<ReasonRow>('Reason', schema)
}

export async function createReasonIndexes(db: Connection): Promise<void> {
  await reasonModel(db).collection.createIndex({ parkId: 1, kind: 1, place: 1 })
}
