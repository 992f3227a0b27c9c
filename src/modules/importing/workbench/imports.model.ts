import { type Connection, type Model, Schema } from 'mongoose'
import type { ImportRow, StagedRow } from './imports.types.js'

/** What a park's people named the columns of a table, for the next one with the same. */
export interface MappingRow {
  /** Park, kind and digest of the columns' names. */
  _id: string
  mapping: (string | null)[]
  at: Date
}

const loose = (collection: string) => ({
  collection,
  versionKey: false as const,
  minimize: false,
  strict: false as const,
})

/** Only the product writes these, in whole rows of its own types. */
const schemaOf = (collection: string, fields: object) =>
  new Schema({ _id: String, ...fields } as never, loose(collection))

export function importModels(db: Connection) {
  const model = <T>(name: string, schema: Schema) =>
    (db.models[name] as Model<T> | undefined) ?? (db.model(name, schema) as unknown as Model<T>)
  const importFields = {
    parkId: String,
    state: String,
    createdAt: Date,
    named: Number,
    cursor: Number,
    undoCursor: String,
    worker: String,
    workUntil: Date,
    eraseAt: Date,
    erased: Boolean,
  }
  return {
    imports: model<ImportRow>('Import', schemaOf('imports', importFields)),
    rows: model<StagedRow>('ImportRow', schemaOf('importRows', { importId: String, n: Number, bad: Boolean })),
    mappings: model<MappingRow>('ImportMapping', schemaOf('importMappings', {})),
  }
}

export async function createImportIndexes(db: Connection): Promise<void> {
  const { imports, rows } = importModels(db)
  await imports.collection.createIndex({ parkId: 1, createdAt: -1 })
  await imports.collection.createIndex({ state: 1, workUntil: 1 })
  await imports.collection.createIndex({ erased: 1, eraseAt: 1 })
  await rows.collection.createIndex({ importId: 1, n: 1 }, { unique: true })
  await rows.collection.createIndex({ importId: 1, bad: 1, n: 1 })
}
