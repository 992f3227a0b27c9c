import { type Connection, type Model, Schema } from 'mongoose'
import type { CaseKind } from '../kinds.rules.js'
import type { Whose } from '../queue/view.rules.js'

/** A view of the queue that a member of staff has given a name. */
export interface SavedViewRow {
  _id: string
  parkId: string
  personId: string
  name: string
  kind: CaseKind | null
  whose: Whose | null
  late: boolean
  createdAt: Date
}

/** Somebody has a case before him; the row goes by itself. */
export interface PresenceRow {
  /** Of case and person. */
  _id: string
  caseId: string
  personId: string
  at: Date
}

/** For how long somebody counts as looking at a case after he was last seen there. */
export const PRESENT_SECONDS = 120

const savedView = new Schema<SavedViewRow>(
  {
    _id: String,
    parkId: { type: String, required: true },
    personId: { type: String, required: true },
    name: { type: String, required: true },
    kind: { type: String, default: null },
    whose: { type: String, default: null },
    late: { type: Boolean, required: true },
    createdAt: { type: Date, required: true },
  },
  { collection: 'queue-views', versionKey: false },
)
const presence = new Schema<PresenceRow>(
  {
    _id: String,
    caseId: { type: String, required: true },
    personId: { type: String, required: true },
    at: { type: Date, required: true },
  },
  { collection: 'case-presence', versionKey: false },
)

export function deskModels(db: Connection): { views: Model<SavedViewRow>; presence: Model<PresenceRow> } {
  const model = <T>(name: string, schema: Schema<T>) =>
    (db.models[name] as Model<T> | undefined) ?? (db.model(name, schema as Schema) as unknown as Model<T>)
  return { views: model('QueueView', savedView), presence: model('CasePresence', presence) }
}

export async function createDeskIndexes(db: Connection): Promise<void> {
  const { views, presence: present } = deskModels(db)
  await views.collection.createIndex({ personId: 1, createdAt: 1 })
  await present.collection.createIndex({ caseId: 1, at: 1 })
  await present.collection.createIndex({ personId: 1 })
  await present.collection.createIndex({ at: 1 }, { expireAfterSeconds: PRESENT_SECONDS })
}
