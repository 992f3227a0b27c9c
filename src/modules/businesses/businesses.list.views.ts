import { pickText } from '../../kernel/text.js'
import type { RequestContext } from '../../platform/http/context.js'
import type { ListState } from '../../platform/http/list-state.js'
import { type FacetSpec, type ListPageModel, listView, sortsOf, unfilterAction } from '../../platform/http/list-view.js'
import type { ReadList } from '../../platform/http/read-list.js'
import type { EmptyState } from '../../platform/views/models/lists.js'
import { placeName, wardByCode } from '../geography/index.js'
import type { TaxonomyView } from '../taxonomy/index.js'
import { BUSINESS_KINDS } from './businesses.list.schemas.js'
import { businessRow } from './businesses.row.views.js'
import type { BusinessProfile } from './businesses.schemas.js'

/** The page of businesses. */
export function businessesView(
  state: ListState,
  { list, page, ifUnfiltered }: ReadList<BusinessProfile>,
  taxonomy: TaxonomyView,
  context: RequestContext,
): ListPageModel {
  const { t, lang, park } = context
  return {
    title: state.q ? t('businesses.list.titleFor', { words: state.q }) : t('businesses.list.title'),
    description: t('businesses.list.description', { park: pickText(park.name, lang)?.text ?? '' }),
    heading: t('businesses.list.title'),
    searchLabel: t('businesses.list.searchLabel'),
    placeholder: t('businesses.list.placeholder'),
    list: listView(
      context,
      { route: 'businesses.list', facets: facetsOf(taxonomy, context), ...sortsOf(state, context) },
      state,
      list,
      page,
    ),
    found: t('businesses.list.found', { count: list.total }),
    seeResults: t('businesses.list.see', { count: list.total }),
    rows: list.found.map((found) => businessRow(found, taxonomy, context)),
    empty: list.total === 0 ? nothingFound(state, ifUnfiltered, context) : null,
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

function nothingFound(state: ListState, ifUnfiltered: number, context: RequestContext): EmptyState {
  const { t } = context
  const elsewhere = { href: context.url('needs.list', {}, { q: state.q }), label: t('businesses.list.none.needs') }
  const all = { href: context.url('businesses.list'), label: t('businesses.list.none.all'), primary: true }
  const wider =
    ifUnfiltered > 0 ? [unfilterAction(context, 'businesses.list', state, ifUnfiltered)] : state.q ? [all] : []
  return {
    title: state.q ? t('businesses.list.none.titleFor', { words: state.q }) : t('businesses.list.none.title'),
    text: t('businesses.list.none.text'),
    actions: [...wider, { ...elsewhere, primary: false }],
  }
}
