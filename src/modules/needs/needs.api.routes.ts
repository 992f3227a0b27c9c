import type { RequestContext } from '../../platform/http/context.js'
import { listCall, showCall } from '../../platform/http/listing-api.js'
import type { Handler } from '../../platform/http/router.js'
import type { Lexicon, Sort } from '../../platform/search/index.js'
import type { BusinessService } from '../businesses/index.js'
import { currentIds, type TaxonomyView } from '../taxonomy/index.js'
import { businessOf } from './need-business.service.js'
import { needsQuery } from './needs.api.schemas.js'
import { toAnswer, toSummary } from './needs.api.views.js'
import type { NeedService } from './needs.service.js'

export interface NeedApiDeps {
  needs: NeedService
  businesses: BusinessService
  taxonomy(): TaxonomyView
  lexicon(): Lexicon
}

const NEWEST: Sort = { field: 'published', order: 'desc' }
const SORTS: Record<string, Sort> = { newest: NEWEST, deadline: { field: 'deadline', order: 'asc' } }

const FACETS = ['service', 'sector', 'ward', 'size', 'state']

export function needApi(deps: NeedApiDeps): Record<'api.needs' | 'api.need', Handler> {
  const { needs: listing, businesses, taxonomy, lexicon } = deps
  const wordsFor = ({ lang }: RequestContext) => ({ taxonomy: taxonomy(), lexicon: lexicon(), lang })
  return {
    'api.needs': listCall({
      ...{ listing, query: needsQuery, sorts: SORTS, otherwise: NEWEST, facets: FACETS },
      current: (facet, ids) => currentIds(taxonomy(), facet, ids),
      summary: (found, context) => toSummary(found, wordsFor(context)),
    }),
    'api.need': showCall({
      ...{ listing, route: 'api.need' },
      answer: async (record, context) =>
        toAnswer(record, await businessOf(businesses, context.actor, record), wordsFor(context)),
    }),
  }
}
