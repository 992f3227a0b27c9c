import { listCall, showCall } from '../../platform/http/listing-api.js'
import type { Handler } from '../../platform/http/router.js'
import { currentIds, type TaxonomyView } from '../taxonomy/index.js'
import type { ContactViews } from './contact-views.js'
import { providersQuery } from './providers.api.schemas.js'
import { toAnswer, toSummary } from './providers.api.views.js'
import { BY_NAME, FACETS, SORTS } from './providers.search.js'
import type { ProviderService } from './providers.service.js'

export interface ProviderApiDeps {
  providers: ProviderService
  taxonomy(): TaxonomyView
  contactViews: ContactViews
}

export function providerApi(deps: ProviderApiDeps): Record<'api.providers' | 'api.provider', Handler> {
  const { providers: listing, taxonomy, contactViews } = deps
  return {
    'api.providers': listCall({
      ...{ listing, query: providersQuery, sorts: SORTS, otherwise: BY_NAME, facets: FACETS },
      current: (facet, ids) => currentIds(taxonomy(), facet, ids),
      summary: (found, { lang }) => toSummary(found, taxonomy(), lang),
    }),
    'api.provider': showCall({
      ...{ listing, route: 'api.provider' },
      answer: (record, context) =>
        toAnswer(record, taxonomy(), context.lang, { contactsOpen: contactViews.allows(context, record.id) }),
    }),
  }
}
