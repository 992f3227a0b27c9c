import { type Clock, plainDateIn } from '../../kernel/clock.js'
import type { ParkContext } from '../../kernel/park.js'
import type { Actor } from '../../kernel/permissions.js'
import type { RequestContext } from '../../platform/http/context.js'
import type { NeedRow } from '../../platform/views/models/lists.js'
import type { TaxonomyView } from '../taxonomy/index.js'
import type { NeedService } from './needs.service.js'
import { needRow } from './needs.views.js'

interface PublicNeedsDeps {
  needs: NeedService
  taxonomy(): TaxonomyView
  clock: Clock
}

const MOST = 20

/** The needs that a business has posted under its own name, newest first; an anonymous one is not filed under it. */
export const publicNeedsOf =
  ({ needs, taxonomy, clock }: PublicNeedsDeps) =>
  async (actor: Actor, park: ParkContext, businessId: string, context: RequestContext): Promise<readonly NeedRow[]> => {
    const { found } = await needs.list(actor, park.id, {
      filter: { op: 'eq', field: 'business', value: businessId },
      sort: [{ field: 'published', order: 'desc' }],
      limit: MOST,
    })
    const today = plainDateIn(clock(), park.timeZone)
    // The search may be a moment behind: whose need it is, and whether it may be told, is what the record says.
    return found
      .filter(({ record: { published } }) => published?.business === businessId && !published.anonymous)
      .map(({ record }) => needRow(record, taxonomy(), context, { today }))
  }
