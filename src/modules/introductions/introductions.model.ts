import { type Connection, type Model, Schema } from 'mongoose'
import type { Course } from './rules/introductions.types.js'

/**
 * One firm and one need being brought together. It names people by opaque id and holds no contact: those are read from
 * the people and the firm themselves when both have agreed.
 */
export interface IntroductionRow extends Course {
  _id: string
  parkId: string
  needId: string
  /** Record id of the firm. */
  provider: string
  /** Who asked or offered, and who answered. */
  needPerson: string | null
  firmPerson: string | null
  /** What the asking side wrote to the other. */
  message: string | null
  createdAt: Date
  /** One more with each change, so that of two at once one is seen to be late. */
  version: number
  /** Whether it is open or accepted: a need and a firm have one such introduction at most. */
  live: boolean
  /** The place it takes among those its need has, `request:0` say; null when it takes none any more. */
  place: string | null
}

const side = { type: Schema.Types.Mixed, default: null }

const schema = new Schema<IntroductionRow>(
  {
    _id: String,
    parkId: { type: String, required: true },
    needId: { type: String, required: true },
    provider: { type: String, required: true },
    kind: { type: String, required: true },
    state: { type: String, required: true },
    needPerson: { type: String, default: null },
    firmPerson: { type: String, default: null },
    message: { type: String, default: null },
    createdAt: { type: Date, required: true },
    version: { type: Number, required: true },
    live: { type: Boolean, required: true },
    place: { type: String, default: null },
    dueOn: { type: String, required: true },
    withCuratorsAt: { type: Date, default: null },
    remindedAt: { type: Date, default: null },
    settledAt: { type: Date, default: null },
    declined: side,
    lapsed: { type: String, default: null },
    outcomeAskedAt: { type: Date, default: null },
    outcomes: { need: side, firm: side },
  },
  { collection: 'introductions', versionKey: false, minimize: false },
)

export function introductionModel(db: Connection): Model<IntroductionRow> {
  return (
    (db.models.Introduction as Model<IntroductionRow> | undefined) ?? db.model<IntroductionRow>('Introduction', schema)
  )
}

export async function createIntroductionIndexes(db: Connection): Promise<void> {
  const { collection } = introductionModel(db)
  await collection.createIndex(
    { parkId: 1, needId: 1, provider: 1 },
    { name: 'one_live_introduction', unique: true, partialFilterExpression: { live: true } },
  )
  await collection.createIndex(
    { parkId: 1, needId: 1, place: 1 },
    { name: 'places_of_a_need', unique: true, partialFilterExpression: { place: { $type: 'string' } } },
  )
  await collection.createIndex({ needId: 1, createdAt: 1 })
  await collection.createIndex({ provider: 1, createdAt: -1 })
  await collection.createIndex({ parkId: 1, state: 1, dueOn: 1 })
  await collection.createIndex({ needPerson: 1 })
  await collection.createIndex({ firmPerson: 1 })
}
