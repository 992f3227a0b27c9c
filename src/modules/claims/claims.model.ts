import { type Connection, type Model, Schema } from 'mongoose'

/** `mailed`: a link is on its way. `open`: it lies before the curators. */
type ClaimState = 'mailed' | 'open' | 'approved' | 'rejected'

/** That somebody says a listed firm is his. */
export interface ClaimRow {
  _id: string
  parkId: string
  personId: string
  /** The firm. */
  provider: string
  state: ClaimState
  /** What he wrote to the curators; goes with the other evidence. */
  note: string | null
  /** Whether a picture belongs to it. */
  pictured: boolean
  /** What the curators wrote when they did not agree. */
  answer: string | null
  /** Domain of the firm at which he has opened a mail. */
  provenAt: string | null
  /** SHA-256 of the key of the link mailed last, hexadecimal; null when none is to be opened. */
  keyHash: string | null
  /** Domain it was mailed to. */
  keyDomain: string | null
  mailedAt: Date[]
  createdAt: Date
  decidedAt: Date | null
  /** When the evidence was taken out. */
  emptiedAt: Date | null
}

const schema = new Schema<ClaimRow>(
  {
    _id: String,
    parkId: { type: String, required: true },
    personId: { type: String, required: true },
    provider: { type: String, required: true },
    state: { type: String, required: true },
    note: { type: String, default: null },
    answer: { type: String, default: null },
    pictured: { type: Boolean, default: false },
    provenAt: { type: String, default: null },
    keyHash: { type: String, default: null },
    keyDomain: { type: String, default: null },
    mailedAt: { type: [Date], default: [] },
    createdAt: { type: Date, required: true },
    decidedAt: { type: Date, default: null },
    emptiedAt: { type: Date, default: null },
  },
  { collection: 'claims', versionKey: false },
)

/** One row for each firm that was ever claimed; claims of one firm take turns at it. */
interface ClaimTurn {
  _id: string
  taken: number
}

const turn = new Schema<ClaimTurn>({ _id: String, taken: Number }, { collection: 'claim-turns', versionKey: false })

interface ClaimModels {
  claims: Model<ClaimRow>
  turns: Model<ClaimTurn>
}

export function claimModels(db: Connection): ClaimModels {
  const model = <T>(name: string, of: Schema<T>) =>
    (db.models[name] as Model<T> | undefined) ?? (db.model(name, of as Schema) as unknown as Model<T>)
  return { claims: model('Claim', schema), turns: model('ClaimTurn', turn) }
}

export async function createClaimIndexes(db: Connection): Promise<void> {
  const { claims } = claimModels(db)
  await claims.collection.createIndex({ provider: 1, createdAt: 1 })
  await claims.collection.createIndex({ personId: 1, provider: 1 })
  await claims.collection.createIndex({ keyHash: 1 })
  await claims.collection.createIndex({ state: 1, createdAt: 1 })
}
