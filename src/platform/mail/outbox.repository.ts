import type { ClientSession, Connection } from 'mongoose'
import type { Clock } from '../../kernel/clock.js'
import { newId } from '../../kernel/ids.js'
import { type Page, pageOf } from '../../kernel/pagination.js'
import { type MailKind, type MailRow, mailModel } from './mail.model.js'

export type NewMail = Pick<MailRow, 'parkId' | 'personId' | 'to' | 'subject' | 'text'> &
  Partial<Pick<MailRow, 'once' | 'unsubscribe'>> & {
    /** `event` when left out: news of what its receiver takes part in. */
    kind?: MailKind
  }

export interface Outbox {
  /**
   * Puts a mail into the outbox, in the transaction of what it tells of, so that neither goes without the other.
   * Anybody can type an address that is not his: false, and nothing is put there, when it has had `MAILS_A_DAY` of this
   * kind.
   */
  enqueue(mail: NewMail, session: ClientSession): Promise<boolean>
  /**
   * The mail that is due the longest, claimed for one try: nobody else gets it before `LEASE_MS` have passed, so that of
   * several instances one sends it and a try cut off is made again. Null when none is due.
   */
  claim(): Promise<MailRow | null>
  /** What stands there, the newest first. */
  list(parkId: string, options: { page: number; size: number }): Promise<{ mails: MailRow[]; page: Page }>
  markSent(id: string): Promise<void>
  /** Makes the mails to one person those of another, when two turn out to be one. */
  reassign(from: string, to: string, session: ClientSession): Promise<void>
  /** Every mail to a person that has not been deleted yet, the newest first. */
  of(personId: string): Promise<MailRow[]>
  /** Deletes every mail to a person whose data is erased. */
  forget(personId: string, session: ClientSession): Promise<void>
  /** Puts it back, to be tried again after `retryInMs`; null gives it up. `error` must not name the receiver. */
  markFailed(id: string, error: string, retryInMs: number | null): Promise<void>
}

/** To one address in 24 hours. What strangers can set off is scarce; news only has to end before a fault floods somebody. */
const MAILS_A_DAY: Readonly<Record<MailKind, number>> = {
  event: 200,
  posting: 5,
  'sign-up': 5,
  reset: 5,
  address: 5,
  invitation: 5,
  claim: 5,
  alert: 5,
}
const DAY_MS = 24 * 60 * 60_000

/** Longer than the mail library waits for a server that fell silent (2 min to connect, then 10 min). */
export const LEASE_MS = 15 * 60_000

export function outboxRepository(db: Connection, clock: Clock): Outbox {
  const mails = mailModel(db)
  return {
    enqueue: async ({ kind = 'event', ...mail }, session) => {
      const now = clock()
      const most = MAILS_A_DAY[kind]
      const lately = { to: mail.to, kind, createdAt: { $gt: new Date(now.getTime() - DAY_MS) } }
      const had = await mails.find(lately, { _id: 1 }, { session }).limit(most).lean()
      if (had.length >= most) return false
      const state = { createdAt: now, dueAt: now, sentAt: null, failedAt: null, attempts: 0, lastError: null }
      await mails.create([{ ...mail, kind, _id: newId(), ...state }], { session })
      return true
    },
    claim: () => {
      const now = clock()
      return mails
        .findOneAndUpdate(
          { sentAt: null, failedAt: null, dueAt: { $lte: now } },
          { $set: { dueAt: new Date(now.getTime() + LEASE_MS) }, $inc: { attempts: 1 } },
          { sort: { dueAt: 1 }, returnDocument: 'after' },
        )
        .lean<MailRow>()
    },
    list: async (parkId, { page: asked, size }) => {
      const page = pageOf(asked, size, await mails.countDocuments({ parkId }))
      const rows = mails.find({ parkId }).sort({ createdAt: -1, _id: -1 }).skip(page.offset).limit(size)
      return { mails: await rows.lean<MailRow[]>(), page }
    },
    markSent: async (id) => {
      const { deletedCount } = await mails.deleteOne({ _id: id, once: true })
      if (deletedCount === 0) await mails.updateOne({ _id: id }, { $set: { sentAt: clock(), lastError: null } })
    },
    reassign: async (from, to, session) => {
      await mails.updateMany({ personId: from }, { $set: { personId: to } }, { session })
    },
    of: (personId) => mails.find({ personId }).sort({ createdAt: -1 }).lean<MailRow[]>(),
    forget: async (personId, session) => {
      await mails.deleteMany({ personId }, { session })
    },
    markFailed: async (id, lastError, retryInMs) => {
      if (retryInMs === null) await mails.deleteOne({ _id: id, once: true })
      const now = clock()
      const next = retryInMs === null ? { failedAt: now } : { dueAt: new Date(now.getTime() + retryInMs) }
      await mails.updateOne({ _id: id, sentAt: null }, { $set: { ...next, lastError } })
    },
  }
}
