import type { Membership } from '../../kernel/permissions.js'
import type { RecordRepository } from '../../platform/records/record.repository.js'
import type { MembershipRepository } from './memberships.repository.js'

/** Where somebody belongs, as it bears on his rights: a firm that curators have not let in yet is none of the park's. */
export const actorMemberships =
  ({ memberships, records }: { memberships: Pick<MembershipRepository, 'of'>; records: RecordRepository }) =>
  async (personId: string): Promise<Membership[]> => {
    const mine = await memberships.of(personId)
    const idsOf = (wanted: Membership['type']) =>
      mine.flatMap(({ type, organisation }) => (type === wanted ? [organisation] : []))
    const [firms, businesses] = await Promise.all(
      (['provider', 'business'] as const).map(async (type) => {
        const ids = idsOf(type)
        return ids.length > 0 ? records.byIds(type, ids) : []
      }),
    )
    // What has become part of another rests: who may do what is said at the other.
    const resting = new Set(
      [firms, businesses].flatMap((all) => (all ?? []).filter((one) => one.mergedInto)).map(({ id }) => id),
    )
    const listed = new Set(
      (firms ?? []).flatMap(({ id, published, archivedAt }) => (published && !archivedAt ? [id] : [])),
    )
    return mine
      .filter(({ organisation }) => !resting.has(organisation))
      .map((one) =>
        one.type === 'provider' && !listed.has(one.organisation) ? { ...one, waiting: true as const } : one,
      )
  }
