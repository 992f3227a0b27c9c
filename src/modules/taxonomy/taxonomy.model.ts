import { type Connection, type Model, Schema } from 'mongoose'
import type { Taxonomy } from './taxonomy.types.js'

/** What a version of the taxonomy differs in from the one before. */
export interface TaxonomyDeed {
  /** `add`, `change`, `merge`, `retire`, `restore` … */
  act: string
  /** Codes and ids that make it understood: `{ kind: 'service', id: 'accounting' }`. */
  details: Readonly<Record<string, string>>
}

/** One version of a park's taxonomy; the highest version is in force. */
export interface TaxonomyRow {
  _id: string
  parkId: string
  version: number
  taxonomy: Taxonomy
  at: Date
  /** Opaque id of who made it; missing where it came with the product. */
  by?: string
  deed?: TaxonomyDeed
}

const schema = new Schema<TaxonomyRow>(
  {
    _id: String,
    parkId: { type: String, required: true },
    version: { type: Number, required: true },
    taxonomy: { type: Schema.Types.Mixed, required: true },
    at: { type: Date, required: true },
    by: String,
    deed: Schema.Types.Mixed,
  } as never,
  { collection: 'taxonomies', versionKey: false, minimize: false },
)

export function taxonomyModel(db: Connection): Model<TaxonomyRow> {
  return (db.models.Taxonomy as Model<TaxonomyRow> | undefined) ?? db.model<TaxonomyRow>('Taxonomy', schema)
}

export async function createTaxonomyIndexes(db: Connection): Promise<void> {
  await taxonomyModel(db).collection.createIndex({ parkId: 1, version: 1 }, { unique: true })
}
