import type { PersonalDataSource } from '../../platform/personal-data.js'
import type { MembershipRepository } from './memberships.repository.js'

/** Where somebody belongs. */
export const membershipData = (memberships: MembershipRepository): PersonalDataSource => ({
  name: 'memberships',
  exportFor: ({ personId }) => memberships.of(personId),
  erase: ({ personId }, session) => memberships.removeAll(personId, session),
})
