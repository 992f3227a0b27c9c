import type { Connection } from 'mongoose'
import type { RecordMoves } from '../../../platform/records/moves.js'
import { membershipModel } from '../memberships.model.js'
import { type InvitationRow, invitationModel } from './invitations.model.js'

/**
 * Invitations follow when whoever sent them may invite at the survivor too; the others rest, and nobody becomes a member
 * by them while the organisation is part of another. Move memberships first.
 */
export function invitationMoves(db: Connection): RecordMoves {
  const invitations = invitationModel(db)
  const memberships = membershipModel(db)
  return {
    name: 'invitations',
    count: (from) => invitations.countDocuments({ organisation: from }),
    move: async ({ from, to, session }) => {
      const found = await invitations.find({ organisation: from }, null, { session }).lean<InvitationRow[]>()
      const there = await invitations.find({ organisation: to }, null, { session }).lean<InvitationRow[]>()
      const owners = await memberships.find({ organisation: to, role: 'owner' }, null, { session }).lean()
      const ids = found
        .filter(({ invitedBy }) => owners.some(({ personId }) => personId === invitedBy))
        .filter(({ email }) => !there.some((other) => other.email === email))
        .map(({ _id }) => _id)
      await invitations.updateMany({ _id: { $in: ids } }, { $set: { organisation: to } }, { session })
      return ids
    },
    moveBack: async (moved, { from, to, session }) => {
      const ids = { _id: { $in: [...moved] }, organisation: to }
      await invitations.updateMany(ids, { $set: { organisation: from } }, { session })
    },
  }
}
