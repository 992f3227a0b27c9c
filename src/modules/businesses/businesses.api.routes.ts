import { contextOf } from '../../platform/http/context.js'
import { chosen, ordered } from '../../platform/http/listing-query.js'
import type { Handler } from '../../platform/http/router.js'
import { parseQuery } from '../../platform/http/validate.js'
import type { TaxonomyView } from '../taxonomy/index.js'
import { businessesQuery } from './businesses.api.schemas.js'
import { toAnswer, toSummary } from './businesses.api.views.js'
import { BY_NAME, FACETS, SORTS } from './businesses.search.js'
import type { BusinessService } from './businesses.service.js'

export interface BusinessApiDeps {
  businesses: BusinessService
  taxonomy(): TaxonomyView
}

export function businessApi({
  businesses,
  taxonomy,
}: BusinessApiDeps): Record<'api.businesses' | 'api.business', Handler> {
  return {
    'api.businesses': async (req, res) => {
      const { q, limit, offset, sort, ...filters } = parseQuery(businessesQuery, req)
      const { actor, park, lang } = contextOf(res)
      const { found, total, facets } = await businesses.list(actor, park.id, {
        ...ordered(q, SORTS[sort], BY_NAME),
        selected: chosen(filters),
        facets: FACETS,
        limit,
        offset,
      })
      res.json({ results: found.map((one) => toSummary(one, taxonomy(), lang)), total, facets })
    },
    'api.business': async (req, res) => {
      const context = contextOf(res)
      const shown = await businesses.show(context.actor, context.park.id, String(req.params.slug))
      if (shown.moved) res.redirect(301, context.url('api.business', { slug: shown.slug }))
      else res.json(toAnswer(shown.record, taxonomy(), context.lang))
    },
  }
}
