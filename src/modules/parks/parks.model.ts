import { type Connection, type Model, Schema } from 'mongoose'
import type { ParkContext } from '../../kernel/park.js'

export type ParkRow = Omit<ParkContext, 'id'> & { _id: string }

const schema = new Schema<ParkRow>(
  {
    _id: String,
    slug: { type: String, required: true },
    name: { type: Schema.Types.Mixed, required: true },
    place: { type: Schema.Types.Mixed, required: true },
    timeZone: { type: String, required: true },
    province: { type: String, required: true },
    contacts: { type: Schema.Types.Mixed, required: true },
    zones: { type: [Schema.Types.Mixed], required: true } as never,
    about: { type: Schema.Types.Mixed, required: true },
    facts: { type: [Schema.Types.Mixed], required: true } as never,
    demonstration: { type: Boolean, required: true },
  },
  { collection: 'parks', versionKey: false, minimize: false },
)

export function parkModel(db: Connection): Model<ParkRow> {
  return (db.models.Park as Model<ParkRow> | undefined) ?? db.model<ParkRow>('Park', schema)
}

export async function createParkIndexes(db: Connection): Promise<void> {
  await parkModel(db).collection.createIndex({ slug: 1 }, { unique: true })
}
