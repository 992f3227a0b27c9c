import { type Connection, type Model, Schema } from 'mongoose'
import type { RecordType } from '../../../platform/records/record.types.js'

/** The services and sectors that a record carries, published or waiting, so that those with one are counted without reading records. */
export interface UseRow {
  /** The record's id. */
  _id: string
  parkId: string
  type: RecordType
  /** `service:accounting` */
  codes: string[]
}

const schema = new Schema<UseRow>(
  {
    _id: String,
    parkId: { type: String, required: true },
    type: { type: String, required: true },
    codes: { type: [String], required: true },
  } as never,
  { collection: 'taxonomyUses', versionKey: false },
)

export function useModel(db: Connection): Model<UseRow> {
  return (db.models.TaxonomyUse as Model<UseRow> | undefined) ?? db.model<UseRow>('TaxonomyUse', schema)
}

export async function createTaxonomyUseIndexes(db: Connection): Promise<void> {
  await useModel(db).collection.createIndex({ parkId: 1, codes: 1, type: 1 })
}
