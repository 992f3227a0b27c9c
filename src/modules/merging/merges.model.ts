import { type Connection, type Model, Schema } from 'mongoose'
import type { ListingType } from '../duplicates/index.js'

/** That one listing became part of another; what undoing it takes. Names people by opaque id alone. */
export interface MergeRow {
  /** Also the batch of all versions and audit entries that are part of it. */
  _id: string
  parkId: string
  type: ListingType
  survivor: string
  other: string
  /** Version of the survivor that the merge made; the one before it is how it was. */
  survivorVersion: number
  by: string
  at: Date
  /** What followed, by the name of its moves. */
  moved: Record<string, string[]>
  undoneBy: string | null
  undoneAt: Date | null
}

const schema = new Schema<MergeRow>(
  {
    _id: String,
    ...{ parkId: String, type: { type: String }, survivor: String, other: String },
    ...{ survivorVersion: Number, by: String, at: Date, moved: Schema.Types.Mixed },
    undoneBy: { type: String, default: null },
    undoneAt: { type: Date, default: null },
  },
  { collection: 'merges', versionKey: false, minimize: false },
)

export function mergeModel(db: Connection): Model<MergeRow> {
  return (db.models.Merge as Model<MergeRow> | undefined) ?? db.model<MergeRow>('Merge', schema)
}

export async function createMergeIndexes(db: Connection): Promise<void> {
  const { collection } = mergeModel(db)
  await collection.createIndex({ parkId: 1, at: -1 })
  await collection.createIndex({ survivor: 1, at: -1 })
  await collection.createIndex({ other: 1, at: -1 })
}
