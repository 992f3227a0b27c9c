import { type Connection, type Model, Schema } from 'mongoose'
import type { Comparison } from './comparing.js'
import type { BuiltIndex, EngineName } from './indexing.service.js'

/** What running instances can be asked to do with their search indexes. */
export const WORKS = ['verify', 'rebuild'] as const
export type Work = (typeof WORKS)[number]

/** What came of it on one engine. */
export interface WorkPart {
  /** The engine; of one inside the process with its instance. */
  key: string
  engine: EngineName
  state: 'working' | 'done' | 'failed'
  /** When this was last written. */
  at: Date
  compared: Comparison[]
  built: BuiltIndex[]
  /** Why it failed, for the operator; empty unless it has. */
  error: string
}

export interface WorkRow {
  _id: string
  what: Work
  at: Date
  parts: WorkPart[]
}

const schema = new Schema<WorkRow>(
  {
    _id: String,
    what: { type: String, required: true },
    at: { type: Date, required: true },
    parts: [Schema.Types.Mixed],
  },
  { collection: 'searchWork', versionKey: false },
)

export function workModel(db: Connection): Model<WorkRow> {
  return (db.models.SearchWork as Model<WorkRow> | undefined) ?? db.model<WorkRow>('SearchWork', schema)
}
