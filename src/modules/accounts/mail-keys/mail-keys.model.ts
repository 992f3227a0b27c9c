import { type Connection, type Model, Schema } from 'mongoose'
import type { StaffRole } from '../../../kernel/permissions.js'
import type { Lang } from '../../../kernel/text.js'

/** What a mailed link is good for; it opens nothing else. */
export type KeyPurpose = 'sign-up' | 'reset' | 'address'

/** A key that was mailed. Whoever has it holds the mailbox; it counts once, and only its hash is kept. */
export interface MailKeyRow {
  /** SHA-256 of the key, hexadecimal. */
  _id: string
  parkId: string
  purpose: KeyPurpose
  /** Whom it is for; of a sign-up, the id that the person will have. */
  personId: string
  /** The address that it proves; of a change of address, the new one on both links. */
  email: string
  lang: Lang
  /** A path of this site to go on to afterwards. */
  next: string | null
  /** What whoever signs up with it is to the park. */
  staff: StaffRole | null
  /** Joins the two links of one change of address. */
  changeId: string | null
  /** Links of the change confirmed so far, on both rows. */
  confirmed: number
  createdAt: Date
  expiresAt: Date
  usedAt: Date | null
}

const schema = new Schema<MailKeyRow>(
  {
    _id: String,
    parkId: { type: String, required: true },
    purpose: { type: String, required: true },
    personId: { type: String, required: true },
    email: { type: String, required: true },
    lang: { type: String, required: true },
    next: { type: String, default: null },
    staff: { type: String, default: null },
    changeId: { type: String, default: null },
    confirmed: { type: Number, default: 0 },
    createdAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
    usedAt: { type: Date, default: null },
  },
  { collection: 'mail-keys', versionKey: false },
)

export function mailKeyModel(db: Connection): Model<MailKeyRow> {
  return (db.models.MailKey as Model<MailKeyRow> | undefined) ?? db.model<MailKeyRow>('MailKey', schema)
}

export async function createMailKeyIndexes(db: Connection): Promise<void> {
  const { collection } = mailKeyModel(db)
  await collection.createIndex({ personId: 1, purpose: 1 })
  await collection.createIndex({ email: 1, purpose: 1 })
  await collection.createIndex({ changeId: 1 })
  await collection.createIndex({ expiresAt: 1 }, { expireAfterSeconds: 0 })
}
