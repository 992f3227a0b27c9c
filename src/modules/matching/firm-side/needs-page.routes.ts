import { type Clock, plainDateIn } from '../../../kernel/clock.js'
import { NotFound } from '../../../kernel/errors.js'
import { contextOf } from '../../../platform/http/context.js'
import { render } from '../../../platform/http/render.js'
import type { Handler } from '../../../platform/http/router.js'
import { personOf } from '../../../platform/http/viewer.js'
import type { RecordRepository } from '../../../platform/records/record.repository.js'
import type { ProviderProfile } from '../../providers/index.js'
import type { TaxonomyView } from '../../taxonomy/index.js'
import type { NeedsForFirm } from './needs-for-firm.service.js'
import { AT_FIRST, AT_MOST, needsPageView } from './needs-page.views.js'

export interface FirmNeedsDeps {
  needsForFirm: NeedsForFirm
  records: Pick<RecordRepository, 'byId'>
  taxonomy(): TaxonomyView
  clock: Clock
}

/** For a firm's people: the open needs that suit it best, and what its profile would have to say to suit more. */
export function firmNeedsPage(deps: FirmNeedsDeps): Record<'organisations.matches', Handler> {
  const { needsForFirm, records, taxonomy, clock } = deps
  return {
    'organisations.matches': async (req, res) => {
      const context = contextOf(res)
      const { actor, park } = context
      const id = String(req.params.organisation)
      const member = personOf(context).memberships.some(({ organisation }) => organisation === id)
      const firm = member ? await records.byId<ProviderProfile>('provider', id) : null
      if (!firm) throw new NotFound('provider', id)
      const all = req.query.all === '1'
      const answer = await needsForFirm.rankNeeds(actor, park, firm, all ? AT_MOST : AT_FIRST)
      const today = plainDateIn(clock(), park.timeZone)
      render(res, 'match/needs', needsPageView({ firm, answer, all, taxonomy: taxonomy(), today }, context))
    },
  }
}
