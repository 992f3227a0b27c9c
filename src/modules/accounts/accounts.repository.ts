import type { ClientSession, Connection } from 'mongoose'
import type { Clock } from '../../kernel/clock.js'
import { STAFF_ROLES, type StaffRole } from '../../kernel/permissions.js'
import { type AccountRow, accountModels, type SecondFactor } from './accounts.model.js'

export interface NewAccount {
  /** The person it belongs to. */
  personId: string
  parkId: string
  passwordHash: string | null
  staff?: StaffRole
  openIdSubject?: string
  demonstration?: boolean
}

export interface AccountRepository {
  byId(personId: string): Promise<AccountRow | null>
  byOpenIdSubject(parkId: string, subject: string): Promise<AccountRow | null>
  add(account: NewAccount, session: ClientSession): Promise<void>
  setPassword(personId: string, hash: string, session?: ClientSession): Promise<void>
  /** The same password hashed with today's parameters; it is not a new one. */
  rehash(personId: string, hash: string): Promise<void>
  setSecondFactor(personId: string, factor: SecondFactor | null, session?: ClientSession): Promise<void>
  setRecoveryCodes(personId: string, hashes: readonly string[]): Promise<void>
  /** Takes a code's time step, unless it or a later one was taken before: of two requests with one code, one gets in. */
  takeStep(personId: string, step: number): Promise<boolean>
  /** Takes a recovery code by its hash; false when it is not there, or no more. */
  takeRecoveryCode(personId: string, hash: string): Promise<boolean>
  setStaff(personId: string, staff: StaffRole | null, session?: ClientSession): Promise<void>
  setSuspended(personId: string, suspended: boolean, session?: ClientSession): Promise<void>
  setOpenIdSubject(personId: string, subject: string): Promise<void>
  /** Notes that the account is in use; a warning given before is taken back with that. */
  noteUse(personId: string): Promise<void>
  /** Accounts that nobody has used since `before`; the staff's are the park's own to end. */
  unusedSince(parkId: string, before: Date): Promise<AccountRow[]>
  markWarned(personId: string, session: ClientSession): Promise<void>
  /** How many may administer the park. */
  administrators(parkId: string): Promise<number>
  remove(personId: string, session: ClientSession): Promise<void>
  /** Ids of the administrators who can sign in. In a transaction, of two that ask at once one has to wait for the other. */
  activeAdministrators(parkId: string, session: ClientSession): Promise<string[]>
  byIds(personIds: readonly string[]): Promise<AccountRow[]>
  /** The park's staff, the longest there first. */
  staff(parkId: string): Promise<AccountRow[]>
  /** Ids of the demonstration's people. */
  demonstration(parkId: string): Promise<string[]>
}

export function accountRepository(db: Connection, clock: Clock): AccountRepository {
  const { accounts } = accountModels(db)
  const set = async (personId: string, fields: Partial<AccountRow>, session?: ClientSession) => {
    await accounts.updateOne({ _id: personId }, { $set: fields }, { ...(session && { session }) })
  }
  return {
    byId: (personId) => accounts.findById(personId).lean<AccountRow>(),
    byOpenIdSubject: (parkId, openIdSubject) => accounts.findOne({ parkId, openIdSubject }).lean<AccountRow>(),
    add: async ({ personId, parkId, passwordHash, staff, openIdSubject, demonstration = false }, session) => {
      const now = clock()
      const how = { passwordHash, passwordChangedAt: passwordHash ? now : null, openIdSubject: openIdSubject ?? null }
      await accounts.create(
        [
          {
            _id: personId,
            parkId,
            ...how,
            staff: staff ?? null,
            secondFactor: null,
            suspendedAt: null,
            demonstration,
            createdAt: now,
            usedAt: now,
            warnedAt: null,
          },
        ],
        { session },
      )
    },
    setPassword: (personId, passwordHash, session) =>
      set(personId, { passwordHash, passwordChangedAt: clock() }, session),
    rehash: (personId, passwordHash) => set(personId, { passwordHash }),
    setSecondFactor: (personId, secondFactor, session) => set(personId, { secondFactor }, session),
    setRecoveryCodes: async (personId, hashes) => {
      await accounts.updateOne(
        { _id: personId, secondFactor: { $ne: null } },
        { $set: { 'secondFactor.recoveryCodes': [...hashes] } },
      )
    },
    takeStep: async (personId, step) => {
      const { modifiedCount } = await accounts.updateOne(
        { _id: personId, 'secondFactor.lastStep': { $lt: step } },
        { $set: { 'secondFactor.lastStep': step } },
      )
      return modifiedCount === 1
    },
    takeRecoveryCode: async (personId, hash) => {
      const { modifiedCount } = await accounts.updateOne(
        { _id: personId, 'secondFactor.recoveryCodes': hash },
        { $pull: { 'secondFactor.recoveryCodes': hash } },
      )
      return modifiedCount === 1
    },
    setStaff: (personId, staff, session) => set(personId, { staff }, session),
    setSuspended: (personId, suspended, session) => set(personId, { suspendedAt: suspended ? clock() : null }, session),
    setOpenIdSubject: (personId, openIdSubject) => set(personId, { openIdSubject }),
    noteUse: (personId) => set(personId, { usedAt: clock(), warnedAt: null }),
    unusedSince: (parkId, before) =>
      accounts.find({ parkId, staff: null, usedAt: { $lt: before } }).lean<AccountRow[]>(),
    markWarned: (personId, session) => set(personId, { warnedAt: clock() }, session),
    administrators: (parkId) => accounts.countDocuments({ parkId, staff: 'administrator', suspendedAt: null }),
    remove: async (personId, session) => {
      await accounts.deleteOne({ _id: personId }, { session })
    },
    activeAdministrators: async (parkId, session) => {
      const filter = { parkId, staff: 'administrator' as const, suspendedAt: null }
      // Written to, so that two transactions conflict of which each would leave the other's administrator as the last one.
      await accounts.updateMany(filter, { $inc: { asked: 1 } }, { session })
      const rows = await accounts.find(filter, { _id: 1 }, { session }).lean<{ _id: string }[]>()
      return rows.map(({ _id }) => _id)
    },
    byIds: (personIds) => accounts.find({ _id: { $in: [...personIds] } }).lean<AccountRow[]>(),
    staff: (parkId) =>
      accounts
        .find({ parkId, staff: { $in: [...STAFF_ROLES] } })
        .sort({ createdAt: 1 })
        .lean<AccountRow[]>(),
    demonstration: async (parkId) => {
      const rows = await accounts.find({ parkId, demonstration: true }, { _id: 1 }).lean<{ _id: string }[]>()
      return rows.map(({ _id }) => _id)
    },
  }
}
