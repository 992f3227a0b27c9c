import type { Membership } from '../../kernel/permissions.js'
import type { RecordRepository } from '../../platform/records/record.repository.js'
import type { MembershipRepository } from './memberships.repository.js'

/** Where somebody belongs, as it bears on his rights: a firm that curators have not let in yet is none of the park's. */
export const actorMemberships =
  ({ memberships, records }: { memberships: Pick<MembershipRepository, 'of'>; records: RecordRepository }) =>
  async (personId: string): Promise<Membership[]> => {
    const mine = await memberships.of(personId)
    const firms = mine.flatMap(({ type, organisation }) => (type === 'provider' ? [organisation] : []))
    const found = firms.length > 0 ? await records.byIds('provider', firms) : []
    const listed = new Set(found.flatMap(({ id, published, archivedAt }) => (published && !archivedAt ? [id] : [])))
    return mine.map((one) =>
      one.type === 'provider' && !listed.has(one.organisation) ? { ...one, waiting: true as const } : one,
    )
  }
