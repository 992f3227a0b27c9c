import { type Connection, type Model, Schema } from 'mongoose'
import type { ChangeEntry, RecordAction, RecordType, StoredRecord } from './record.types.js'

type Row<T> = Omit<T, 'id'> & { _id: string }

export type RecordRow = Row<StoredRecord<unknown>>

/** What of a record a version keeps: all that a later version may differ in. */
type VersionState = Pick<
  RecordRow,
  'published' | 'working' | 'status' | 'slug' | 'archivedAt' | 'mergedInto' | 'withheld' | 'featuredAt' | 'expiresOn'
>

export interface VersionRow extends VersionState {
  _id: string
  parkId: string
  type: RecordType
  recordId: string
  version: number
  action: RecordAction
  /** Opaque id of who did it. */
  by: string
  at: Date
  why: string
  /** The import, merge or other larger act that it was part of. */
  batch: string | null
}

export interface AuditRow {
  _id: string
  parkId: string
  at: Date
  by: string
  action: string
  /** What it was done to: a record, or what an `AuditEvent` names. */
  type: string
  recordId: string
  /** Of a record, after it was done. */
  version: number | null
  /** The import, merge or other larger act that it was part of; entries of before the workbench lack it. */
  batch?: string | null
  /** Its place in the chain; missing until it is sealed. */
  seq?: number
  details?: Readonly<Record<string, string>>
}

export type ChangeRow = Omit<ChangeEntry, 'seq'> & { _id: number }

export interface SlugRow {
  _id: string
  parkId: string
  type: RecordType
  slug: string
  recordId: string
}

interface CounterRow {
  _id: string
  value: number
}

const plain = (collection: string) => ({ collection, versionKey: false as const, minimize: false, id: false })

const recordSchema = (collection: string) =>
  new Schema<RecordRow>(
    {
      _id: String,
      parkId: { type: String, required: true },
      version: { type: Number, required: true },
      slug: { type: String, required: true },
      source: { type: String, required: true },
      externalId: { type: String, default: null },
      // The content's form is the module's to check, before it comes here.
      published: { type: Schema.Types.Mixed, default: null },
      working: { type: Schema.Types.Mixed, default: null },
      status: { type: String, default: null },
      ownerId: { type: String, default: null },
      createdAt: { type: Date, required: true },
      updatedAt: { type: Date, required: true },
      publishedAt: { type: Date, default: null },
      archivedAt: { type: Date, default: null },
      mergedInto: { type: String, default: null },
      withheld: { type: Schema.Types.Mixed, default: null },
      featuredAt: { type: Date, default: null },
      expiresOn: { type: String, default: null },
    },
    plain(collection),
  )

const COLLECTIONS: Record<RecordType, string> = { provider: 'providers', business: 'businesses', need: 'needs' }

export interface RecordModels {
  records: Record<RecordType, Model<RecordRow>>
  versions: Model<VersionRow>
  audit: Model<AuditRow>
  changes: Model<ChangeRow>
  slugs: Model<SlugRow>
  counters: Model<CounterRow>
}

/** The models of one connection; a test may hold several connections. */
export function recordModels(db: Connection): RecordModels {
  const model = <T>(name: string, schema: Schema<T>) =>
    (db.models[name] as Model<T> | undefined) ?? (db.model(name, schema as Schema) as unknown as Model<T>)
  const who = { by: { type: String, required: true }, at: { type: Date, required: true } }
  const what = { parkId: String, type: { type: String }, recordId: String, version: Number }
  return {
    records: {
      provider: model('Provider', recordSchema(COLLECTIONS.provider)),
      business: model('Business', recordSchema(COLLECTIONS.business)),
      need: model('Need', recordSchema(COLLECTIONS.need)),
    },
    versions: model(
      'Version',
      new Schema<VersionRow>(
        {
          _id: String,
          ...what,
          ...who,
          published: Schema.Types.Mixed,
          working: Schema.Types.Mixed,
          ...{ status: String, slug: String, action: String, why: String, batch: { type: String, default: null } },
          ...{
            archivedAt: Date,
            mergedInto: String,
            withheld: Schema.Types.Mixed,
            featuredAt: Date,
            expiresOn: String,
          },
        },
        plain('versions'),
      ),
    ),
    audit: model(
      'Audit',
      new Schema<AuditRow>(
        { _id: String, ...what, ...who, action: String, batch: String, seq: Number, details: Schema.Types.Mixed },
        plain('audit'),
      ),
    ),
    changes: model('Change', new Schema<ChangeRow>({ _id: Number, ...what, at: Date }, plain('changes'))),
    slugs: model(
      'Slug',
      new Schema<SlugRow>(
        { _id: String, parkId: String, type: { type: String }, slug: String, recordId: String },
        plain('slugs'),
      ),
    ),
    counters: model('Counter', new Schema<CounterRow>({ _id: String, value: Number }, plain('counters'))),
  }
}

/** Indexes of the record collections; called by a migration. */
export async function createRecordIndexes(db: Connection): Promise<void> {
  const { records, versions, audit, changes, slugs } = recordModels(db)
  for (const model of Object.values(records)) {
    await model.collection.createIndex(
      { parkId: 1, source: 1, externalId: 1 },
      { unique: true, partialFilterExpression: { externalId: { $type: 'string' } } },
    )
    await model.collection.createIndex({ parkId: 1, updatedAt: 1 })
  }
  await records.need.collection.createIndex({ parkId: 1, ownerId: 1 })
  await records.need.collection.createIndex({ parkId: 1, status: 1 })
  await versions.collection.createIndex({ recordId: 1, version: 1 }, { unique: true })
  await audit.collection.createIndex({ parkId: 1, at: 1 })
  await changes.collection.createIndex({ recordId: 1 })
  await slugs.collection.createIndex({ parkId: 1, type: 1, slug: 1 }, { unique: true })
  await slugs.collection.createIndex({ recordId: 1 })
}

/** Indexes by which what was done is found again. */
export async function createTrailIndexes(db: Connection): Promise<void> {
  const { versions } = recordModels(db)
  await versions.collection.createIndex(
    { batch: 1, _id: 1 },
    { partialFilterExpression: { batch: { $type: 'string' } } },
  )
}
