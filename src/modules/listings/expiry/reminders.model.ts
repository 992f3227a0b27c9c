import { type ClientSession, type Connection, type Model, Schema } from 'mongoose'
import { DAY_MS } from '../../../kernel/retention.js'

/** That owners were reminded of one day, so many days before; nothing of whom. */
interface ReminderRow {
  /** `record|day|days before` */
  _id: string
  until: Date
}

const schema = new Schema<ReminderRow>(
  { _id: String, until: Date },
  { collection: 'expiryReminders', versionKey: false },
)

const reminderModel = (db: Connection): Model<ReminderRow> =>
  (db.models.ExpiryReminder as Model<ReminderRow> | undefined) ?? db.model<ReminderRow>('ExpiryReminder', schema)

const KEPT_MS = 400 * DAY_MS

/** Notes a reminder; false when it was sent already. */
export async function noteReminder(db: Connection, key: string, at: Date, session: ClientSession): Promise<boolean> {
  const reminders = reminderModel(db)
  if (await reminders.exists({ _id: key }).session(session)) return false
  await reminders.create([{ _id: key, until: new Date(at.getTime() + KEPT_MS) }], { session })
  return true
}

export async function createReminderIndexes(db: Connection): Promise<void> {
  await reminderModel(db).collection.createIndex({ until: 1 }, { expireAfterSeconds: 0 })
}
