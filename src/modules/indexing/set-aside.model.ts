import { type Connection, type Model, Schema } from 'mongoose'
import type { RecordType } from '../../platform/records/record.types.js'

/** A record whose document an engine does not have as it should be: it could not be made, or the engine would not take it. */
export interface SetAsideRow {
  /** Engine, type and record. */
  _id: string
  engine: string
  type: RecordType
  recordId: string
  /** The last change of the log that was taken in when it was set aside. */
  seq: number
  /** `document`: it could not be read or made; `engine`: the engine refused it. */
  cause: 'document' | 'engine'
  /** For the operator; at most 500 characters. */
  error: string
  since: Date
  /** Tries since, this one's change included. */
  attempts: number
  /** When it is tried again by itself. */
  nextAt: Date
}

const schema = new Schema<SetAsideRow>(
  {
    _id: String,
    engine: { type: String, required: true },
    type: { type: String, required: true },
    recordId: { type: String, required: true },
    seq: { type: Number, required: true },
    cause: { type: String, required: true },
    error: { type: String, required: true },
    since: { type: Date, required: true },
    attempts: { type: Number, required: true },
    nextAt: { type: Date, required: true },
  },
  { collection: 'setAside', versionKey: false },
)

export function setAsideModel(db: Connection): Model<SetAsideRow> {
  return (db.models.SetAside as Model<SetAsideRow> | undefined) ?? db.model<SetAsideRow>('SetAside', schema)
}
