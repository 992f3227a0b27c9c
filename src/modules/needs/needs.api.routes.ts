import { contextOf } from '../../platform/http/context.js'
import { chosen, ordered } from '../../platform/http/listing-query.js'
import type { Handler } from '../../platform/http/router.js'
import { parseQuery } from '../../platform/http/validate.js'
import type { Lexicon, Sort } from '../../platform/search/index.js'
import type { BusinessService } from '../businesses/index.js'
import type { TaxonomyView } from '../taxonomy/index.js'
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

export function needApi({
  needs,
  businesses,
  taxonomy,
  lexicon,
}: NeedApiDeps): Record<'api.needs' | 'api.need', Handler> {
  return {
    'api.needs': async (req, res) => {
      const { q, limit, offset, sort, ...filters } = parseQuery(needsQuery, req)
      const { actor, park, lang } = contextOf(res)
      const { found, total, facets } = await needs.list(actor, park.id, {
        ...ordered(q, SORTS[sort], NEWEST),
        selected: chosen(filters),
        facets: FACETS,
        limit,
        offset,
      })
      const words = { taxonomy: taxonomy(), lexicon: lexicon(), lang }
      res.json({ results: found.map((one) => toSummary(one, words)), total, facets })
    },
    'api.need': async (req, res) => {
      const context = contextOf(res)
      const { actor, park, lang } = context
      const shown = await needs.show(actor, park.id, String(req.params.slug))
      if (shown.moved) return res.redirect(301, context.url('api.need', { slug: shown.slug }))
      const business = await businessOf(businesses, actor, shown.record)
      return res.json(toAnswer(shown.record, business, { taxonomy: taxonomy(), lexicon: lexicon(), lang }))
    },
  }
}
