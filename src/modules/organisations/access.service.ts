import { Forbidden, NotFound } from '../../kernel/errors.js'
import { type Action, type Actor, can, roleIn } from '../../kernel/permissions.js'
import type { RecordRepository } from '../../platform/records/record.repository.js'
import type { StoredRecord } from '../../platform/records/record.types.js'
import type { BusinessProfile } from '../businesses/index.js'
import type { ProviderProfile } from '../providers/index.js'
import type { Organisation } from './organisation.types.js'

export type OrganisationAction = Extract<Action, `organisation:${'read' | 'edit' | 'manage'}`>

export interface OrganisationAccess {
  /**
   * The organisation, for somebody who may do this with it.
   * @throws {NotFound} for who may not even see it, {Forbidden} for a member whose role does not reach so far.
   */
  open(actor: Actor, id: string, action: OrganisationAction): Promise<Organisation>
  /** All where somebody belongs, those first that he joined first. */
  mine(actor: Extract<Actor, { kind: 'person' }>): Promise<Organisation[]>
}

export function organisationAccess({ records }: { records: RecordRepository }): OrganisationAccess {
  return {
    open: async (actor, id, action) => {
      const resource = { type: 'organisation', id } as const
      if (!can(actor, 'organisation:read', resource)) throw new NotFound('organisation', id)
      if (!can(actor, action, resource)) throw new Forbidden(action)
      const provider = await records.byId<ProviderProfile>('provider', id)
      const business = provider ? null : await records.byId<BusinessProfile>('business', id)
      const role = roleIn(actor, id)
      if (provider && isAlive(provider)) return { type: 'provider', record: provider, role }
      if (business && isAlive(business)) return { type: 'business', record: business, role }
      throw new NotFound('organisation', id)
    },
    mine: async ({ memberships }) => {
      const idsOf = (type: 'provider' | 'business') =>
        memberships.filter((m) => m.type === type).map(({ organisation }) => organisation)
      const [providers, businesses] = await Promise.all([
        records.byIds<ProviderProfile>('provider', idsOf('provider')),
        records.byIds<BusinessProfile>('business', idsOf('business')),
      ])
      return memberships.flatMap(({ organisation, role }): Organisation[] => {
        const provider = providers.find(({ id }) => id === organisation)
        const business = businesses.find(({ id }) => id === organisation)
        if (provider && isAlive(provider)) return [{ type: 'provider', record: provider, role }]
        return business && isAlive(business) ? [{ type: 'business', record: business, role }] : []
      })
    },
  }
}

/** Not taken down, not merged into another, not erased. */
const isAlive = ({ archivedAt, mergedInto, published, working }: StoredRecord<unknown>) =>
  archivedAt === null && mergedInto === null && (published !== null || working !== null)
