import { contextOf } from '../../../platform/http/context.js'
import { giveNotice } from '../../../platform/http/notice.js'
import { render } from '../../../platform/http/render.js'
import type { Handler } from '../../../platform/http/router.js'
import { personOf } from '../../../platform/http/viewer.js'
import type { CaseRepository } from '../../curation/index.js'
import type { TaxonomyView } from '../../taxonomy/index.js'
import type { OrganisationAccess } from '../access.service.js'
import { LISTING_CASES } from '../state.rules.js'
import { hubView } from './hub.views.js'
import type { ProfileService } from './profile.service.js'

export interface HubPagesDeps {
  access: OrganisationAccess
  profiles: ProfileService
  cases: CaseRepository
  taxonomy(): TaxonomyView
}

/** The profile as a whole: its parts, what will change, and sending that to the park. */
export function hubPages({
  access,
  profiles,
  cases,
  taxonomy,
}: HubPagesDeps): Record<'organisations.profile' | 'organisations.send', Handler> {
  return {
    'organisations.profile': async (req, res) => {
      const context = contextOf(res)
      const organisation = await access.open(context.actor, String(req.params.organisation), 'organisation:edit')
      const last = await cases.latest(organisation.record.id, LISTING_CASES)
      render(res, 'organisations/profile', hubView(organisation, last, { context, taxonomy: taxonomy() }))
    },
    'organisations.send': async (req, res) => {
      const context = contextOf(res)
      const id = String(req.params.organisation)
      const { act, version } = req.body as Record<string, unknown>
      const seen = typeof version === 'string' && /^\d{1,9}$/.test(version) ? Number(version) : 0
      const gives = act === 'discard'
      const result = await profiles[gives ? 'discard' : 'send'](personOf(context), id, seen)
      if (!result.ok) giveNotice(req, `organisations.changes.${result.reason}`)
      else giveNotice(req, gives ? 'organisations.changes.discarded' : 'organisations.changes.sent')
      const to = result.ok && !gives ? 'organisations.show' : 'organisations.profile'
      res.redirect(303, context.url(to, { organisation: id }))
    },
  }
}
