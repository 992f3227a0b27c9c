import { type Connection, type Model, Schema } from 'mongoose'

/** How often something was tried within a window of time. */
export interface AttemptRow {
  /** What is counted, as a keyed hash: it names neither person nor address. */
  _id: string
  count: number
  /** End of the window. */
  until: Date
}

const schema = new Schema<AttemptRow>(
  { _id: String, count: { type: Number, required: true }, until: { type: Date, required: true } },
  { collection: 'attempts', versionKey: false },
)

export function attemptModel(db: Connection): Model<AttemptRow> {
  return (db.models.Attempt as Model<AttemptRow> | undefined) ?? db.model<AttemptRow>('Attempt', schema)
}

export async function createAttemptIndexes(db: Connection): Promise<void> {
  await attemptModel(db).collection.createIndex({ until: 1 }, { expireAfterSeconds: 0 })
}
