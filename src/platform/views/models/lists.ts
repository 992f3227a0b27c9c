import { type Page, pageWindow } from '../../../kernel/pagination.js'
import type { ShownText } from '../../../kernel/text.js'

/** Half-open ranges of UTF-16 offsets, in order, to be marked. */
export type Spans = readonly { readonly start: number; readonly end: number }[]

export interface Link {
  href: string
  label: string
}

/** View model of `partials/provider-row.hbs`; serves businesses too. */
export interface ProviderRow {
  href: string
  name: ShownText
  nameSpans: Spans
  tagline: ShownText | null
  taglineSpans: Spans
  /** A passage of another field that says why the row is there. */
  excerpt: { text: ShownText; spans: Spans } | null
  tags: readonly string[]
  /** Short facts, joined by dots: place, size, price. */
  facts: readonly string[]
  /** One thing worth knowing: an offer, the number of cases. */
  note: string | null
}

/** View model of `partials/need-row.hbs`. */
export interface NeedRow {
  href: string
  title: ShownText
  titleSpans: Spans
  /** A passage that says why the row is there, where the title does not. */
  excerpt: { text: ShownText; spans: Spans } | null
  /** Sector, place, budget. */
  facts: readonly string[]
  /** How many firms fit, or that nobody does. */
  outcome: string | null
  /** Whether nobody does: the market is waiting. */
  waiting: boolean
}

/** One reason of a match, of `partials/bridge.hbs`: `title` in bold, then `text`, then the firm's own words. */
export interface Reason {
  status: 'met' | 'partly' | 'unmet' | 'unknown'
  /** > 0; the width of its plank. */
  weight: number
  title: string
  text: string | null
  quote: ShownText | null
}

/** View model of `partials/match-row.hbs`. */
export interface MatchRow {
  href: string
  /** The firm's own part of its address, by which it can be asked. */
  slug: string
  name: ShownText
  tagline: ShownText | null
  /** Why it stands where it does, where that is not for its reasons. */
  note: string | null
  reasons: readonly Reason[]
  actions: readonly (Link & { primary: boolean })[]
}

/** View model of `partials/scale.hbs`. `max` is the largest figure of all rows, at least 1. */
export interface ScaleView {
  max: number
  rows: readonly (Link & { demand: number; supply: number })[]
}

export function scaleView(rows: ScaleView['rows']): ScaleView {
  return { rows, max: Math.max(1, ...rows.flatMap(({ demand, supply }) => [demand, supply])) }
}

/** View model of `partials/chips.hbs`. A chip that is on leads to the page without it. */
export interface ChipsView {
  /** Read before the chips by screen readers. */
  label: string
  chips: readonly { href: string; label: string; on: boolean }[]
}

/** View model of `partials/facet.hbs`. */
export interface FacetView {
  name: string
  legend: string
  open: boolean
  chosen: number
  values: readonly FacetValue[]
  /** Values behind "show more". */
  more: readonly (FacetValue & { heading: string | null })[]
}

export interface FacetValue {
  id: string
  value: string
  label: string
  count: number
  checked: boolean
}

/**
 * A facet's values as the engine counted them; the chosen ones are always in sight, and a facet with one is open. Those
 * out of sight stand under the headings that `groupOf` gives, headings in the order of their first value.
 */
export function facetView(
  facet: { name: string; legend: string; open?: boolean; groupOf?: ((value: string) => string | null) | undefined },
  counted: readonly { value: string; label: string; count: number }[],
  selected: readonly string[],
  shown = 6,
): FacetView {
  const values = counted.map((one) => ({
    ...one,
    id: `${facet.name}-${one.value}`,
    checked: selected.includes(one.value),
  }))
  const chosen = values.filter((value) => value.checked).length
  const inSight = values.filter((value, index) => index < shown || value.checked)
  return {
    name: facet.name,
    legend: facet.legend,
    open: chosen > 0 || facet.open === true,
    chosen,
    values: inSight,
    more: underHeadings(
      values.filter((value) => !inSight.includes(value)),
      facet.groupOf ?? (() => null),
    ),
  }
}

/** The values group by group, each group's heading at its first value. */
function underHeadings(values: readonly FacetValue[], groupOf: (value: string) => string | null): FacetView['more'] {
  const groups = [...new Set(values.map(({ value }) => groupOf(value)))]
  return groups.flatMap((group) =>
    values
      .filter(({ value }) => groupOf(value) === group)
      .map((value, index) => ({ ...value, heading: index === 0 ? group : null })),
  )
}

/** View model of `partials/empty-state.hbs`: what there is not, and what to do now. */
export interface EmptyState {
  title: string
  text: string | null
  actions: readonly (Link & { primary: boolean })[]
}

/** View model of `partials/nothing-found.hbs`: the same of a list that was searched or narrowed until nothing was left. */
export interface NothingFound extends EmptyState {
  /** What it is narrowed to. */
  filters: string | null
  /** What to ask instead, each with what would come of it. */
  offers: readonly Link[]
  /** Kinds of work or trades that the words come near to. */
  near: ChipsView | null
}

/** View model of `partials/pagination.hbs`. */
export interface PaginationView {
  previous: string | null
  next: string | null
  pages: readonly { number: number | null; href: string; current: boolean }[]
}

/** Links to the pages of a list; null when there is only one. `hrefOf` gives the address of a page number. */
export function paginationView(page: Page, hrefOf: (page: number) => string): PaginationView | null {
  if (page.pages <= 1) return null
  return {
    previous: page.page > 1 ? hrefOf(page.page - 1) : null,
    next: page.page < page.pages ? hrefOf(page.page + 1) : null,
    pages: pageWindow(page).map((number) => ({
      number,
      href: number === null ? '' : hrefOf(number),
      current: number === page.page,
    })),
  }
}
