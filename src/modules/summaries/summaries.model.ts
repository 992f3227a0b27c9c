import { type Connection, type Model, Schema } from 'mongoose'
import type { CountRow, SummaryRow } from './summaries.types.js'

const dimensions = {
  parkId: { type: String, required: true },
  type: { type: String, required: true },
  standing: { type: String, required: true },
  band: { type: Number, required: true },
  source: { type: String, required: true },
  featured: { type: Boolean, required: true },
  owned: { type: Boolean, required: true },
} as const

const summarySchema = new Schema<SummaryRow>(
  {
    ...dimensions,
    _id: String,
    version: { type: Number, required: true },
    slug: { type: String, required: true },
    name: { type: Schema.Types.Mixed, required: true },
    sortName: String,
    words: [String],
    taxCode: { type: String, default: null },
    changing: { type: Boolean, required: true },
    completeness: { type: Number, required: true },
    missing: [String],
    expiresOn: { type: String, default: null },
    mergedInto: { type: String, default: null },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
  } as never,
  { collection: 'summaries', versionKey: false, minimize: false },
)

const countSchema = new Schema<CountRow>({ ...dimensions, _id: String, n: Number } as never, {
  collection: 'summaryCounts',
  versionKey: false,
})

export function summaryModels(db: Connection) {
  return {
    summaries: (db.models.Summary as Model<SummaryRow> | undefined) ?? db.model<SummaryRow>('Summary', summarySchema),
    counts: (db.models.SummaryCount as Model<CountRow> | undefined) ?? db.model<CountRow>('SummaryCount', countSchema),
  }
}

/** What a list is narrowed by most: each has an index that yields the list in the order of names. */
const NARROWING = ['type', 'standing', 'band', 'source', 'featured', 'owned'] as const

/** What a list is ordered by. */
const ORDERS = ['sortName', 'updatedAt', 'createdAt', 'completeness', 'expiresOn'] as const

export async function createSummaryIndexes(db: Connection): Promise<void> {
  const { summaries, counts } = summaryModels(db)
  for (const field of NARROWING) await summaries.collection.createIndex({ parkId: 1, [field]: 1, sortName: 1, _id: 1 })
  for (const field of ORDERS) await summaries.collection.createIndex({ parkId: 1, [field]: 1, _id: 1 })
  // So that those of an age or a week are counted by their keys, the merged ones left out.
  for (const field of ['updatedAt', 'createdAt']) {
    await summaries.collection.createIndex({ parkId: 1, standing: 1, [field]: 1 })
  }
  await summaries.collection.createIndex({ parkId: 1, words: 1 })
  await summaries.collection.createIndex({ parkId: 1, taxCode: 1 })
  await counts.collection.createIndex({ parkId: 1 })
}
