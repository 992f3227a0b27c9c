import { type Connection, type Model, Schema } from 'mongoose'
import { type RecordRow, recordModels } from '../../platform/records/record.model.js'
import { type Candidate, LARGEST_BLOCK } from './pairing.rules.js'
import { keysOf, type Print, printOf } from './prints.rules.js'
import type { Reason } from './scoring.rules.js'

/** Listings are compared with their like: firms with firms, businesses with businesses. */
export const LISTING_TYPES = ['provider', 'business'] as const
export type ListingType = (typeof LISTING_TYPES)[number]

/** How a listing is compared, kept in the transaction that changes it. */
export interface PrintRow {
  /** Id of the listing. */
  _id: string
  parkId: string
  type: ListingType
  /** Null for one that is no more. */
  print: Print | null
  keys: string[]
  /** Whether its pairs have yet to be looked for since it was changed. */
  fresh: boolean
  version: number
}

/** `apart`: a curator has said that they are two. */
export type PairState = 'open' | 'apart'

/** Two listings that may be one. */
export interface PairRow {
  /** `pairId` of the two. */
  _id: string
  parkId: string
  type: ListingType
  a: string
  b: string
  /** 0 to 1. */
  score: number
  reasons: Reason[]
  state: PairState
  /** Who has said that they are two, and when. */
  by: string | null
  at: Date | null
}

const printSchema = new Schema<PrintRow>(
  {
    _id: String,
    ...{ parkId: String, type: { type: String }, print: Schema.Types.Mixed },
    ...{ keys: [String], fresh: Boolean, version: Number },
  },
  { collection: 'duplicate-prints', versionKey: false, minimize: false },
)

const pairSchema = new Schema<PairRow>(
  {
    _id: String,
    ...{ parkId: String, type: { type: String }, a: String, b: String },
    ...{ score: Number, reasons: [String], state: String },
    ...{ by: { type: String, default: null }, at: { type: Date, default: null } },
  },
  { collection: 'duplicate-pairs', versionKey: false },
)

export function duplicateModels(db: Connection): { prints: Model<PrintRow>; pairs: Model<PairRow> } {
  const model = <T>(name: string, of: Schema<T>) =>
    (db.models[name] as Model<T> | undefined) ?? (db.model(name, of as Schema) as unknown as Model<T>)
  return { prints: model('DuplicatePrint', printSchema), pairs: model('DuplicatePair', pairSchema) }
}

export function printRow(type: ListingType, row: Omit<RecordRow, '_id'> & { id: string }): PrintRow {
  const print = printOf(row)
  const { id: _id, parkId, version } = row
  return { _id, parkId, type, print, keys: print ? keysOf(print) : [], fresh: true, version }
}

export const toCandidates = (rows: readonly PrintRow[]): Candidate[] =>
  rows.flatMap(({ _id, keys, print }) => (print ? [{ id: _id, keys, print }] : []))

const ROWS_AT_ONCE = 500

/** Indexes, and the prints of the listings that were here before there were any. */
export async function createDuplicateIndexes(db: Connection): Promise<void> {
  const { prints, pairs } = duplicateModels(db)
  await prints.collection.createIndex({ parkId: 1, type: 1, keys: 1 })
  await prints.collection.createIndex({ fresh: 1 }, { partialFilterExpression: { fresh: true } })
  await pairs.collection.createIndex({ parkId: 1, state: 1, score: -1, _id: 1 })
  await pairs.collection.createIndex({ parkId: 1, state: 1, type: 1, score: -1, _id: 1 })
  await pairs.collection.createIndex({ a: 1 })
  await pairs.collection.createIndex({ b: 1 })
  const { records } = recordModels(db)
  for (const type of LISTING_TYPES) {
    let batch: PrintRow[] = []
    const write = async () => {
      const replaceOne = (row: PrintRow) => ({ filter: { _id: row._id }, replacement: row, upsert: true })
      if (batch.length > 0) await prints.bulkWrite(batch.map((row) => ({ replaceOne: replaceOne(row) })))
      batch = []
    }
    for await (const { _id, ...row } of records[type].find().lean<RecordRow>().cursor({ batchSize: ROWS_AT_ONCE })) {
      batch.push(printRow(type, { ...(row as Omit<RecordRow, '_id'>), id: String(_id) }))
      if (batch.length >= ROWS_AT_ONCE) await write()
    }
    await write()
  }
}

/** One more than a block may hold: that many show that it is too large. */
export const ENOUGH_TO_TELL = LARGEST_BLOCK + 1
