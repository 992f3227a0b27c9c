import type { PersonalDataSource } from '../../../platform/personal-data.js'
import type { PeopleRepository } from '../../people/index.js'
import type { InvitationRepository } from './invitations.repository.js'

/** What somebody is invited to; an invitation to his address goes with him. Those he has sent belong to the organisation. */
export function invitationData({
  invitations,
  people,
}: {
  invitations: InvitationRepository
  people: PeopleRepository
}): PersonalDataSource {
  const addressOf = async (personId: string) => (await people.byId(personId))?.email ?? null
  return {
    name: 'invitations',
    exportFor: async ({ parkId, personId }) => {
      const email = await addressOf(personId)
      const rows = email ? await invitations.forAddress(parkId, email) : []
      return rows.map(({ type, organisation, role, createdAt, expiresAt }) => ({
        ...{ type, organisation, role, createdAt, expiresAt },
      }))
    },
    erase: async ({ parkId, personId }, session) => {
      const email = await addressOf(personId)
      if (email) await invitations.forget(parkId, email, session)
    },
  }
}
