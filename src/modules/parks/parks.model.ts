import { type Connection, type Model, Schema } from 'mongoose'
import type { ParkContext } from '../../kernel/park.js'

export type ParkRow = Omit<ParkContext, 'id'> & { _id: string }

/** One state of one part of the park's settings, as its form held it. */
export interface ParkVersionRow {
  _id: string
  parkId: string
  section: string
  /** 1 is what stood there before anybody changed it. */
  version: number
  /** Opaque id of who wrote it; `system:shipped` for the first. */
  by: string
  at: Date
  /** The version that was put back, where this is one. */
  restored: number | null
  values: { field: string; value: string }[]
}

const schema = new Schema<ParkRow>(
  {
    _id: String,
    slug: { type: String, required: true },
    name: { type: Schema.Types.Mixed, required: true },
    shortName: Schema.Types.Mixed,
    place: { type: Schema.Types.Mixed, required: true },
    timeZone: { type: String, required: true },
    province: { type: String, required: true },
    contacts: { type: Schema.Types.Mixed, required: true },
    zones: { type: [Schema.Types.Mixed], required: true } as never,
    about: { type: Schema.Types.Mixed, required: true },
    facts: { type: [Schema.Types.Mixed], required: true } as never,
    logo: Schema.Types.Mixed,
    front: Schema.Types.Mixed,
    pages: Schema.Types.Mixed,
    rules: Schema.Types.Mixed,
    sections: Schema.Types.Mixed,
    demonstration: { type: Boolean, required: true },
  },
  { collection: 'parks', versionKey: false, minimize: false },
)

const versionSchema = new Schema<ParkVersionRow>(
  {
    _id: String,
    parkId: { type: String, required: true },
    section: { type: String, required: true },
    version: { type: Number, required: true },
    by: { type: String, required: true },
    at: { type: Date, required: true },
    restored: { type: Number, default: null },
    values: { type: [Schema.Types.Mixed], required: true } as never,
  },
  { collection: 'park_versions', versionKey: false, minimize: false },
)

export function parkModel(db: Connection): Model<ParkRow> {
  return (db.models.Park as Model<ParkRow> | undefined) ?? db.model<ParkRow>('Park', schema)
}

export function parkVersionModel(db: Connection): Model<ParkVersionRow> {
  return (
    (db.models.ParkVersion as Model<ParkVersionRow> | undefined) ??
    db.model<ParkVersionRow>('ParkVersion', versionSchema)
  )
}

export async function createParkIndexes(db: Connection): Promise<void> {
  await parkModel(db).collection.createIndex({ slug: 1 }, { unique: true })
}

export async function createParkVersionIndexes(db: Connection): Promise<void> {
  await parkVersionModel(db).collection.createIndex({ parkId: 1, section: 1, version: -1 }, { unique: true })
}
