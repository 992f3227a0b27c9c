import { type Connection, type Model, Schema } from 'mongoose'

/** Where an engine outside the process stands in the change log. */
export interface OffsetRow {
  /** The engine and where it is. */
  _id: string
  /** The last change it has taken in. */
  seq: number
  /** What its documents were made by; they are made anew when it changes. */
  form: string
}

const schema = new Schema<OffsetRow>(
  { _id: String, seq: { type: Number, required: true }, form: { type: String, required: true } },
  { collection: 'engineOffsets', versionKey: false },
)

export function offsetModel(db: Connection): Model<OffsetRow> {
  return (db.models.EngineOffset as Model<OffsetRow> | undefined) ?? db.model<OffsetRow>('EngineOffset', schema)
}
