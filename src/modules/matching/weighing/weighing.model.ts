import { type Connection, type Model, Schema } from 'mongoose'
import type { Weights } from '../ranking/weights.js'

/** One version of a park's weights; the highest version is in force. */
export interface WeightsRow {
  _id: string
  parkId: string
  version: number
  /** As they were when it was made; what the product has come to weigh by since is missing. */
  weights: Weights
  at: Date
  /** Opaque id of who made it; missing where it came with the product. */
  by?: string
  /** Why it was made, in the words of who made it; nobody is asked it of one that is put back. */
  note?: string
  /** The version that was put back, where this is one. */
  restored?: number
  /** Which of the product's own it is. */
  release?: number
}

const schema = new Schema<WeightsRow>(
  {
    _id: String,
    parkId: { type: String, required: true },
    version: { type: Number, required: true },
    weights: { type: Schema.Types.Mixed, required: true },
    at: { type: Date, required: true },
    by: String,
    note: String,
    restored: Number,
    release: Number,
  } as never,
  { collection: 'weights', versionKey: false, minimize: false },
)

export function weightsModel(db: Connection): Model<WeightsRow> {
  return (db.models.Weights as Model<WeightsRow> | undefined) ?? db.model<WeightsRow>('Weights', schema)
}

export async function createWeightsIndexes(db: Connection): Promise<void> {
  await weightsModel(db).collection.createIndex({ parkId: 1, version: 1 }, { unique: true })
}
