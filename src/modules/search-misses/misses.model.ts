import { type Connection, type Model, Schema } from 'mongoose'
import type { MissDay } from './misses.rules.js'

/** A phrase that found nothing, by day: how often and by how many visits, and nothing of whoever typed it. */
export interface SearchMissRow {
  _id: string
  parkId: string
  /** Without accents: what ways of writing are grouped by. */
  key: string
  days: MissDay[]
  /** What the days come to. */
  text: string
  count: number
  shown: boolean
  first: string
  last: string
  /** A curator has looked at it and wants to see it no more. */
  dismissed?: boolean
  /** When its last day is forgotten. */
  until: Date
}

const schema = new Schema<SearchMissRow>(
  {
    _id: String,
    parkId: { type: String, required: true },
    key: { type: String, required: true },
    days: { type: Schema.Types.Mixed, required: true },
    text: { type: String, required: true },
    count: { type: Number, required: true },
    shown: { type: Boolean, required: true },
    first: { type: String, required: true },
    last: { type: String, required: true },
    dismissed: Boolean,
    until: { type: Date, required: true },
  } as never,
  { collection: 'searchMisses', versionKey: false, minimize: false },
)

export function searchMissModel(db: Connection): Model<SearchMissRow> {
  return (db.models.SearchMiss as Model<SearchMissRow> | undefined) ?? db.model<SearchMissRow>('SearchMiss', schema)
}

export async function createSearchMissIndexes(db: Connection): Promise<void> {
  const { collection } = searchMissModel(db)
  await collection.createIndex({ parkId: 1, key: 1 }, { unique: true })
  await collection.createIndex({ parkId: 1, shown: 1, count: -1, key: 1 })
  await collection.createIndex({ parkId: 1, first: 1 })
  await collection.createIndex({ until: 1 }, { expireAfterSeconds: 0 })
}
