import { type ListPage, readListPage } from '../records/list-page.js'
import type { FoundList, Listing } from '../records/listing.service.js'
import type { Sort } from '../search/index.js'
import type { RequestContext } from './context.js'
import type { ListState } from './list-state.js'
import { chosen, ordered } from './listing-query.js'

export interface ListOrder {
  /** Orders a reader may choose, by name. */
  sorts: Readonly<Record<string, Sort>>
  /** The order without words and without a choice. */
  otherwise: Sort
}

const PAGE_SIZE = 20

/** What a list page shows of `listing` in the given state: one page of 20. */
export function readList<Content>(
  listing: Listing<Content>,
  { actor, park }: RequestContext,
  state: ListState,
  facets: readonly string[],
  order: ListOrder,
): Promise<ListPage<Content>> {
  const query = { ...queryOf(state, order), facets }
  return readListPage(listing, actor, park.id, query, { asked: state.page, size: PAGE_SIZE })
}

/** What the list answers in the given state, without its rows. */
export async function peekAtList<Content>(
  listing: Listing<Content>,
  { actor, park }: RequestContext,
  state: ListState,
): Promise<{ list: FoundList<Content> }> {
  const { q, literal, selected } = state
  return { list: await listing.list(actor, park.id, { q, literal, selected: chosen(selected), limit: 0 }) }
}

function queryOf(state: ListState, { sorts, otherwise }: ListOrder) {
  const named = state.sort === undefined ? undefined : sorts[state.sort]
  return { ...ordered(state.q, named, otherwise), literal: state.literal, selected: chosen(state.selected) }
}
