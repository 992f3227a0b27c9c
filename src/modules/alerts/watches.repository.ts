import type { ClientSession, Connection } from 'mongoose'
import type { Clock, PlainDate } from '../../kernel/clock.js'
import { alertModels, type WatchRow } from './alerts.model.js'

/** How long one who looks for news keeps others away, should it never come back. */
const LEASE_MS = 10 * 60_000

export interface WatchRepository {
  add(row: WatchRow, session: ClientSession): Promise<void>
  byId(id: string): Promise<WatchRow | null>
  byKeyHash(parkId: string, keyHash: string): Promise<WatchRow | null>
  /** What a person watches, ended or not, the newest first. */
  of(personId: string, session?: ClientSession): Promise<WatchRow[]>
  /** Which of these people, made for what they watch alone, have something on. */
  guestsAmong(personIds: readonly string[], session: ClientSession): Promise<string[]>
  set(id: string, fields: Partial<Omit<WatchRow, '_id'>>, session: ClientSession): Promise<void>
  remove(ids: readonly string[], session: ClientSession): Promise<void>
  /** A person with something to look for on `today`, whom nobody else looks for until the lease is over; null: none is left. */
  claim(parkId: string, today: PlainDate): Promise<string | null>
  /** What of a person is on and was not looked for on `today`, noted as looked for now. */
  take(personId: string, today: PlainDate, session: ClientSession): Promise<WatchRow[]>
  /** What is still to be looked for, without noting it. */
  due(personId: string, today: PlainDate): Promise<WatchRow[]>
  /** What is on although its time is over. */
  overBefore(now: Date): Promise<WatchRow[]>
  unconfirmedBefore(before: Date): Promise<WatchRow[]>
  endedBefore(before: Date): Promise<WatchRow[]>
}

export function watchRepository(db: Connection, clock: Clock): WatchRepository {
  const { watches } = alertModels(db)
  const dueOf = (personId: string, today: PlainDate) => ({ personId, state: 'on' as const, checkedOn: { $lt: today } })
  return {
    add: async (row, session) => {
      await watches.create([row], { session })
    },
    byId: (id) => watches.findById(id).lean<WatchRow>(),
    byKeyHash: (parkId, keyHash) => watches.findOne({ parkId, keyHash }).lean<WatchRow>(),
    of: (personId, session) =>
      watches
        .find({ personId }, null, { session: session ?? null })
        .sort({ createdAt: -1, _id: 1 })
        .lean<WatchRow[]>(),
    guestsAmong: async (personIds, session) => {
      const theirs = { personId: { $in: [...personIds] }, guest: true, state: 'on' as const }
      const rows = await watches.find(theirs, { personId: 1 }, { session }).lean<Pick<WatchRow, 'personId'>[]>()
      return [...new Set(rows.map(({ personId }) => personId))]
    },
    set: async (id, fields, session) => {
      await watches.updateOne({ _id: id }, { $set: fields }, { session })
    },
    remove: async (ids, session) => {
      await watches.deleteMany({ _id: { $in: [...ids] } }, { session })
    },
    claim: async (parkId, today) => {
      const now = clock()
      const lease = { $set: { leaseUntil: new Date(now.getTime() + LEASE_MS) } }
      const claimed = await watches
        .findOneAndUpdate({ parkId, state: 'on', checkedOn: { $lt: today }, leaseUntil: { $lte: now } }, lease)
        .lean<WatchRow>()
      if (!claimed) return null
      // All that is his goes into one mail.
      await watches.updateMany(dueOf(claimed.personId, today), lease)
      return claimed.personId
    },
    take: async (personId, today, session) => {
      const rows = await watches.find(dueOf(personId, today), null, { session }).lean<WatchRow[]>()
      const ids = rows.map(({ _id }) => _id)
      await watches.updateMany({ _id: { $in: ids } }, { $set: { checkedOn: today } }, { session })
      return rows
    },
    due: (personId, today) => watches.find(dueOf(personId, today)).sort({ createdAt: 1, _id: 1 }).lean<WatchRow[]>(),
    overBefore: (now) => watches.find({ state: 'on', endsAt: { $lte: now } }).lean<WatchRow[]>(),
    unconfirmedBefore: (before) => watches.find({ state: 'asked', createdAt: { $lt: before } }).lean<WatchRow[]>(),
    endedBefore: (before) => watches.find({ state: 'ended', endedAt: { $lt: before } }).lean<WatchRow[]>(),
  }
}
