import { type Connection, type Model, Schema } from 'mongoose'
import { newId } from '../../kernel/ids.js'
import { summaryOf, type TermDay } from './terms.rules.js'

/** A phrase that was searched for, by day: how many visits did and how many of them came away empty, and nothing of whoever typed it. */
export interface SearchTermRow {
  _id: string
  parkId: string
  /** Without accents: what ways of writing are grouped by. */
  key: string
  days: TermDay[]
  /** What the days come to. */
  text: string
  count: number
  missed: number
  shown: boolean
  missing: boolean
  first: string
  last: string
  /** A curator has looked at what found nothing and wants to see it there no more. */
  dismissed?: boolean
  /** When its last day is forgotten. */
  until: Date
}

const schema = new Schema<SearchTermRow>(
  {
    _id: String,
    parkId: { type: String, required: true },
    key: { type: String, required: true },
    days: { type: Schema.Types.Mixed, required: true },
    text: { type: String, required: true },
    count: { type: Number, required: true },
    missed: { type: Number, required: true },
    shown: { type: Boolean, required: true },
    missing: { type: Boolean, required: true },
    first: { type: String, required: true },
    last: { type: String, required: true },
    dismissed: Boolean,
    until: { type: Date, required: true },
  } as never,
  { collection: 'searchTerms', versionKey: false, minimize: false },
)

export function searchTermModel(db: Connection): Model<SearchTermRow> {
  return (db.models.SearchTerm as Model<SearchTermRow> | undefined) ?? db.model<SearchTermRow>('SearchTerm', schema)
}

export async function createSearchTermIndexes(db: Connection): Promise<void> {
  const { collection } = searchTermModel(db)
  await collection.createIndex({ parkId: 1, key: 1 }, { unique: true })
  await collection.createIndex({ parkId: 1, shown: 1, count: -1, key: 1 })
  await collection.createIndex({ parkId: 1, missing: 1, missed: -1, key: 1 })
  await collection.createIndex({ parkId: 1, first: 1 })
  await collection.createIndex({ until: 1 }, { expireAfterSeconds: 0 })
}

/** The indexes of the first form, which held what found nothing alone. */
export async function createSearchMissIndexes(db: Connection): Promise<void> {
  const misses = db.collection(MISSES)
  await misses.createIndex({ parkId: 1, key: 1 }, { unique: true })
  await misses.createIndex({ parkId: 1, shown: 1, count: -1, key: 1 })
  await misses.createIndex({ parkId: 1, first: 1 })
  await misses.createIndex({ until: 1 }, { expireAfterSeconds: 0 })
}

const MISSES = 'searchMisses'

interface FormerRow {
  parkId: string
  key: string
  days: { day: string; visits: number; forms: TermDay['forms'] }[]
  dismissed?: boolean
  until: Date
}

/** What was counted of searches without a result, in the present form. May be broken off and run again. */
export async function takeOverMisses(db: Connection): Promise<void> {
  const terms = searchTermModel(db)
  for await (const row of db.collection<FormerRow>(MISSES).find()) {
    const { parkId, key, until, dismissed } = row
    // A day whose visits were told apart before a restart is one of at least one visit.
    const days = row.days.map(({ day, visits, forms }) => {
      const count = Math.max(1, visits)
      return { day, count, missed: count, forms }
    })
    const summary = summaryOf({ key, days })
    const kept = { days, ...summary, missing: summary.missing && !dismissed, ...(dismissed && { dismissed }), until }
    await terms.updateOne({ parkId, key }, { $setOnInsert: { _id: newId(), ...kept } }, { upsert: true })
  }
  await db.collection(MISSES).deleteMany({})
}
