import { pickText } from '../../kernel/text.js'
import type { RequestContext } from '../../platform/http/context.js'
import type { ListState } from '../../platform/http/list-state.js'
import { type FacetSpec, type ListPageModel, listView, sortsOf, unfilterAction } from '../../platform/http/list-view.js'
import type { ReadList } from '../../platform/http/read-list.js'
import { languageName } from '../../platform/i18n/languages.js'
import type { EmptyState } from '../../platform/views/models/lists.js'
import { placeName, wardByCode } from '../geography/index.js'
import type { TaxonomyView } from '../taxonomy/index.js'
import { PARK_STATUSES } from './providers.list.schemas.js'
import { type ProviderWords, providerRow } from './providers.row.views.js'
import type { ProviderProfile } from './providers.schemas.js'

/** The page of firms. */
export function providersView(
  state: ListState,
  { list, page, ifUnfiltered }: ReadList<ProviderProfile>,
  words: ProviderWords,
): ListPageModel {
  const { context, taxonomy } = words
  const { t, lang, park } = context
  return {
    title: state.q ? t('providers.list.titleFor', { words: state.q }) : t('providers.list.title'),
    description: t('providers.list.description', { park: pickText(park.name, lang)?.text ?? '' }),
    heading: t('providers.list.title'),
    searchLabel: t('providers.list.searchLabel'),
    placeholder: t('providers.list.placeholder'),
    list: listView(
      context,
      { route: 'providers.list', facets: facetsOf(taxonomy, context), ...sortsOf(state, context) },
      state,
      list,
      page,
    ),
    found: t('providers.list.found', { count: list.total }),
    seeResults: t('providers.list.see', { count: list.total }),
    rows: list.found.map((found) => providerRow(found, state.selected.service ?? [], words)),
    empty: list.total === 0 ? nothingFound(state, ifUnfiltered, context) : null,
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

function nothingFound(state: ListState, ifUnfiltered: number, context: RequestContext): EmptyState {
  const { t } = context
  const { q: text } = state
  const ask = [
    { href: context.url('match', {}, { text }), label: t('providers.list.none.match'), primary: ifUnfiltered === 0 },
    { href: context.url('needs.new', {}, { text }), label: t('providers.list.none.post'), primary: false },
  ]
  return {
    title: text ? t('providers.list.none.titleFor', { words: text }) : t('providers.list.none.title'),
    text: t('providers.list.none.text'),
    actions: ifUnfiltered > 0 ? [unfilterAction(context, 'providers.list', state, ifUnfiltered), ...ask] : ask,
  }
}
