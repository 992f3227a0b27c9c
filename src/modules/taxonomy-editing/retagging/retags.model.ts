import { type Connection, type Model, Schema } from 'mongoose'
import type { TermKind } from '../../taxonomy/index.js'

/** Records that go from one entry to another, or back again; done in the background, however often the product is restarted. */
export interface RetagRow {
  /** Also the batch of the versions that it makes. */
  _id: string
  parkId: string
  kind: TermKind
  from: string
  to: string
  /** The batch that is undone; null where records go forward. */
  undoes: string | null
  /** Opaque id of who saved the taxonomy. */
  by: string
  /** `stopped`: undone before it was done. */
  state: 'waiting' | 'done' | 'stopped'
  /** Records there were at the beginning, and those seen to so far. */
  total: number
  done: number
  /** Of an undoing, the last version seen to. */
  cursor: string
  /** Until when somebody is at it. */
  lease: Date | null
  at: Date
}

const schema = new Schema<RetagRow>(
  {
    _id: String,
    parkId: { type: String, required: true },
    kind: { type: String, required: true },
    from: { type: String, required: true },
    to: { type: String, required: true },
    undoes: { type: String, default: null },
    by: { type: String, required: true },
    state: { type: String, required: true },
    total: { type: Number, required: true },
    done: { type: Number, required: true },
    cursor: { type: String, default: '' },
    lease: { type: Date, default: null },
    at: { type: Date, required: true },
  } as never,
  { collection: 'taxonomyRetags', versionKey: false },
)

export function retagModel(db: Connection): Model<RetagRow> {
  return (db.models.TaxonomyRetag as Model<RetagRow> | undefined) ?? db.model<RetagRow>('TaxonomyRetag', schema)
}

export async function createRetagIndexes(db: Connection): Promise<void> {
  await retagModel(db).collection.createIndex({ state: 1, at: 1 })
  await retagModel(db).collection.createIndex({ parkId: 1, kind: 1, from: 1 })
}
