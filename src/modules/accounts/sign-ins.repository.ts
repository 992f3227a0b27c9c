import type { ClientSession, Connection } from 'mongoose'
import type { Clock } from '../../kernel/clock.js'
import { newLinkKey } from '../../kernel/ids.js'
import { forgetSessions } from '../../platform/db/session-store.js'
import { accountModels, type SignInRow } from './accounts.model.js'

export interface NewSignIn {
  parkId: string
  personId: string
  device: string
  secondFactor: boolean
}

export interface SignInRepository {
  byId(id: string): Promise<SignInRow | null>
  /** Those of a person that have not been ended, the one used last first. */
  of(personId: string): Promise<SignInRow[]>
  /** Those of a person that are still stored, ended ones too. */
  everyOf(personId: string): Promise<SignInRow[]>
  /** Deletes all that is stored of a person's, with the browsers' sessions that they stand in. */
  forget(personId: string, session: ClientSession): Promise<void>
  add(signIn: NewSignIn): Promise<SignInRow>
  touch(id: string): Promise<void>
  /** Notes that the second factor was given. */
  raise(id: string): Promise<void>
  end(id: string): Promise<void>
  /** Ends all of a person's but `except`. Returns how many. */
  endAll(personId: string, options?: { except?: string; session?: ClientSession }): Promise<number>
}

export function signInRepository(db: Connection, clock: Clock): SignInRepository {
  const { signIns } = accountModels(db)
  return {
    byId: (id) => signIns.findById(id).lean<SignInRow>(),
    of: (personId) => signIns.find({ personId, endedAt: null }).sort({ lastSeenAt: -1 }).lean<SignInRow[]>(),
    everyOf: (personId) => signIns.find({ personId }).sort({ lastSeenAt: -1 }).lean<SignInRow[]>(),
    forget: async (personId, session) => {
      const rows = await signIns.find({ personId }, { _id: 1 }, { session }).lean()
      for (const { _id } of rows) await forgetSessions(db, String(_id), session)
      await signIns.deleteMany({ personId }, { session })
    },
    add: async ({ secondFactor, ...signIn }) => {
      const now = clock()
      const state = { createdAt: now, lastSeenAt: now, secondFactorAt: secondFactor ? now : null, endedAt: null }
      const row: SignInRow = { _id: newLinkKey(), ...signIn, ...state }
      await signIns.create(row)
      return row
    },
    touch: async (id) => {
      await signIns.updateOne({ _id: id }, { $set: { lastSeenAt: clock() } })
    },
    raise: async (id) => {
      await signIns.updateOne({ _id: id, endedAt: null }, { $set: { secondFactorAt: clock() } })
    },
    end: async (id) => {
      await signIns.updateOne({ _id: id, endedAt: null }, { $set: { endedAt: clock() } })
    },
    endAll: async (personId, { except, session } = {}) => {
      const { modifiedCount } = await signIns.updateMany(
        { personId, endedAt: null, ...(except !== undefined && { _id: { $ne: except } }) },
        { $set: { endedAt: clock() } },
        { ...(session && { session }) },
      )
      return modifiedCount
    },
  }
}
