import { NotFound } from '../../kernel/errors.js'
import { type Actor, can } from '../../kernel/permissions.js'
import type { LocalText } from '../../kernel/text.js'
import type { Hit, IndexName, Query, SearchReader, SearchResult } from '../search/index.js'
import type { RecordRepository } from './record.repository.js'
import type { RecordType, StoredRecord } from './record.types.js'
import { type Rights, resourceOf } from './resource.js'
import { scopeFilter } from './scope.js'
import { isStanding } from './standing.rules.js'

/** A record found: as the database holds it, and where its words matched. */
export interface Found<Content> {
  record: StoredRecord<Content>
  hit: Hit
}

export interface FoundList<Content> extends Omit<SearchResult, 'hits'> {
  found: Found<Content>[]
}

/**
 * What a list page or a list call may ask; visibility is added here and cannot be asked away. Without `highlight` the matched words of all
 * fields that a list shows are told.
 */
export interface ListQuery
  extends Partial<
    Pick<Query, 'q' | 'literal' | 'filter' | 'selected' | 'facets' | 'sort' | 'offset' | 'limit' | 'highlight'>
  > {}

/** A record under its present address, or the address it has moved to. */
export type Shown<Content> = { moved: false; record: StoredRecord<Content> } | { moved: true; slug: string }

/** Finding and reading the records of one type, each as far as the viewer may see it. */
export interface Listing<Content> {
  list(actor: Actor, parkId: string, query: ListQuery): Promise<FoundList<Content>>
  /** @throws {NotFound} for an address that no visible record has or had. */
  show(actor: Actor, parkId: string, slug: string): Promise<Shown<Content>>
  /** What visitors of a page are told that the park has taken from view; null where they are told nothing. */
  noticeAt(parkId: string, slug: string): Promise<{ content: Content; notice: LocalText } | null>
  /** In the order given; those that are gone or not visible are left out. */
  byIds(actor: Actor, ids: readonly string[]): Promise<StoredRecord<Content>[]>
  similar(actor: Actor, record: StoredRecord<Content>, limit: number): Promise<StoredRecord<Content>[]>
  /** How many visible records have each value of a facet. */
  counts(
    actor: Actor,
    parkId: string,
    facet: string,
    query?: ListQuery,
  ): Promise<{ total: number; by: Readonly<Record<string, number>> }>
}

export interface ListingDeps {
  search: SearchReader
  records: RecordRepository
}

export interface ListingOptions<Content> {
  type: RecordType
  index: IndexName
  highlight: readonly string[]
  rights: Rights<Content>
}

export function createListing<Content>(
  { search, records }: ListingDeps,
  { type, index, highlight, rights }: ListingOptions<Content>,
): Listing<Content> {
  // Whoever may see more of a record, its own people say, sees it elsewhere: here is what stands there for readers.
  const visible = (actor: Actor, record: StoredRecord<Content>) =>
    isStanding(record) && can(actor, type === 'need' ? 'need:read' : 'listing:read', resourceOf(type, record, rights))

  const byIds = async (actor: Actor, ids: readonly string[]) => {
    const found = await records.byIds<Content>(type, ids)
    const byId = new Map(found.filter((r) => visible(actor, r)).map((r) => [r.id, r]))
    return ids.flatMap((id) => byId.get(id) ?? [])
  }

  const scoped = (actor: Actor, parkId: string, query: ListQuery): Query => {
    const scope = scopeFilter(actor, parkId)
    return { ...query, filter: query.filter ? { op: 'and', filters: [scope, query.filter] } : scope }
  }

  return {
    byIds,
    list: async (actor, parkId, query) => {
      const { hits, ...rest } = await search.search(index, { highlight, ...scoped(actor, parkId, query) })
      const ids = hits.map((hit) => hit.id)
      const byId = new Map((await byIds(actor, ids)).map((r) => [r.id, r]))
      const found = hits.flatMap((hit) => {
        const record = byId.get(hit.id)
        return record ? [{ record, hit: current(record, hit) }] : []
      })
      return { ...rest, found }
    },
    show: async (actor, parkId, slug) => {
      const record = await records.bySlug<Content>(parkId, type, slug)
      if (!record || !visible(actor, record)) throw new NotFound(type, slug)
      return record.slug === slug ? { moved: false, record } : { moved: true, slug: record.slug }
    },
    noticeAt: async (parkId, slug) => {
      const record = await records.bySlug<Content>(parkId, type, slug)
      const { published, archivedAt, mergedInto, withheld } = record ?? {}
      if (!published || archivedAt || mergedInto || !withheld?.notice) return null
      return rights.visibility(published) === 'public' ? { content: published, notice: withheld.notice } : null
    },
    similar: async (actor, record, limit) => {
      const scored = await search.similar(index, record.id, limit, scopeFilter(actor, record.parkId))
      return byIds(
        actor,
        scored.map((s) => s.id),
      )
    },
    counts: async (actor, parkId, facet, query = {}) => {
      const { total, facets } = await search.search(index, {
        ...scoped(actor, parkId, query),
        facets: [facet],
        limit: 0,
      })
      return { total, by: facets[facet] ?? {} }
    },
  }
}

/** The hit without marked words where the index holds another version: its texts may be ones that were taken back. */
const current = (record: StoredRecord<unknown>, hit: Hit): Hit =>
  hit.document.version === record.version ? hit : { ...hit, highlights: {} }
