import { type Connection, type Model, Schema } from 'mongoose'
import type { MemberRole } from '../../kernel/permissions.js'

/** That a person belongs to a firm or a business, and as what. */
export interface MembershipRow {
  _id: string
  parkId: string
  personId: string
  /** What kind of record the organisation is, and its id. */
  type: 'provider' | 'business'
  organisation: string
  role: MemberRole
  since: Date
  /** Counts up whenever somebody's ownership is at stake, so that two such changes at once conflict. */
  turn: number
}

const schema = new Schema<MembershipRow>(
  {
    _id: String,
    parkId: { type: String, required: true },
    personId: { type: String, required: true },
    type: { type: String, required: true },
    organisation: { type: String, required: true },
    role: { type: String, required: true },
    since: { type: Date, required: true },
    turn: { type: Number, default: 0 },
  },
  { collection: 'memberships', versionKey: false },
)

export function membershipModel(db: Connection): Model<MembershipRow> {
  return (db.models.Membership as Model<MembershipRow> | undefined) ?? db.model<MembershipRow>('Membership', schema)
}

export async function createMembershipIndexes(db: Connection): Promise<void> {
  const memberships = membershipModel(db)
  await memberships.collection.createIndex({ personId: 1, organisation: 1 }, { unique: true })
  await memberships.collection.createIndex({ organisation: 1 })
}
