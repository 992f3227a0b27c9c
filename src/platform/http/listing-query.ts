import type { ListQuery } from '../records/listing.service.js'
import type { Sort } from '../search/index.js'

/** Chosen values of a list's facets by field of the index; fields with nothing chosen are left out. */
export function chosen(
  values: Readonly<Record<string, readonly string[] | undefined>>,
): Record<string, readonly string[]> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([field, list]) => (list && list.length > 0 ? [[field, list] as const] : [])),
  )
}

/** The words and the order of a list: without a named order, by relevance where there are words, else by `otherwise`. */
export function ordered(
  q: string | undefined,
  named: Sort | undefined,
  otherwise: Sort,
): Pick<ListQuery, 'q' | 'sort'> {
  const sort = named ?? (q ? undefined : otherwise)
  return { ...(q !== undefined && { q }), ...(sort && { sort: [sort] }) }
}
