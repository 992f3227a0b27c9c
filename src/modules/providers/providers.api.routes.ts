import { contextOf } from '../../platform/http/context.js'
import { chosen, ordered } from '../../platform/http/listing-query.js'
import type { Handler } from '../../platform/http/router.js'
import { parseQuery } from '../../platform/http/validate.js'
import type { TaxonomyView } from '../taxonomy/index.js'
import { providersQuery } from './providers.api.schemas.js'
import { toAnswer, toSummary } from './providers.api.views.js'
import { BY_NAME, FACETS, SORTS } from './providers.search.js'
import type { ProviderService } from './providers.service.js'

export interface ProviderApiDeps {
  providers: ProviderService
  taxonomy(): TaxonomyView
}

export function providerApi({
  providers,
  taxonomy,
}: ProviderApiDeps): Record<'api.providers' | 'api.provider', Handler> {
  return {
    'api.providers': async (req, res) => {
      const { q, limit, offset, sort, ...filters } = parseQuery(providersQuery, req)
      const { actor, park, lang } = contextOf(res)
      const { found, total, facets } = await providers.list(actor, park.id, {
        ...ordered(q, SORTS[sort], BY_NAME),
        selected: chosen(filters),
        facets: FACETS,
        limit,
        offset,
      })
      res.json({ results: found.map((one) => toSummary(one, taxonomy(), lang)), total, facets })
    },
    'api.provider': async (req, res) => {
      const context = contextOf(res)
      const { actor, park, lang } = context
      const shown = await providers.show(actor, park.id, String(req.params.slug))
      if (shown.moved) res.redirect(301, context.url('api.provider', { slug: shown.slug }))
      else res.json(toAnswer(shown.record, taxonomy(), lang))
    },
  }
}
