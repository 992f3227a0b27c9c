import { type Connection, type Model, Schema } from 'mongoose'
import { RETENTION, secondsOf } from '../../kernel/retention.js'

/**
 * What a mail is for; each has a limit of its own. Anybody may ask for a link to an address that is not his, and must not
 * use up what others may send there.
 */
export const MAIL_KINDS = ['event', 'posting', 'sign-up', 'reset', 'address', 'invitation', 'claim', 'alert'] as const
export type MailKind = (typeof MAIL_KINDS)[number]

/** A mail waiting, sent or given up. It names its receiver and is erased with him, or a month after its end. */
export interface MailRow {
  _id: string
  parkId: string
  personId: string
  kind: MailKind
  to: string
  subject: string
  text: string
  /** Where its receiver ends mails like it, by a press in his mail program (RFC 8058); null for news he takes part in. */
  unsubscribe: string | null
  createdAt: Date
  /** Set when the mail server took it, or when it was kept because there is none. */
  sentAt: Date | null
  /** Set when it was tried often enough and will not be tried again. */
  failedAt: Date | null
  /** Tries so far, and when the next one is due; while one is under way, when it counts as lost. */
  attempts: number
  dueAt: Date
  /** Deleted as soon as it is sent or given up: the last one to somebody of whom nothing else is kept. */
  once: boolean
  /** Codes alone: what a mail server says in words names the receiver. */
  lastError: string | null
}

const schema = new Schema<MailRow>(
  {
    _id: String,
    parkId: { type: String, required: true },
    personId: { type: String, required: true },
    kind: { type: String, enum: MAIL_KINDS, default: 'event' },
    to: { type: String, required: true },
    subject: { type: String, required: true },
    text: { type: String, required: true },
    unsubscribe: { type: String, default: null },
    createdAt: { type: Date, required: true },
    sentAt: { type: Date, default: null },
    failedAt: { type: Date, default: null },
    attempts: { type: Number, default: 0 },
    dueAt: { type: Date, required: true },
    once: { type: Boolean, default: false },
    lastError: { type: String, default: null },
  },
  { collection: 'mails', versionKey: false },
)

export function mailModel(db: Connection): Model<MailRow> {
  return (db.models.Mail as Model<MailRow> | undefined) ?? db.model<MailRow>('Mail', schema)
}

/** All mails, the newest first. */
export async function createOutboxIndex(db: Connection): Promise<void> {
  await mailModel(db).collection.createIndex({ parkId: 1, createdAt: -1, _id: -1 })
}

export async function createMailIndexes(db: Connection): Promise<void> {
  const mails = mailModel(db)
  await mails.collection.createIndex({ sentAt: 1, failedAt: 1, dueAt: 1 })
  await mails.collection.createIndex({ personId: 1 })
  await mails.collection.createIndex({ to: 1, createdAt: 1 })
  await mails.collection.createIndex({ sentAt: 1 }, { expireAfterSeconds: secondsOf(RETENTION.mailDays) })
  await mails.collection.createIndex({ failedAt: 1 }, { expireAfterSeconds: secondsOf(RETENTION.mailDays) })
}
