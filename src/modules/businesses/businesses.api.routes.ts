import { listCall, showCall } from '../../platform/http/listing-api.js'
import type { Handler } from '../../platform/http/router.js'
import { currentIds, type TaxonomyView } from '../taxonomy/index.js'
import { businessesQuery } from './businesses.api.schemas.js'
import { toAnswer, toSummary } from './businesses.api.views.js'
import { BY_NAME, FACETS, SORTS } from './businesses.search.js'
import type { BusinessService } from './businesses.service.js'

export interface BusinessApiDeps {
  businesses: BusinessService
  taxonomy(): TaxonomyView
}

export function businessApi(deps: BusinessApiDeps): Record<'api.businesses' | 'api.business', Handler> {
  const { businesses: listing, taxonomy } = deps
  return {
    'api.businesses': listCall({
      ...{ listing, query: businessesQuery, sorts: SORTS, otherwise: BY_NAME, facets: FACETS },
      current: (facet, ids) => currentIds(taxonomy(), facet, ids),
      summary: (found, { lang }) => toSummary(found, taxonomy(), lang),
    }),
    'api.business': showCall({
      ...{ listing, route: 'api.business' },
      answer: (record, { lang }) => toAnswer(record, taxonomy(), lang),
    }),
  }
}
