import { type Clock, plainDateIn } from '../../kernel/clock.js'
import { contextOf, type RequestContext } from '../../platform/http/context.js'
import { keepAddress } from '../../platform/http/list-view.js'
import { render } from '../../platform/http/render.js'
import type { Handler } from '../../platform/http/router.js'
import { readListPage } from '../../platform/records/list-page.js'
import type { Lexicon } from '../../platform/search/index.js'
import type { BusinessService } from '../businesses/index.js'
import { findRelief, readAsMeant } from '../search-help/index.js'
import { noteSearch, type SearchTerms } from '../search-terms/index.js'
import type { TaxonomyView } from '../taxonomy/index.js'
import { businessOf } from './need-business.service.js'
import type { DetailWords } from './needs.details.views.js'
import { needListState, PAGE_SIZE, toListQuery } from './needs.list.query.js'
import { needListView } from './needs.list.views.js'
import { needPageView } from './needs.page.views.js'
import type { RankFirms } from './needs.ports.js'
import { published, writtenNeed } from './needs.rules.js'
import { wantedServices } from './needs.search.js'
import type { NeedService } from './needs.service.js'

export interface NeedPageDeps {
  needs: NeedService
  businesses: BusinessService
  taxonomy(): TaxonomyView
  lexicon(): Lexicon
  rank: RankFirms
  clock: Clock
  searchTerms: Pick<SearchTerms, 'note'>
}

/** The list of public needs and the page of each. */
export function needPages(deps: NeedPageDeps): Record<'needs.list' | 'needs.show', Handler> {
  const { needs, businesses, taxonomy, lexicon, rank, clock, searchTerms } = deps

  const wordsFor = (context: RequestContext): DetailWords => ({
    context,
    taxonomy: taxonomy(),
    today: plainDateIn(clock(), context.park.timeZone),
  })

  return {
    'needs.list': async (req, res) => {
      const context = contextOf(res)
      const { actor, park } = context
      const vocabulary = { taxonomy: taxonomy(), lexicon: lexicon(), province: park.province }
      const state = needListState(req, vocabulary.taxonomy)
      const asked = { asked: state.page, size: PAGE_SIZE }
      const read = await readAsMeant(
        state,
        (meant) => readListPage(needs, actor, park.id, toListQuery(meant), asked),
        vocabulary,
      )
      const findWays = () =>
        findRelief(state, {
          kinds: ['service', 'sector'],
          vocabulary,
          peek: async (other) => ({ list: await needs.list(actor, park.id, { ...toListQuery(other), limit: 0 }) }),
          countsBy: async (facet) => (await needs.counts(actor, park.id, facet, { selected: { state: ['open'] } })).by,
        })
      const relief = read.list.total === 0 ? await findWays() : null
      noteSearch(searchTerms, context, state.q, relief === null || relief.unfiltered > 0)
      const view = needListView(state, { ...read, relief }, wordsFor(context))
      keepAddress(res, view.list.address)
      render(res, 'needs/list', view, { fragment: 'needs/_live' })
    },
    'needs.show': async (req, res) => {
      const context = contextOf(res)
      const { actor, park } = context
      const shown = await needs.show(actor, park.id, String(req.params.slug))
      if (shown.moved) return res.redirect(301, context.url('needs.show', { slug: shown.slug }))
      const { record } = shown
      const content = published(record)
      const [business, firms] = await Promise.all([
        businessOf(businesses, actor, record),
        rank(actor, park, writtenNeed(content, record), context),
      ])
      const view = needPageView(record, {
        ...wordsFor(context),
        services: wantedServices(content, lexicon()),
        business,
        firms,
        all: req.query.all === '1',
      })
      return render(res, 'needs/show', view)
    },
  }
}
