import { Forbidden, MovedTo, NotFound } from '../../kernel/errors.js'
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
  /** For the product itself, an invitation's page say; null when it is no more. */
  byId(id: string): Promise<Organisation | null>
  /** All where somebody belongs, those first that he joined first. */
  mine(actor: Extract<Actor, { kind: 'person' }>): Promise<Organisation[]>
}

export function organisationAccess({ records }: { records: RecordRepository }): OrganisationAccess {
  const byId = async (id: string): Promise<Organisation | null> => {
    const provider = await records.byId<ProviderProfile>('provider', id)
    if (provider) return isAlive(provider) ? { type: 'provider', record: provider, role: null } : null
    const business = await records.byId<BusinessProfile>('business', id)
    return business && isAlive(business) ? { type: 'business', record: business, role: null } : null
  }

  /** Whoever may see what it has become part of is led there; for anybody else it is not there. */
  async function movedOr(actor: Actor, id: string) {
    const survivor = (await records.survivor('provider', id)) ?? (await records.survivor('business', id))
    const led = survivor && survivor.id !== id
    return led && can(actor, 'organisation:read', { type: 'organisation', id: survivor.id })
      ? new MovedTo(id, survivor.id)
      : new NotFound('organisation', id)
  }

  return {
    open: async (actor, id, action) => {
      const resource = { type: 'organisation', id } as const
      if (!can(actor, 'organisation:read', resource)) throw await movedOr(actor, id)
      if (!can(actor, action, resource)) throw new Forbidden(action)
      const organisation = await byId(id)
      if (!organisation) throw await movedOr(actor, id)
      return { ...organisation, role: roleIn(actor, id) }
    },
    byId,
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
