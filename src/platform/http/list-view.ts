import type { Response } from 'express'
import type { Page } from '../../kernel/pagination.js'
import type { PageName } from '../../kernel/routes.js'
import {
  type ChipsView,
  type FacetView,
  facetView,
  type NothingFound,
  type PaginationView,
  type ProviderRow,
  paginationView,
} from '../views/models/lists.js'
import { contextOf, type RequestContext } from './context.js'
import { chosenCount, type ListState, LONGEST_SEARCH, listAddress, unfiltered, without } from './list-state.js'
import { render } from './render.js'

/** One facet of a list page; its parameter is named as its field of the index. */
export interface FacetSpec {
  name: string
  legend: string
  /** Null for a value that is not known (any more); it is not offered. */
  label(value: string): string | null
  /** Values in a fixed order; without it the most frequent come first. */
  order?: readonly string[]
  /** Open before something is chosen in it. */
  open?: boolean
  /** Values in sight; the others wait behind "more", under the names that `groupOf` gives. */
  shown?: number
  groupOf?: (value: string) => string | null
}

export interface ListSpec {
  route: PageName
  facets: readonly FacetSpec[]
  sorts: readonly { value: string; label: string }[]
  /** Label of the order without a choice: by relevance where there are words. */
  defaultSort: string
  /** What was understood of the words. */
  understood: ChipsView | null
}

/** What the search engine says of a list beside its hits. */
export interface ListOutcome {
  total: number
  facets: Readonly<Record<string, Readonly<Record<string, number>>>>
  readAs: string | null
  suggestion: string | null
  relaxed: boolean
}

/** What every list page shows around its rows: view model of the partials `list-*`. */
export interface ListView {
  /** Address of the form. */
  action: string
  /** Where the search box asks what may be meant. */
  suggest: string
  /** Address of the list as it is shown. */
  address: string
  /** Whether it is the plain list, which search engines may keep. */
  plain: boolean
  q: string
  longestSearch: number
  literal: boolean
  /** How the words were read when that differs from what was typed, and the way to the words as they are. */
  reading: { readAs: string; href: string; label: string } | null
  /** Another spelling that is likely meant, with the way to it. */
  meant: { words: string; href: string } | null
  /** What was understood of the words; each leads to the list without it. */
  understood: ChipsView | null
  /** The way back from the words as they are typed. */
  looserHref: string
  /** Why hits are there that lack some of the words. */
  relaxed: string | null
  facets: FacetView[]
  /** "Lọc · 2" */
  filtersLabel: string
  chips: ChipsView | null
  sorts: { value: string; label: string; selected: boolean }[]
  pagination: PaginationView | null
}

/** View model of a page with `partials/list.hbs`, and of what htmx is sent of it. */
export interface ListPageModel {
  /** Of the document. */
  title: string
  description: string
  heading: string
  searchLabel: string
  placeholder: string
  list: ListView
  /** "15 doanh nghiệp" */
  found: string
  /** What leads a phone's reader from the filters to the results. */
  seeResults: string
  rows: readonly ProviderRow[]
  /** Shown without rows. */
  empty: NothingFound | null
}

/** Answers with a list page, or with its changing parts where htmx asks; search engines keep the plain list alone. */
export function renderList(res: Response, page: string, model: ListPageModel): void {
  const { address, plain } = model.list
  keepAddress(res, address)
  render(res, page, { ...model, noindex: !plain, canonicalPath: address }, { fragment: 'list-live' })
}

/**
 * Tells htmx the address of the list it is sent. It is a new place in the browser's history, but not for each further letter, and not
 * where the address is shown already: one step back leads to what was looked at before.
 */
export function keepAddress(res: Response, address: string): void {
  const { isHtmx, typing } = contextOf(res)
  if (!isHtmx) return
  const shown = res.req.get('HX-Current-URL') ?? ''
  const same = URL.canParse(shown) && new URL(address, shown).href === shown
  res.set(same || typing === 'goes-on' ? 'HX-Replace-Url' : 'HX-Push-Url', address)
}

