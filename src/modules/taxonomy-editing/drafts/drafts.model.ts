import { type Connection, type Model, Schema } from 'mongoose'
import type { Act } from '../acts/acts.types.js'

/** Something about to be done to the taxonomy, whose effect is looked at before it counts. Nothing says whose it is. */
export interface DraftRow {
  _id: string
  parkId: string
  /** The version that it was typed over. */
  base: number
  act: Act
  /** When it is forgotten. */
  until: Date
}

const schema = new Schema<DraftRow>(
  {
    _id: String,
    parkId: { type: String, required: true },
    base: { type: Number, required: true },
    act: { type: Schema.Types.Mixed, required: true },
    until: { type: Date, required: true },
  } as never,
  { collection: 'taxonomyDrafts', versionKey: false, minimize: false },
)

export function draftModel(db: Connection): Model<DraftRow> {
  return (db.models.TaxonomyDraft as Model<DraftRow> | undefined) ?? db.model<DraftRow>('TaxonomyDraft', schema)
}

export async function createTaxonomyDraftIndexes(db: Connection): Promise<void> {
  await draftModel(db).collection.createIndex({ until: 1 }, { expireAfterSeconds: 0 })
}
