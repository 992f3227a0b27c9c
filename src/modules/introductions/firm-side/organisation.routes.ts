import type { Clock } from '../../../kernel/clock.js'
import { NotFound } from '../../../kernel/errors.js'
import { contextOf } from '../../../platform/http/context.js'
import { render } from '../../../platform/http/render.js'
import type { Handler } from '../../../platform/http/router.js'
import { personOf } from '../../../platform/http/viewer.js'
import type { RecordRepository } from '../../../platform/records/record.repository.js'
import type { BusinessProfile } from '../../businesses/index.js'
import type { OwnNeeds } from '../../needs/index.js'
import type { ProviderProfile } from '../../providers/index.js'
import type { IntroductionReading } from '../introductions.reading.js'
import { firmIntroductionsView, organisationNeedsView } from './organisation.views.js'

export interface OrganisationPageDeps {
  reading: IntroductionReading
  own: OwnNeeds
  records: RecordRepository
  clock: Clock
}

/** What an organisation has of introductions: a firm, its requests and offers; a business, its needs. */
export function organisationPages(
  deps: OrganisationPageDeps,
): Record<'organisations.introductions' | 'organisations.needs', Handler> {
  const { reading, own, records, clock } = deps
  return {
    'organisations.introductions': async (req, res) => {
      const context = contextOf(res)
      const id = String(req.params.organisation)
      const all = await reading.ofFirm(context.actor, id)
      const firm = await records.byId<ProviderProfile>('provider', id)
      if (!firm) throw new NotFound('provider', id)
      render(res, 'introductions/of-firm', firmIntroductionsView({ firm, all, now: clock() }, context))
    },
    'organisations.needs': async (req, res) => {
      const context = contextOf(res)
      const id = String(req.params.organisation)
      const member = personOf(context).memberships.some(({ organisation }) => organisation === id)
      const business = member ? await records.byId<BusinessProfile>('business', id) : null
      if (!business) throw new NotFound('business', id)
      const needs = await own.ofBusiness(context.actor, context.park.id, id)
      const introductions = await Promise.all(needs.map((need) => reading.ofNeed(context.actor, need.id)))
      const view = organisationNeedsView({ business, needs, introductions: introductions.flat() }, context)
      render(res, 'introductions/needs', view)
    },
  }
}
