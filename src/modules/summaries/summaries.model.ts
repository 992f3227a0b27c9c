import { type Connection, type Model, Schema } from 'mongoose'
import type { PlainDate } from '../../kernel/clock.js'
import type { LocalText } from '../../kernel/text.js'

export const LISTING_TYPES = ['provider', 'business'] as const
export type ListingType = (typeof LISTING_TYPES)[number]

/**
 * Where a listing stands. `pending` was never public, `unlisted` keeps itself out of the directory, `withheld` ones are told
 * apart by why.
 */
export const STANDINGS = ['public', 'pending', 'unlisted', 'suspended', 'expired', 'archived', 'merged'] as const
export type Standing = (typeof STANDINGS)[number]

/** Quarters of completeness, by their lower end. */
export const BANDS = [0, 25, 50, 75] as const
export type Band = (typeof BANDS)[number]

/** By which listings are counted; each combination that occurs has a row that counts it. */
export interface Dimensions {
  type: ListingType
  standing: Standing
  band: Band
  source: string
  featured: boolean
  /** Whether somebody looks after it as its owner. */
  owned: boolean
}

/** What lists and counts need of a firm or a business. */
export interface SummaryRow extends Dimensions {
  /** The record's. */
  _id: string
  parkId: string
  version: number
  slug: string
  /** What it goes by: a firm's trade name, else its name. */
  name: LocalText
  /** Accent-free, lower case. */
  sortName: string
  /** Accent-free words of all its names, its tax code and its domain. */
  words: string[]
  taxCode: string | null
  /** Whether its people are preparing another version. */
  changing: boolean
  /** 0 to 100, and what it lacks for a good match, the most valuable first: keys of `organisations.completeness`. */
  completeness: number
  missing: string[]
  expiresOn: PlainDate | null
  mergedInto: string | null
  createdAt: Date
  updatedAt: Date
}

export interface CountRow extends Dimensions {
  _id: string
  parkId: string
  n: number
}

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
  await summaries.collection.createIndex({ parkId: 1, words: 1 })
  await summaries.collection.createIndex({ parkId: 1, taxCode: 1 })
  await counts.collection.createIndex({ parkId: 1 })
}
