import { pickText } from '../../kernel/text.js'
import type { RequestContext } from '../../platform/http/context.js'
import type { ListState } from '../../platform/http/list-state.js'
import { type FacetSpec, type ListPageModel, listView, sortsOf } from '../../platform/http/list-view.js'
import type { ListPage } from '../../platform/records/list-page.js'
import type { NothingFound } from '../../platform/views/models/lists.js'
import { placeName, wardByCode } from '../geography/index.js'
import { type Named, nothingFound, type Relief, understoodChips } from '../search-help/index.js'
import type { TaxonomyView } from '../taxonomy/index.js'
import { BUSINESS_KINDS } from './businesses.list.schemas.js'
import { businessRow } from './businesses.row.views.js'
import type { BusinessProfile } from './businesses.schemas.js'

/** The page of businesses. */
export function businessesView(
  state: ListState,
  { list, page, named, relief }: ListPage<BusinessProfile> & { named: readonly Named[]; relief: Relief | null },
  taxonomy: TaxonomyView,
  context: RequestContext,
): ListPageModel {
  const { t, lang, park } = context
  const facets = facetsOf(taxonomy, context)
  // Businesses have trades and places; what others do for them is in the needs.
  const told = named.filter(({ kind }) => kind !== 'service')
  const understood = understoodChips(told, state, 'businesses.list', taxonomy, context)
  return {
    title: state.q ? t('businesses.list.titleFor', { words: state.q }) : t('businesses.list.title'),
    description: t('businesses.list.description', { park: pickText(park.name, lang)?.text ?? '' }),
    heading: t('businesses.list.title'),
    searchLabel: t('businesses.list.searchLabel'),
    placeholder: t('businesses.list.placeholder'),
    list: listView(
      context,
      { route: 'businesses.list', facets, understood, ...sortsOf(state, context) },
      state,
      list,
      page,
    ),
    found: t('businesses.list.found', { count: list.total }),
    seeResults: t('businesses.list.see', { count: list.total }),
    rows: list.found.map((found) => businessRow(found, taxonomy, context)),
    empty: relief && emptyView(state, relief, { facets, taxonomy, suggestion: list.suggestion }, context),
  }
}

function facetsOf(taxonomy: TaxonomyView, { t, lang }: RequestContext): FacetSpec[] {
  return [
    {
      name: 'sector',
      legend: t('businesses.facets.sector'),
      label: (id) => taxonomy.sector(id)?.name[lang] ?? null,
      open: true,
      shown: 8,
    },
    {
      name: 'ward',
      legend: t('businesses.facets.ward'),
      label: (code) => (wardByCode(code) ? placeName(code) : null),
      open: true,
      shown: 8,
    },
    {
      name: 'size',
      legend: t('businesses.facets.size'),
      label: (id) => taxonomy.sizeBand(id)?.name[lang] ?? null,
      order: taxonomy.taxonomy.sizeBands.map((band) => band.id),
    },
    {
      name: 'kind',
      legend: t('businesses.facets.kind'),
      label: (kind) => t(`businesses.kind.${kind}`),
      order: BUSINESS_KINDS,
    },
  ]
}

function emptyView(
  state: ListState,
  relief: Relief,
  list: { facets: readonly FacetSpec[]; taxonomy: TaxonomyView; suggestion: string | null },
  context: RequestContext,
): NothingFound {
  const { t, url } = context
  const { q } = state
  const all = { href: url('businesses.list'), label: t('businesses.list.none.all'), primary: true }
  const elsewhere = { href: url('needs.list', {}, { q }), label: t('businesses.list.none.needs'), primary: false }
  return nothingFound(
    state,
    relief,
    {
      ...list,
      route: 'businesses.list',
      counted: (count) => t('businesses.list.found', { count }),
      title: q ? t('businesses.list.none.titleFor', { words: q }) : t('businesses.list.none.title'),
      text: t('businesses.list.none.text'),
      actions: relief.unfiltered === 0 && q ? [all, elsewhere] : [elsewhere],
    },
    context,
  )
}
