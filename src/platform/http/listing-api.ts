import type { z } from 'zod'
import type { RouteName } from '../../kernel/routes.js'
import type { Found, Listing } from '../records/listing.service.js'
import type { StoredRecord } from '../records/record.types.js'
import type { Sort } from '../search/index.js'
import { contextOf, type RequestContext } from './context.js'
import { chosen, ordered } from './listing-query.js'
import type { Handler } from './router.js'
import { parseQuery } from './validate.js'

/** Parameters of a list call: those of every list, and one list of ids for each facet. */
type ListQuerySchema = z.ZodType<
  { q?: string | undefined; limit: number; offset: number; sort: string } & Readonly<Record<string, unknown>>
>

export interface ListCall<Content> {
  listing: Listing<Content>
  query: ListQuerySchema
  /** Orders by their name in the query; `relevance` is none of them. */
  sorts: Readonly<Record<string, Sort>>
  /** The order without words and without a named one. */
  otherwise: Sort
  facets: readonly string[]
  /** Values asked for in one facet, as they are called now. */
  current?(facet: string, values: readonly string[]): string[]
  summary(found: Found<Content>, context: RequestContext): object
}

/** The API call that answers a list. */
export function listCall<Content>(call: ListCall<Content>): Handler {
  const { listing, query, sorts, otherwise, facets, summary, current = (_facet, values) => [...values] } = call
  return async (req, res) => {
    const { q, limit, offset, sort, ...filters } = parseQuery(query, req)
    const context = contextOf(res)
    const list = await listing.list(context.actor, context.park.id, {
      ...ordered(q, sorts[sort], otherwise),
      selected: chosen(
        Object.fromEntries(
          Object.entries(filters as Record<string, readonly string[] | undefined>).map(([facet, values]) => [
            facet,
            values && current(facet, values),
          ]),
        ),
      ),
      facets,
      limit,
      offset,
    })
    res.json({ results: list.found.map((one) => summary(one, context)), total: list.total, facets: list.facets })
  }
}

export interface ShowCall<Content> {
  listing: Listing<Content>
  /** Its own route, for the address a record has moved to. */
  route: RouteName
  answer(record: StoredRecord<Content>, context: RequestContext): object | Promise<object>
}

/** The API call that answers one record, or leads to its present address. */
export function showCall<Content>({ listing, route, answer }: ShowCall<Content>): Handler {
  return async (req, res) => {
    const context = contextOf(res)
    const shown = await listing.show(context.actor, context.park.id, String(req.params.slug))
    if (shown.moved) res.redirect(301, context.url(route, { slug: shown.slug }))
    else res.json(await answer(shown.record, context))
  }
}
