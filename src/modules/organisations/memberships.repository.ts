import type { ClientSession, Connection } from 'mongoose'
import type { Clock } from '../../kernel/clock.js'
import { newId } from '../../kernel/ids.js'
import type { MemberRole, Membership } from '../../kernel/permissions.js'
import { inTransaction } from '../../platform/db/connection.js'
import { type MembershipRow, membershipModel } from './memberships.model.js'

export interface MembershipRepository {
  /** Where a person belongs. */
  of(personId: string): Promise<Membership[]>
  /** Who belongs to an organisation, the longest there first. */
  members(organisation: string): Promise<MembershipRow[]>
  /** Whether somebody holds it, as seen by that transaction. */
  hasOwner(organisation: string, session: ClientSession): Promise<boolean>
  /**
   * Who owns an organisation, read in a transaction that conflicts with every other one that does so: of two requests
   * that would each take away the last owner but one, the second sees what the first has done.
   */
  lockOwners(organisation: string, session: ClientSession): Promise<string[]>
  /** A member's role; null for who is none. */
  roleOf(organisation: string, personId: string, session: ClientSession): Promise<MemberRole | null>
  /** Makes a person a member; one who is there already gets the new role. */
  put(member: { parkId: string; personId: string } & Membership, session?: ClientSession): Promise<void>
  /** False when he did not belong to it. */
  remove(organisation: string, personId: string, session?: ClientSession): Promise<boolean>
  /**
   * Takes a person out of everything. Where he was the only owner, the editor who has been there the longest follows him,
   * so that those who are left can go on; their ids by organisation.
   */
  removeAll(personId: string, session: ClientSession): Promise<Map<string, string>>
  /** Which of these organisations have an owner. */
  owned(organisations: readonly string[]): Promise<Set<string>>
}

/** Hears in the transaction whether an organisation that somebody came to or left has an owner now. */
export type OwnerNote = (organisation: string, owned: boolean, session: ClientSession) => Promise<void>

export function membershipRepository(db: Connection, clock: Clock, onOwner?: OwnerNote): MembershipRepository {
  const memberships = membershipModel(db)
  const hasOwner = async (organisation: string, session: ClientSession) =>
    (await memberships.findOne({ organisation, role: 'owner' }, { _id: 1 }, { session }).lean()) !== null
  const noted = async (organisation: string, session: ClientSession) =>
    onOwner?.(organisation, await hasOwner(organisation, session), session)
  const within = <T>(session: ClientSession | undefined, work: (session: ClientSession) => Promise<T>) =>
    session ? work(session) : inTransaction(db, work)
  const lockOwners = async (organisation: string, session: ClientSession) => {
    const owners = { organisation, role: 'owner' } as const
    await memberships.updateMany(owners, { $inc: { turn: 1 } }, { session })
    const rows = await memberships.find(owners, null, { session }).lean<MembershipRow[]>()
    return rows.map(({ personId }) => personId)
  }
  return {
    of: async (personId) => {
      const rows = await memberships.find({ personId }).sort({ since: 1 }).lean<MembershipRow[]>()
      return rows.map(({ type, organisation, role }) => ({ type, organisation, role }))
    },
    members: (organisation) => memberships.find({ organisation }).sort({ since: 1 }).lean<MembershipRow[]>(),
    hasOwner,
    lockOwners,
    roleOf: async (organisation, personId, session) => {
      const row = await memberships.findOne({ organisation, personId }, null, { session }).lean<MembershipRow>()
      return row?.role ?? null
    },
    put: ({ parkId, personId, type, organisation, role }, given) =>
      within(given, async (session) => {
        await memberships.updateOne(
          { personId, organisation },
          { $set: { role }, $setOnInsert: { _id: newId(), parkId, type, since: clock(), turn: 0 } },
          { upsert: true, session },
        )
        await noted(organisation, session)
      }),
    remove: (organisation, personId, given) =>
      within(given, async (session) => {
        const { deletedCount } = await memberships.deleteOne({ organisation, personId }, { session })
        await noted(organisation, session)
        return deletedCount === 1
      }),
    removeAll: async (personId, session) => {
      const owned = await memberships.find({ personId, role: 'owner' }, null, { session }).lean<MembershipRow[]>()
      for (const { organisation } of owned) await lockOwners(organisation, session)
      const left = await memberships.find({ personId }, { organisation: 1 }, { session }).lean()
      await memberships.deleteMany({ personId }, { session })
      const followers = new Map<string, string>()
      for (const { organisation } of owned) {
        if (await memberships.exists({ organisation, role: 'owner' }).session(session)) continue
        const next = await memberships
          .findOneAndUpdate(
            { organisation, role: 'editor' },
            { $set: { role: 'owner' } },
            { session, sort: { since: 1, _id: 1 } },
          )
          .lean<MembershipRow>()
        if (next) followers.set(organisation, next.personId)
      }
      for (const { organisation } of left) await noted(organisation, session)
      return followers
    },
    owned: async (organisations) => {
      const rows = await memberships
        .find({ organisation: { $in: [...organisations] }, role: 'owner' }, { organisation: 1 })
        .lean()
      return new Set(rows.map(({ organisation }) => organisation))
    },
  }
}
