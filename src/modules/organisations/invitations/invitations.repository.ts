import { createHash } from 'node:crypto'
import type { ClientSession, Connection } from 'mongoose'
import type { Clock } from '../../../kernel/clock.js'
import { newId, newLinkKey } from '../../../kernel/ids.js'
import { DAY_MS, RETENTION } from '../../../kernel/retention.js'
import { type InvitationRow, invitationModel } from './invitations.model.js'

export type NewInvitation = Pick<
  InvitationRow,
  'parkId' | 'type' | 'organisation' | 'email' | 'role' | 'first' | 'invitedBy'
>

export interface InvitationRepository {
  /** Of an organisation, run out or not, the newest first. */
  of(organisation: string): Promise<InvitationRow[]>
  /** What somebody who signs in under an address may accept now. */
  forAddress(parkId: string, email: string): Promise<InvitationRow[]>
  /** The one behind a mailed key, unless it has run out; null for a key that leads nowhere. */
  byKey(parkId: string, key: string): Promise<InvitationRow | null>
  byId(id: string): Promise<InvitationRow | null>
  /** Puts one in place of what the address was invited with before; the key is told this once. */
  add(entry: NewInvitation, session: ClientSession): Promise<{ id: string; key: string }>
  /** A new key and a new week; the old key is dead. False when it is not there any more. */
  renew(id: string, session: ClientSession): Promise<{ key: string } | null>
  /** All that an address is invited to and that is still stored, run out or not. */
  everyFor(parkId: string, email: string): Promise<InvitationRow[]>
  /** Deletes what an address is invited to. */
  forget(parkId: string, email: string, session: ClientSession): Promise<void>
  /** Takes it out: accepted or revoked. Of two requests at once one gets true. */
  take(id: string, session: ClientSession): Promise<boolean>
}

export function invitationRepository(db: Connection, clock: Clock): InvitationRepository {
  const invitations = invitationModel(db)
  const fresh = () => {
    const key = newLinkKey()
    const createdAt = clock()
    return {
      key,
      set: {
        keyHash: hashOf(key),
        createdAt,
        expiresAt: new Date(createdAt.getTime() + RETENTION.invitationDays * DAY_MS),
      },
    }
  }
  return {
    of: (organisation) => invitations.find({ organisation }).sort({ createdAt: -1 }).lean<InvitationRow[]>(),
    forAddress: (parkId, email) =>
      invitations
        .find({ parkId, email, expiresAt: { $gt: clock() } })
        .sort({ createdAt: 1 })
        .lean<InvitationRow[]>(),
    everyFor: (parkId, email) => invitations.find({ parkId, email }).sort({ createdAt: 1 }).lean<InvitationRow[]>(),
    byKey: (parkId, key) =>
      invitations.findOne({ parkId, keyHash: hashOf(key), expiresAt: { $gt: clock() } }).lean<InvitationRow>(),
    byId: (id) => invitations.findById(id).lean<InvitationRow>(),
    add: async (entry, session) => {
      const { key, set } = fresh()
      const { parkId, organisation, email } = entry
      await invitations.deleteMany({ parkId, organisation, email }, { session })
      const id = newId()
      await invitations.create([{ _id: id, ...entry, ...set }], { session })
      return { id, key }
    },
    renew: async (id, session) => {
      const { key, set } = fresh()
      const { matchedCount } = await invitations.updateOne({ _id: id }, { $set: set }, { session })
      return matchedCount === 1 ? { key } : null
    },
    forget: async (parkId, email, session) => {
      await invitations.deleteMany({ parkId, email }, { session })
    },
    take: async (id, session) => {
      const { deletedCount } = await invitations.deleteOne({ _id: id }, { session })
      return deletedCount === 1
    },
  }
}

const hashOf = (key: string) => createHash('sha256').update(key).digest('hex')