export function listView(
  context: RequestContext,
  spec: ListSpec,
  state: ListState,
  outcome: ListOutcome,
  page: Page,
): ListView {
  const { t } = context
  const hrefOf = (changed: Partial<ListState>) => listAddress(context, spec.route, { ...state, page: 1, ...changed })
  const count = chosenCount(state)
  return {
    action: context.url(spec.route),
    suggest: context.url('suggest', {}, { list: spec.route.split('.')[0] }),
    address: hrefOf({ page: page.page }),
    plain: count === 0 && !state.q && !state.sort,
    q: state.q,
    longestSearch: LONGEST_SEARCH,
    literal: state.literal && state.q !== '',
    reading:
      outcome.readAs === null
        ? null
        : {
            readAs: outcome.readAs,
            href: hrefOf({ literal: true }),
            label: t('listing.reading.literal', { words: state.q }),
          },
    meant: outcome.suggestion === null ? null : { words: outcome.suggestion, href: hrefOf({ q: outcome.suggestion }) },
    understood: spec.understood,
    looserHref: hrefOf({ literal: false }),
    relaxed: outcome.relaxed && outcome.total > 0 ? t('listing.relaxed', { words: state.q }) : null,
    facets: spec.facets.map((facet) => facetOf(facet, outcome, state)).filter(hasValues),
    filtersLabel: count > 0 ? t('common.filters.openCount', { count }) : t('common.filters.open'),
    chips: count > 0 ? chipsOf(context, spec, state) : null,
    sorts: [{ value: '', label: spec.defaultSort }, ...spec.sorts].map((sort) => ({
      ...sort,
      selected: sort.value === (state.sort ?? ''),
    })),
    pagination: paginationView(page, (number) => hrefOf({ page: number })),
  }
}

/** The orders of a list of firms or businesses, for its `ListSpec`. */
export function sortsOf({ q }: ListState, { t }: RequestContext): Pick<ListSpec, 'sorts' | 'defaultSort'> {
  const name = t('listing.sort.name')
  const updated = { value: 'updated', label: t('listing.sort.updated') }
  return q
    ? { defaultSort: t('listing.sort.relevance'), sorts: [{ value: 'name', label: name }, updated] }
    : { defaultSort: name, sorts: [updated] }
}

function facetOf(spec: FacetSpec, { facets }: ListOutcome, { selected }: ListState): FacetView {
  const counts = facets[spec.name] ?? {}
  const chosen = selected[spec.name] ?? []
  const values = [...new Set([...Object.keys(counts), ...chosen])].flatMap((value) => {
    const label = spec.label(value)
    const count = counts[value] ?? 0
    return label !== null && (count > 0 || chosen.includes(value)) ? [{ value, label, count }] : []
  })
  const { order } = spec
  values.sort((a, b) =>
    order
      ? order.indexOf(a.value) - order.indexOf(b.value)
      : b.count - a.count || a.label.localeCompare(b.label, 'vi') || a.value.localeCompare(b.value),
  )
  const { name, legend, groupOf } = spec
  return facetView({ name, legend, groupOf, open: spec.open === true }, values, chosen, spec.shown)
}

const hasValues = (facet: FacetView) => facet.values.length > 0

/** Each chosen value, and the way out of all of them where there are several. */
function chipsOf(context: RequestContext, spec: ListSpec, state: ListState): ChipsView {
  const { t } = context
  const chips = spec.facets.flatMap(({ name, label }) =>
    (state.selected[name] ?? []).map((value) => ({
      href: listAddress(context, spec.route, without(state, name, value)),
      label: label(value) ?? value,
      on: true,
    })),
  )
  const all = { href: listAddress(context, spec.route, unfiltered(state)), label: t('listing.clear'), on: false }
  return { label: t('common.filters.chosenLabel'), chips: chips.length > 1 ? [...chips, all] : chips }
}
