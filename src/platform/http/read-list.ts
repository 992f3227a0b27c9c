import { type ListPage, readListPage } from '../records/list-page.js'
import type { Listing } from '../records/listing.service.js'
import type { Sort } from '../search/index.js'
import type { RequestContext } from './context.js'
import { chosenCount, type ListState } from './list-state.js'
import { chosen, ordered } from './listing-query.js'

export interface ReadList<Content> extends ListPage<Content> {
  /** How many there would be without filters; counted only where there are none with them, else 0. */
  ifUnfiltered: number
}

export interface ListOrder {
  /** Orders a reader may choose, by name. */
  sorts: Readonly<Record<string, Sort>>
  /** The order without words and without a choice. */
  otherwise: Sort
}

const PAGE_SIZE = 20

/** What a list page shows of `listing` in the given state: one page of 20. */
export async function readList<Content>(
  listing: Listing<Content>,
  { actor, park }: RequestContext,
  state: ListState,
  facets: readonly string[],
  { sorts, otherwise }: ListOrder,
): Promise<ReadList<Content>> {
  const named = state.sort === undefined ? undefined : sorts[state.sort]
  const words = { ...ordered(state.q, named, otherwise), literal: state.literal }
  const query = { ...words, selected: chosen(state.selected), facets }
  const read = await readListPage(listing, actor, park.id, query, { asked: state.page, size: PAGE_SIZE })
  const narrowedToNothing = read.list.total === 0 && chosenCount(state) > 0
  const ifUnfiltered = narrowedToNothing ? (await listing.list(actor, park.id, { ...words, limit: 0 })).total : 0
  return { ...read, ifUnfiltered }
}
