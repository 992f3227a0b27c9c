import { z } from 'zod'
import { line } from '../../kernel/fields.js'
import type { PageName, RouteParams } from '../../kernel/routes.js'
import type { RequestContext } from './context.js'
import { whole } from './query.js'

/** What a reader asks of a list page. Addresses of the same list with one thing changed are made from it. */
export interface ListState {
  /** Empty without words. */
  q: string
  /** The words count as they are typed: no abbreviations, no spelling repair. */
  literal: boolean
  /** Chosen values by facet. */
  selected: Readonly<Record<string, readonly string[]>>
  /** Missing: by relevance where there are words, else the list's own order. */
  sort: string | undefined
  /** From 1. */
  page: number
}

/** Longest words that a page's search box takes; what is longer is read as far as this. */
export const LONGEST_SEARCH = 200

/** The parameters that every list page has, for `readPageQuery`. Forgiving as all of a page's parameters are. */
export const listPageParameters = {
  q: z
    .string()
    .transform((words) => words.trim().slice(0, LONGEST_SEARCH))
    .pipe(line(LONGEST_SEARCH))
    .default(''),
  literal: z
    .literal('1')
    .optional()
    .transform((flag) => flag === '1'),
  page: whole({ min: 1, max: 1_000_000, otherwise: 1 }),
}

/** The chosen values that `find` knows, each once; a value that is not known counts as not chosen. */
export const known = (values: readonly string[], find: (value: string) => unknown): string[] =>
  [...new Set(values)].filter((value) => find(value) !== undefined)

/** The address of a list in the given state; whatever has its ordinary value is left out. */
export function listAddress(context: Pick<RequestContext, 'url'>, route: PageName, state: ListState): string {
  const query: RouteParams = {
    q: state.q,
    literal: state.literal && state.q ? '1' : undefined,
    ...state.selected,
    sort: state.sort,
    page: state.page > 1 ? state.page : undefined,
  }
  return context.url(route, {}, query)
}

/** How many facet values are chosen. */
export const chosenCount = ({ selected }: Pick<ListState, 'selected'>) => Object.values(selected).flat().length

/** The state with `value` of a facet no longer chosen, from the first page. */
export const without = (state: ListState, facet: string, value: string): ListState => ({
  ...state,
  page: 1,
  selected: { ...state.selected, [facet]: (state.selected[facet] ?? []).filter((chosen) => chosen !== value) },
})

/** The state with all words and no facet value chosen, from the first page. */
export const unfiltered = (state: ListState): ListState => ({ ...state, page: 1, selected: {} })
