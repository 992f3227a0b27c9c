import { DEEPEST_ENTRY, type Page, pageOf } from '../../kernel/pagination.js'
import type { Actor } from '../../kernel/permissions.js'
import type { FoundList, Listing, ListQuery } from './listing.service.js'

export interface ListPage<Content> {
  list: FoundList<Content>
  page: Page
}

/** One page of a list, `asked` from 1; asked beyond the end, it is the last one. */
export async function readListPage<Content>(
  listing: Listing<Content>,
  actor: Actor,
  parkId: string,
  query: Omit<ListQuery, 'offset' | 'limit'>,
  { asked, size }: { asked: number; size: number },
): Promise<ListPage<Content>> {
  const read = (offset: number) => listing.list(actor, parkId, { ...query, offset, limit: size })
  const list = await read(Math.min((asked - 1) * size, DEEPEST_ENTRY))
  const page = pageOf(asked, size, list.total)
  return { page, list: page.page === asked ? list : await read(page.offset) }
}
