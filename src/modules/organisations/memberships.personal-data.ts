import type { Audit } from '../../platform/audit/audit.repository.js'
import type { PersonalDataSource } from '../../platform/personal-data.js'
import type { MembershipRepository } from './memberships.repository.js'

/** Where somebody belongs. Who follows the only owner of an organisation stands in the audit log. */
export const membershipData = ({
  memberships,
  audit,
}: {
  memberships: MembershipRepository
  audit: Audit
}): PersonalDataSource => ({
  name: 'memberships',
  exportFor: ({ personId }) => memberships.of(personId),
  erase: async ({ parkId, personId }, session) => {
    for (const [organisation, person] of await memberships.removeAll(personId, session)) {
      const event = { parkId, by: 'system:erasure', action: 'member-role-changed', type: 'membership' } as const
      const details = { person, before: 'editor', role: 'owner' }
      await audit.record({ ...event, recordId: organisation, details }, session)
    }
  },
})
