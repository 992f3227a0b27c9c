import { type Connection, type Model, Schema } from 'mongoose'

/** How often, on one day, the matcher found nobody for a service or sector. A count alone: no words, no person. */
export interface MissRow {
  _id: string
  parkId: string
  /** Day in the park's time zone. */
  day: string
  /** Null when no service was understood. */
  service: string | null
  sector: string | null
  count: number
}

const schema = new Schema<MissRow>(
  {
    _id: String,
    parkId: { type: String, required: true },
    day: { type: String, required: true },
    service: { type: String, default: null },
    sector: { type: String, default: null },
    count: { type: Number, required: true },
  },
  { collection: 'misses', versionKey: false },
)

export function missModel(db: Connection): Model<MissRow> {
  return (db.models.Miss as Model<MissRow> | undefined) ?? db.model<MissRow>('Miss', schema)
}

export async function createDemandIndexes(db: Connection): Promise<void> {
  await missModel(db).collection.createIndex({ parkId: 1, day: 1, service: 1, sector: 1 }, { unique: true })
}
