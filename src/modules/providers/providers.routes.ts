import { type Clock, plainDateIn } from '../../kernel/clock.js'
import { NotFound } from '../../kernel/errors.js'
import type { ParkContext } from '../../kernel/park.js'
import { roleIn } from '../../kernel/permissions.js'
import { contextOf, type RequestContext } from '../../platform/http/context.js'
import type { ListState } from '../../platform/http/list-state.js'
import { renderList } from '../../platform/http/list-view.js'
import { readPageQuery } from '../../platform/http/query.js'
import { peekAtList, readList } from '../../platform/http/read-list.js'
import { render } from '../../platform/http/render.js'
import type { Handler } from '../../platform/http/router.js'
import { unlessMissing, withheldView } from '../../platform/http/withheld-view.js'
import type { Lexicon } from '../../platform/search/index.js'
import { findRelief, type Named, readAsMeant, type Vocabulary } from '../search-help/index.js'
import { noteSearch, type SearchTerms } from '../search-terms/index.js'
import type { TaxonomyView } from '../taxonomy/index.js'
import type { ContactViews } from './contact-views.js'
import { shownName } from './names.rules.js'
import { providersPageQuery, toListState } from './providers.list.schemas.js'
import { providersView } from './providers.list.views.js'
import type { ProviderWords } from './providers.row.views.js'
import { BY_NAME, FACETS, SORTS } from './providers.search.js'
import type { ProviderService } from './providers.service.js'
import { providerView } from './providers.show.views.js'
import { askedIn, unmetOf } from './unmet.js'

export interface ProviderPagesDeps {
  providers: ProviderService
  taxonomy(): TaxonomyView
  clock: Clock
  contactViews: ContactViews
  searchTerms: Pick<SearchTerms, 'note'>
  lexicon(): Lexicon
  /** Told of a search for work that no firm does, so that it counts as demand. */
  onNobody(
    park: ParkContext,
    asked: { services: readonly string[]; sectors: readonly string[] },
    text: string,
  ): Promise<void>
}

const SIMILAR = 5

/** The directory of firms and the page of each. */
export function providerPages(deps: ProviderPagesDeps): Record<'providers.list' | 'providers.show', Handler> {
  const { providers } = deps
  return {
    'providers.list': async (req, res) => {
      const context = contextOf(res)
      const { park } = context
      const vocabulary = { taxonomy: deps.taxonomy(), lexicon: deps.lexicon(), province: park.province }
      const state = toListState(readPageQuery(providersPageQuery, req), vocabulary.taxonomy)
      const order = { sorts: SORTS, otherwise: BY_NAME }
      const read = await readAsMeant(state, (meant) => readList(providers, context, meant, FACETS, order), vocabulary)
      const relief = read.list.total === 0 ? await reliefOf(deps, state, vocabulary, context) : null
      noteSearch(deps.searchTerms, context, state.q, relief === null || relief.unfiltered > 0)
      if (relief && context.typing === null) await countUnmet(deps, state, read.named, context)
      renderList(res, 'providers/list', providersView(state, { ...read, relief }, wordsOf(deps, context)))
    },
    'providers.show': async (req, res) => {
      const context = contextOf(res)
      const { actor, park } = context
      const slug = String(req.params.slug)
      const shown = await providers.show(actor, park.id, slug).catch(unlessMissing)
      if (!shown) {
        const held = await providers.noticeAt(park.id, slug)
        if (!held) throw new NotFound('providers', slug)
        const told = { name: { [context.lang]: shownName(held.content, context.lang).text }, notice: held.notice }
        const list = { route: 'providers.list', label: context.t('providers.list.title') } as const
        return render(res, 'site/withheld', withheldView(told, context, list))
      }
      if (shown.moved) return res.redirect(301, context.url('providers.show', { slug: shown.slug }))
      const similar = await providers.similar(actor, shown.record, SIMILAR)
      const contactsOpen = deps.contactViews.allows(context, shown.record.id)
      const view = providerView(shown.record, similar, wordsOf(deps, context), { contactsOpen })
      // Its own people have their way in elsewhere.
      const claimHref = roleIn(actor, shown.record.id) ? null : context.url('claims.new', { slug: shown.record.slug })
      const reportHref = context.url('reports.new', { kind: 'providers', slug: shown.record.slug })
      return render(res, 'providers/show', { ...view, claimHref, reportHref })
    },
  }
}

const reliefOf = (
  { providers }: ProviderPagesDeps,
  state: ListState,
  vocabulary: Vocabulary,
  context: RequestContext,
) =>
  findRelief(state, {
    peek: (other) => peekAtList(providers, context, other),
    countsBy: async (facet) => (await providers.counts(context.actor, context.park.id, facet)).by,
    kinds: ['service', 'sector'],
    vocabulary,
  })

async function countUnmet(
  { providers, onNobody }: ProviderPagesDeps,
  state: ListState,
  named: readonly Named[],
  { actor, park }: RequestContext,
): Promise<void> {
  const asked = askedIn(state, named)
  if (!asked) return
  const unmet = unmetOf(asked, (await providers.counts(actor, park.id, 'service')).by)
  if (unmet) await onNobody(park, unmet, state.q || unmet.services.join(' '))
}

const wordsOf = ({ taxonomy, clock }: ProviderPagesDeps, context: RequestContext): ProviderWords => ({
  taxonomy: taxonomy(),
  today: plainDateIn(clock(), context.park.timeZone),
  context,
})
