import { pickText } from '../../kernel/text.js'
import type { RequestContext } from '../../platform/http/context.js'
import type { ListState } from '../../platform/http/list-state.js'
import { type FacetSpec, type ListPageModel, listView, sortsOf } from '../../platform/http/list-view.js'
import { languageName } from '../../platform/i18n/languages.js'
import type { ListPage } from '../../platform/records/list-page.js'
import type { NothingFound } from '../../platform/views/models/lists.js'
import { placeName, wardByCode } from '../geography/index.js'
import { type Named, nothingFound, type Relief, understoodChips } from '../search-help/index.js'
import type { TaxonomyView } from '../taxonomy/index.js'
import { PARK_STATUSES } from './providers.list.schemas.js'
import { type ProviderWords, providerRow } from './providers.row.views.js'
import type { ProviderProfile } from './providers.schemas.js'

/** What was found, and where nothing was, what would be. */
export interface ReadProviders extends ListPage<ProviderProfile> {
  named: readonly Named[]
  relief: Relief | null
}

/** The page of firms. */
export function providersView(
  state: ListState,
  { list, page, named, relief }: ReadProviders,
  words: ProviderWords,
): ListPageModel {
  const { context, taxonomy } = words
  const { t, lang, park } = context
  const facets = facetsOf(taxonomy, context)
  const understood = understoodChips(named, state, 'providers.list', taxonomy, context)
  return {
    title: state.q ? t('providers.list.titleFor', { words: state.q }) : t('providers.list.title'),
    description: t('providers.list.description', { park: pickText(park.name, lang)?.text ?? '' }),
    heading: t('providers.list.title'),
    searchLabel: t('providers.list.searchLabel'),
    placeholder: t('providers.list.placeholder'),
    list: listView(
      context,
      { route: 'providers.list', facets, understood, ...sortsOf(state, context) },
      state,
      list,
      page,
    ),
    found: t('providers.list.found', { count: list.total }),
    seeResults: t('providers.list.see', { count: list.total }),
    rows: list.found.map((found) => providerRow(found, state.selected.service ?? [], words)),
    empty: relief && emptyView(state, relief, { facets, taxonomy, suggestion: list.suggestion }, context),
  }
}

function facetsOf(taxonomy: TaxonomyView, { t, lang }: RequestContext): FacetSpec[] {
  const facet = (name: string, label: FacetSpec['label'], rest: Partial<FacetSpec> = {}): FacetSpec => ({
    name,
    legend: t(`providers.facets.${name}`),
    label,
    ...rest,
  })
  return [
    facet('service', (id) => taxonomy.service(id)?.name[lang] ?? null, {
      open: true,
      groupOf: (id) => taxonomy.name('group', taxonomy.service(id)?.group ?? '', lang),
    }),
    facet('sector', (id) => taxonomy.sector(id)?.name[lang] ?? null, { open: true, shown: 5 }),
    facet('ward', (code) => (wardByCode(code) ? placeName(code) : null), { shown: 8 }),
    facet('status', (status) => t(`providers.status.${status}`), { order: PARK_STATUSES }),
    facet('language', (code) => languageName(lang, code) ?? null),
    facet('size', (id) => taxonomy.sizeBand(id)?.name[lang] ?? null, {
      order: taxonomy.taxonomy.sizeBands.map((band) => band.id),
    }),
  ]
}

function emptyView(
  state: ListState,
  relief: Relief,
  list: { facets: readonly FacetSpec[]; taxonomy: TaxonomyView; suggestion: string | null },
  context: RequestContext,
): NothingFound {
  const { t, url } = context
  const { q: text } = state
  const nobody = relief.unfiltered === 0
  return nothingFound(
    state,
    relief,
    {
      ...list,
      route: 'providers.list',
      counted: (count) => t('providers.list.found', { count }),
      title: text ? t('providers.list.none.titleFor', { words: text }) : t('providers.list.none.title'),
      text: t('providers.list.none.text'),
      actions: [
        { href: url('match', {}, { text }), label: t('providers.list.none.match'), primary: nobody },
        { href: url('needs.new', {}, { text }), label: t('providers.list.none.post'), primary: false },
      ],
    },
    context,
  )
}
