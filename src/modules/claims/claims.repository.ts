import { createHash } from 'node:crypto'
import type { ClientSession, Connection } from 'mongoose'
import type { Clock } from '../../kernel/clock.js'
import { newId } from '../../kernel/ids.js'
import { type ClaimRow, claimModels } from './claims.model.js'

type ClaimFields = Partial<Omit<ClaimRow, '_id' | 'parkId' | 'personId' | 'provider' | 'createdAt'>>

export interface ClaimRepository {
  byId(id: string): Promise<ClaimRow | null>
  /** What a person has asked for last at a firm; null when he has not. */
  lastOf(personId: string, provider: string, session?: ClientSession): Promise<ClaimRow | null>
  /** Claims of a firm that lie before the curators, the oldest first. */
  openAt(provider: string): Promise<ClaimRow[]>
  /** The claim whose mailed link has this key; null when it leads nowhere or was used. */
  byKey(parkId: string, key: string, session?: ClientSession): Promise<ClaimRow | null>
  /** How many links were mailed for a firm since then, by whomever. */
  mailedSince(provider: string, since: Date, session: ClientSession): Promise<number>
  /**
   * Waits for its turn among all who change claims of this firm: two at once would each see it without an owner. First
   * in the transaction.
   */
  takeTurn(provider: string, session: ClientSession): Promise<void>
  add(
    claim: Pick<ClaimRow, 'parkId' | 'personId' | 'provider'> & ClaimFields & Pick<ClaimRow, 'state'>,
    session: ClientSession,
  ): Promise<string>
  set(id: string, fields: ClaimFields, session: ClientSession): Promise<void>
  /** Decided before then, with evidence that is still there. */
  withOldEvidence(before: Date): Promise<ClaimRow[]>
  /** Forgets claims whose link was not opened, begun before then. */
  forgetMailed(before: Date): Promise<void>
  /** Every claim of a person. */
  of(personId: string): Promise<ClaimRow[]>
  removeAll(personId: string, session: ClientSession): Promise<void>
}

export function claimRepository(db: Connection, clock: Clock): ClaimRepository {
  const { claims, turns } = claimModels(db)
  const within = (session?: ClientSession) => ({ ...(session && { session }) })
  return {
    byId: (id) => claims.findById(id).lean<ClaimRow>(),
    lastOf: (personId, provider, session) =>
      claims.findOne({ personId, provider }, null, within(session)).sort({ createdAt: -1 }).lean<ClaimRow>(),
    openAt: (provider) => claims.find({ provider, state: 'open' }).sort({ createdAt: 1 }).lean<ClaimRow[]>(),
    byKey: (parkId, key, session) =>
      claims.findOne({ keyHash: keyHash(key), parkId, state: 'mailed' }, null, within(session)).lean<ClaimRow>(),
    mailedSince: async (provider, since, session) => {
      const rows = await claims.find({ provider }, { mailedAt: 1 }, { session }).lean<Pick<ClaimRow, 'mailedAt'>[]>()
      return rows.flatMap(({ mailedAt }) => mailedAt).filter((at) => at > since).length
    },
    takeTurn: async (provider, session) => {
      await turns.updateOne({ _id: provider }, { $inc: { taken: 1 } }, { upsert: true, session })
    },
    add: async (claim, session) => {
      const _id = newId()
      await claims.create([{ ...claim, _id, createdAt: clock() }], { session })
      return _id
    },
    set: async (_id, fields, session) => {
      await claims.updateOne({ _id }, { $set: fields }, { session })
    },
    withOldEvidence: (before) =>
      claims
        .find({ state: { $in: ['approved', 'rejected'] }, decidedAt: { $lt: before }, emptiedAt: null })
        .lean<ClaimRow[]>(),
    forgetMailed: async (before) => {
      await claims.deleteMany({ state: 'mailed', createdAt: { $lt: before } })
    },
    of: (personId) => claims.find({ personId }).lean<ClaimRow[]>(),
    removeAll: async (personId, session) => {
      await claims.deleteMany({ personId }, { session })
    },
  }
}

/** Only this is kept of a mailed key. */
export const keyHash = (key: string): string => createHash('sha256').update(key).digest('hex')
