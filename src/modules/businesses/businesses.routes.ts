import { NotFound } from '../../kernel/errors.js'
import type { ParkContext } from '../../kernel/park.js'
import type { Actor } from '../../kernel/permissions.js'
import { contextOf, type RequestContext } from '../../platform/http/context.js'
import { renderList } from '../../platform/http/list-view.js'
import { readPageQuery } from '../../platform/http/query.js'
import { peekAtList, readList } from '../../platform/http/read-list.js'
import { render } from '../../platform/http/render.js'
import type { Handler } from '../../platform/http/router.js'
import { unlessMissing, withheldView } from '../../platform/http/withheld-view.js'
import type { Lexicon } from '../../platform/search/index.js'
import type { NeedRow } from '../../platform/views/models/lists.js'
import { findRelief, readAsMeant } from '../search-help/index.js'
import { noteSearch, type SearchTerms } from '../search-terms/index.js'
import type { TaxonomyView } from '../taxonomy/index.js'
import { businessesPageQuery, toListState } from './businesses.list.schemas.js'
import { businessesView } from './businesses.list.views.js'
import { BY_NAME, FACETS, SORTS } from './businesses.search.js'
import type { BusinessService } from './businesses.service.js'
import { businessView } from './businesses.show.views.js'

export interface BusinessPagesDeps {
  businesses: BusinessService
  /** The needs a business has posted in its own name, as far as the viewer may see them; never an anonymous one. */
  publicNeedsOf(
    actor: Actor,
    park: ParkContext,
    businessId: string,
    context: RequestContext,
  ): Promise<readonly NeedRow[]>
  taxonomy(): TaxonomyView
  lexicon(): Lexicon
  searchTerms: Pick<SearchTerms, 'note'>
}

/** The businesses that agreed to be listed, and the page of each. */
export function businessPages(deps: BusinessPagesDeps): Record<'businesses.list' | 'businesses.show', Handler> {
  const { businesses, publicNeedsOf, taxonomy, lexicon, searchTerms } = deps
  return {
    'businesses.list': async (req, res) => {
      const context = contextOf(res)
      const { actor, park } = context
      const vocabulary = { taxonomy: taxonomy(), lexicon: lexicon(), province: park.province }
      const state = toListState(readPageQuery(businessesPageQuery, req), vocabulary.taxonomy)
      const order = { sorts: SORTS, otherwise: BY_NAME }
      const read = await readAsMeant(state, (meant) => readList(businesses, context, meant, FACETS, order), vocabulary)
      const findWays = () =>
        findRelief(state, {
          kinds: ['sector'],
          vocabulary,
          peek: (other) => peekAtList(businesses, context, other),
          countsBy: async (facet) => (await businesses.counts(actor, park.id, facet)).by,
        })
      const relief = read.list.total === 0 ? await findWays() : null
      noteSearch(searchTerms, context, state.q, relief === null || relief.unfiltered > 0)
      renderList(res, 'businesses/list', businessesView(state, { ...read, relief }, vocabulary.taxonomy, context))
    },
    'businesses.show': async (req, res) => {
      const context = contextOf(res)
      const { actor, park } = context
      const slug = String(req.params.slug)
      const shown = await businesses.show(actor, park.id, slug).catch(unlessMissing)
      if (!shown) {
        const held = await businesses.noticeAt(park.id, slug)
        if (!held) throw new NotFound('businesses', slug)
        const told = { name: held.content.name, notice: held.notice }
        const list = { route: 'businesses.list', label: context.t('businesses.list.title') } as const
        return render(res, 'site/withheld', withheldView(told, context, list))
      }
      if (shown.moved) return res.redirect(301, context.url('businesses.show', { slug: shown.slug }))
      const needs = await publicNeedsOf(actor, park, shown.record.id, context)
      return render(res, 'businesses/show', businessView(shown.record, needs, taxonomy(), context))
    },
  }
}
