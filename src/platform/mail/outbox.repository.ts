import type { ClientSession, Connection } from 'mongoose'
import type { Clock } from '../../kernel/clock.js'
import { newId } from '../../kernel/ids.js'
import { type MailRow, mailModel } from './mail.model.js'

export type NewMail = Pick<MailRow, 'parkId' | 'personId' | 'to' | 'subject' | 'text'>

export interface Outbox {
  /** Puts a mail into the outbox, in the transaction of what it tells of, so that neither goes without the other. */
  enqueue(mail: NewMail, session: ClientSession): Promise<void>
  /** Mails due now, oldest first. */
  due(limit: number): Promise<MailRow[]>
  markSent(id: string): Promise<void>
  /** Deletes every mail to a person whose data is erased. */
  forget(personId: string): Promise<void>
  /** Puts it back, to be tried again after `retryInMs`. */
  markFailed(id: string, error: string, retryInMs: number): Promise<void>
}

export function outboxRepository(db: Connection, clock: Clock): Outbox {
  const mails = mailModel(db)
  return {
    enqueue: async (mail, session) => {
      const now = clock()
      const row = { ...mail, _id: newId(), createdAt: now, dueAt: now, sentAt: null, attempts: 0, lastError: null }
      await mails.create([row], { session })
    },
    due: (limit) =>
      mails
        .find({ sentAt: null, dueAt: { $lte: clock() } })
        .sort({ dueAt: 1 })
        .limit(limit)
        .lean<MailRow[]>(),
    markSent: async (id) => {
      await mails.updateOne({ _id: id }, { $set: { sentAt: clock(), lastError: null } })
    },
    forget: async (personId) => {
      await mails.deleteMany({ personId })
    },
    markFailed: async (id, error, retryInMs) => {
      const dueAt = new Date(clock().getTime() + retryInMs)
      await mails.updateOne({ _id: id }, { $set: { dueAt, lastError: error.slice(0, 500) }, $inc: { attempts: 1 } })
    },
  }
}
