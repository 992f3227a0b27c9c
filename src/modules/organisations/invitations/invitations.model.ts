import { type Connection, type Model, Schema } from 'mongoose'
import type { MemberRole } from '../../../kernel/permissions.js'
import type { OrganisationType } from '../organisation.types.js'

/** That somebody may become a member. There is a row only while he may; what came of it is in the audit log. */
export interface InvitationRow {
  _id: string
  parkId: string
  /** SHA-256 of the key that was mailed, hexadecimal; another one each time it is mailed. */
  keyHash: string
  type: OrganisationType
  organisation: string
  /** Whoever signs in under this address may accept, and nobody else. */
  email: string
  role: MemberRole
  /** It is for the first owner, and leads nowhere once there is one. */
  first?: true
  invitedBy: string
  createdAt: Date
  expiresAt: Date
}

const schema = new Schema<InvitationRow>(
  {
    _id: String,
    parkId: { type: String, required: true },
    keyHash: { type: String, required: true },
    type: { type: String, required: true },
    organisation: { type: String, required: true },
    email: { type: String, required: true },
    role: { type: String, required: true },
    first: { type: Boolean },
    invitedBy: { type: String, required: true },
    createdAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
  },
  { collection: 'invitations', versionKey: false },
)

export function invitationModel(db: Connection): Model<InvitationRow> {
  return (db.models.Invitation as Model<InvitationRow> | undefined) ?? db.model<InvitationRow>('Invitation', schema)
}

export async function createInvitationIndexes(db: Connection): Promise<void> {
  const { collection } = invitationModel(db)
  await collection.createIndex({ parkId: 1, keyHash: 1 }, { unique: true })
  await collection.createIndex({ parkId: 1, organisation: 1, email: 1 }, { unique: true })
  await collection.createIndex({ parkId: 1, email: 1 })
  await collection.createIndex({ expiresAt: 1 }, { expireAfterSeconds: 0 })
}
