import { chosenCount, type ListState } from '../../platform/http/list-state.js'
import { type FacetSpec, type ListSpec, listView } from '../../platform/http/list-view.js'
import type { ListPage } from '../../platform/records/list-page.js'
import type { NothingFound } from '../../platform/views/models/lists.js'
import { placeName, wardByCode } from '../geography/index.js'
import { type Named, nothingFound, type Relief, understoodChips } from '../search-help/index.js'
import type { DetailWords } from './needs.details.views.js'
import { SHOWN_STATES, type ShownState, stateIn } from './needs.list.query.js'
import type { NeedContent } from './needs.schemas.js'
import { needRow } from './needs.views.js'

/** View model of `needs/list.hbs`, and of the part of it that htmx asks for. */
export function needListView(
  state: ListState,
  read: ListPage<NeedContent> & { named: readonly Named[]; relief: Relief | null },
  words: DetailWords,
) {
  const { list: found, page, named, relief } = read
  const { context, taxonomy, today } = words
  const { t } = context
  const shown = stateIn(state)
  const understood = understoodChips(named, state, 'needs.list', taxonomy, context)
  const spec = { ...specFor(state, words), understood }
  const list = listView(context, spec, state, found, page)
  return {
    title: t('needs.list.title'),
    description: t('needs.list.description'),
    noindex: !list.plain,
    canonicalPath: list.address,
    list: {
      ...list,
      // The shared words speak of places; these are needs.
      relaxed: list.relaxed && t('needs.list.relaxed', { words: state.q }),
    },
    postHref: context.url('needs.new'),
    states: SHOWN_STATES.map((one) => ({
      value: one,
      label: t(`needs.list.states.${one}`),
      count: countOf(one, found.facets.state ?? {}),
      checked: one === shown,
    })),
    found: t(`needs.list.count.${shown}`, { count: found.total }),
    seeResults: t('needs.list.seeResults', { count: found.total }),
    rows: found.found.map(({ record, hit }) => needRow(record, taxonomy, context, { today, hit })),
    empty: relief && emptyView(state, relief, found.suggestion, spec.facets, words),
  }
}

function specFor({ q }: ListState, { context, taxonomy }: DetailWords): Omit<ListSpec, 'understood'> {
  const { t, lang } = context
  const facet = (name: string, label: FacetSpec['label'], rest: Partial<FacetSpec>): FacetSpec => ({
    name,
    legend: t(`needs.list.facets.${name}`),
    label,
    ...rest,
  })
  const newest = { value: 'newest', label: t('needs.list.sorts.newest') }
  const deadline = { value: 'deadline', label: t('needs.list.sorts.deadline') }
  return {
    route: 'needs.list',
    facets: [
      facet('service', (id) => taxonomy.service(id)?.name[lang] ?? null, {
        open: true,
        groupOf: (id) => taxonomy.name('group', taxonomy.service(id)?.group ?? '', lang),
      }),
      facet('sector', (id) => taxonomy.sector(id)?.name[lang] ?? null, { open: true, shown: 5 }),
      facet('ward', (code) => (wardByCode(code) ? placeName(code) : null), { shown: 8 }),
    ],
    sorts: q ? [newest, deadline] : [deadline],
    defaultSort: q ? t('listing.sort.relevance') : newest.label,
  }
}

function countOf(state: ShownState, counts: Readonly<Record<string, number>>): number {
  if (state !== 'all') return counts[state] ?? 0
  return Object.values(counts).reduce((sum, count) => sum + count, 0)
}

/** Nothing found: fewer conditions, or saying what one needs oneself. */
function emptyView(
  state: ListState,
  relief: Relief,
  suggestion: string | null,
  facets: readonly FacetSpec[],
  { context, taxonomy }: DetailWords,
): NothingFound {
  const { t, url } = context
  const asked = chosenCount(state) > 0 || state.q !== ''
  const post = { href: url('needs.new', {}, { text: state.q }), label: t('needs.post'), primary: true }
  const all = { href: url('needs.list'), label: t('needs.list.showAll'), primary: false }
  const states = {
    name: 'state',
    legend: t('needs.list.facets.state'),
    label: (one: string) => t(`needs.list.states.${one}`),
  }
  return nothingFound(
    state,
    relief,
    {
      route: 'needs.list',
      facets: [...facets, states],
      suggestion,
      taxonomy,
      counted: (count) => t('needs.list.count.all', { count }),
      title: asked ? t('needs.list.nothing') : t('needs.list.none'),
      text: asked ? t('needs.list.nothingText') : t('needs.list.noneText'),
      actions: asked ? [post, all] : [post],
    },
    context,
  )
}
