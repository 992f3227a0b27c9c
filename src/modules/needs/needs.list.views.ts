import type { Page } from '../../kernel/pagination.js'
import { chosenCount, type ListState, listAddress, unfiltered } from '../../platform/http/list-state.js'
import { type FacetSpec, type ListSpec, listView } from '../../platform/http/list-view.js'
import type { FoundList } from '../../platform/records/listing.service.js'
import type { EmptyState } from '../../platform/views/models/lists.js'
import { placeName, wardByCode } from '../geography/index.js'
import type { DetailWords } from './needs.details.views.js'
import { SHOWN_STATES, type ShownState, stateIn } from './needs.list.query.js'
import type { NeedContent } from './needs.schemas.js'
import { needRow } from './needs.views.js'

/** View model of `needs/list.hbs`, and of the part of it that htmx asks for. */
export function needListView(state: ListState, found: FoundList<NeedContent>, page: Page, words: DetailWords) {
  const { context, taxonomy, today } = words
  const { t } = context
  const shown = stateIn(state)
  const list = listView(context, specFor(state, words), state, found, page)
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
    empty: emptyState(state, words),
  }
}

function specFor({ q }: ListState, { context, taxonomy }: DetailWords): ListSpec {
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
function emptyState(state: ListState, { context }: DetailWords): EmptyState {
  const { t } = context
  const narrowed = chosenCount(state) > 0
  const post = { href: context.url('needs.new', {}, { text: state.q }), label: t('needs.post'), primary: true }
  if (!narrowed && !state.q) return { title: t('needs.list.none'), text: t('needs.list.noneText'), actions: [post] }
  const wider = narrowed
    ? { href: listAddress(context, 'needs.list', unfiltered(state)), label: t('needs.list.unfilter') }
    : { href: context.url('needs.list'), label: t('needs.list.showAll') }
  return {
    title: t('needs.list.nothing'),
    text: t('needs.list.nothingText'),
    actions: [post, { ...wider, primary: false }],
  }
}
