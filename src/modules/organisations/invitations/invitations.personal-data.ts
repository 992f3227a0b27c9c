import type { Outbox } from '../../../platform/mail/outbox.repository.js'
import type { PersonalDataSource } from '../../../platform/personal-data.js'
import type { PeopleRepository } from '../../people/index.js'
import type { InvitationRepository } from './invitations.repository.js'

/** What somebody is invited to; an invitation to his address goes with him. Those he has sent belong to the organisation. */
export function invitationData({
  invitations,
  people,
  outbox,
}: {
  invitations: InvitationRepository
  people: PeopleRepository
  outbox: Outbox
}): PersonalDataSource {
  const addressOf = async (personId: string) => (await people.byId(personId))?.email ?? null
  return {
    name: 'invitations',
    exportFor: async ({ parkId, personId }) => {
      const email = await addressOf(personId)
      const rows = email ? await invitations.everyFor(parkId, email) : []
      return rows.map(({ type, organisation, role, createdAt, expiresAt }) => ({
        ...{ to: email, type, organisation, role, createdAt, expiresAt },
      }))
    },
    erase: async ({ parkId, personId }, session) => {
      const email = await addressOf(personId)
      if (!email) return
      // Mailed before he had an account, they hang on the invitation.
      for (const { _id } of await invitations.everyFor(parkId, email)) await outbox.forget(_id, session)
      await invitations.forget(parkId, email, session)
    },
  }
}
