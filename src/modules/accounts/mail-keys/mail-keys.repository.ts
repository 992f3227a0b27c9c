import { createHash } from 'node:crypto'
import type { ClientSession, Connection } from 'mongoose'
import type { Clock } from '../../../kernel/clock.js'
import { newLinkKey } from '../../../kernel/ids.js'
import { type KeyPurpose, type MailKeyRow, mailKeyModel } from './mail-keys.model.js'

const MINUTE_MS = 60_000

/** How long a link works, in minutes. */
export const KEY_MINUTES: Readonly<Record<KeyPurpose, number>> = { 'sign-up': 24 * 60, reset: 30, address: 24 * 60 }

export type NewMailKey = Pick<MailKeyRow, 'parkId' | 'purpose' | 'personId' | 'email' | 'lang'> &
  Partial<Pick<MailKeyRow, 'next' | 'staff' | 'changeId'>>

export interface MailKeyRepository {
  /** Makes a key for a mail of the same transaction. It is told this once. */
  add(key: NewMailKey, session: ClientSession): Promise<string>
  /** What a key is good for now; null for one that is unknown, used, too old or for something else. Uses up nothing. */
  find(parkId: string, purpose: KeyPurpose, key: string): Promise<MailKeyRow | null>
  /** Uses a key up. Of two requests at once one gets it. */
  take(parkId: string, purpose: KeyPurpose, key: string, session: ClientSession): Promise<MailKeyRow | null>
  /** Counts one confirmation of a change of address. Returns how many there are; two at once do not overlook each other. */
  confirm(changeId: string, session: ClientSession): Promise<number>
  /** Keys for a person or his address, used ones too. */
  of(personId: string, email: string | null): Promise<MailKeyRow[]>
  /** Deletes them all. */
  forget(personId: string, email: string | null, session: ClientSession): Promise<void>
  /** Makes worthless what is still out for a person, or for an address. */
  drop(which: { personId: string } | { parkId: string; email: string }, session: ClientSession): Promise<void>
}

export function mailKeyRepository(db: Connection, clock: Clock): MailKeyRepository {
  const keys = mailKeyModel(db)
  const usable = (parkId: string, purpose: KeyPurpose, key: string) => ({
    ...{ _id: hashOf(key), parkId, purpose, usedAt: null },
    // The index deletes late, and by the database's own clock.
    expiresAt: { $gt: clock() },
  })
  return {
    add: async (entry, session) => {
      const key = newLinkKey()
      const createdAt = clock()
      const expiresAt = new Date(createdAt.getTime() + KEY_MINUTES[entry.purpose] * MINUTE_MS)
      await keys.create([{ ...entry, _id: hashOf(key), createdAt, expiresAt }], { session })
      return key
    },
    find: (parkId, purpose, key) => keys.findOne(usable(parkId, purpose, key)).lean<MailKeyRow>(),
    take: (parkId, purpose, key, session) =>
      keys
        .findOneAndUpdate(usable(parkId, purpose, key), { $set: { usedAt: clock() } }, { session })
        .lean<MailKeyRow>(),
    confirm: async (changeId, session) => {
      // Written on both links, so that two transactions at once conflict and the later one sees the earlier.
      await keys.updateMany({ changeId }, { $inc: { confirmed: 1 } }, { session })
      const row = await keys.findOne({ changeId }, { confirmed: 1 }, { session }).lean()
      return row?.confirmed ?? 0
    },
    of: (personId, email) => keys.find(about(personId, email)).lean<MailKeyRow[]>(),
    forget: async (personId, email, session) => {
      await keys.deleteMany(about(personId, email), { session })
    },
    drop: async (which, session) => {
      await keys.deleteMany({ ...which, usedAt: null }, { session })
    },
  }
}

const about = (personId: string, email: string | null) => (email ? { $or: [{ personId }, { email }] } : { personId })

const hashOf = (key: string) => createHash('sha256').update(key).digest('hex')
