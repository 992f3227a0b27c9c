import { type Connection, type Model, Schema } from 'mongoose'

/** A need as it was typed on the page of the matcher, with what the reader put right. */
export interface TypedNeed {
  text: string
  dropped: string[]
  added: string[]
  /** Ward code. */
  ward: string | null
}

/** What is watched: firms for a need that was typed, or for one that was posted; or needs for a firm. */
export type WatchKind = 'words' | 'need' | 'firm'

/** `asked`: waits for a press on the mailed link; `on`; `ended`: nothing is mailed any more. */
export type WatchState = 'asked' | 'on' | 'ended'

/** Somebody wants to be told of what is new and fits. */
export interface WatchRow {
  _id: string
  parkId: string
  personId: string
  /** Whether the person is here for what he watches alone, and goes with it. */
  guest: boolean
  kind: WatchKind
  /** Of a need or a firm its id, of words a hash: one person watches a thing once. */
  about: string
  /** Null unless `words`, and once it has ended. */
  typed: TypedNeed | null
  state: WatchState
  /** One of the places a person has, `0` to `19`; null when it has ended. */
  place: string | null
  /** SHA-256 of the mailed key, hexadecimal; null where none was needed. */
  keyHash: string | null
  createdAt: Date
  endsAt: Date
  endedAt: Date | null
  /** The last day, in the park's time zone, for which news were looked for. */
  checkedOn: string
  /** While somebody looks, nobody else begins to. */
  leaseUntil: Date
}

/** That a watch knows of a record in a version: it fitted when the watch began, or was told by mail. */
export interface ToldRow {
  /** Watch, record and version, joined by colons: telling one twice fails. */
  _id: string
  watchId: string
  item: string
  version: number
  /** What of it fitted, so that it is told again only when more does. */
  met: string[]
  /** Null: it fitted from the beginning and was not mailed. */
  mailedAt: Date | null
}

const watch = new Schema<WatchRow>(
  {
    _id: String,
    parkId: { type: String, required: true },
    personId: { type: String, required: true },
    guest: { type: Boolean, required: true },
    kind: { type: String, required: true },
    about: { type: String, required: true },
    typed: {
      type: new Schema<TypedNeed>({ text: String, dropped: [String], added: [String], ward: String }, { _id: false }),
      default: null,
    },
    state: { type: String, required: true },
    place: { type: String, default: null },
    keyHash: { type: String, default: null },
    createdAt: { type: Date, required: true },
    endsAt: { type: Date, required: true },
    endedAt: { type: Date, default: null },
    checkedOn: { type: String, required: true },
    leaseUntil: { type: Date, required: true },
  },
  { collection: 'watches', versionKey: false },
)

const told = new Schema<ToldRow>(
  {
    _id: String,
    watchId: { type: String, required: true },
    item: { type: String, required: true },
    version: { type: Number, required: true },
    met: [String],
    mailedAt: { type: Date, default: null },
  },
  { collection: 'told', versionKey: false },
)

export function alertModels(db: Connection): { watches: Model<WatchRow>; told: Model<ToldRow> } {
  return {
    watches: (db.models.Watch as Model<WatchRow> | undefined) ?? db.model<WatchRow>('Watch', watch),
    told: (db.models.Told as Model<ToldRow> | undefined) ?? db.model<ToldRow>('Told', told),
  }
}

export async function createAlertIndexes(db: Connection): Promise<void> {
  const { watches, told } = alertModels(db)
  await watches.collection.createIndex({ personId: 1, about: 1 }, { name: 'one_watch_of_a_thing', unique: true })
  await watches.collection.createIndex(
    { personId: 1, place: 1 },
    { name: 'places_of_a_person', unique: true, partialFilterExpression: { place: { $type: 'string' } } },
  )
  await watches.collection.createIndex({ keyHash: 1 })
  await watches.collection.createIndex({ parkId: 1, state: 1, checkedOn: 1, personId: 1 })
  await watches.collection.createIndex({ state: 1, endedAt: 1 })
  await told.collection.createIndex({ watchId: 1 })
}
