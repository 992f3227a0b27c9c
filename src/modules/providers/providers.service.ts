import { NotFound } from '../../kernel/errors.js'
import { type Actor, can } from '../../kernel/permissions.js'
import type { RecordRepository } from '../../platform/records/record.repository.js'
import { scopeFilter } from '../../platform/records/scope.js'
import type { Filter, Hit, Query, SearchPort, SearchResult } from '../../platform/search/index.js'
import type { ProviderRecord } from './providers.search.js'
import type { ProviderProfile } from './providers.schemas.js'

/** A firm found: the record as the database holds it and where its words matched. */
export interface FoundProvider {
  record: ProviderRecord
  hit: Hit
}

export interface ProviderList extends Omit<SearchResult, 'hits'> {
  found: FoundProvider[]
}

export interface ProviderQuery extends Pick<Query, 'q' | 'literal' | 'selected' | 'facets' | 'sort' | 'offset' | 'limit'> {}

/** A record's page under its present address, or the address it has moved to. */
export type Shown<R> = { moved: false; record: R } | { moved: true; slug: string }

export interface ProviderService {
  list(actor: Actor, parkId: string, query: ProviderQuery): Promise<ProviderList>
  /** @throws {NotFound} for an address no visible firm has or had. */
  show(actor: Actor, parkId: string, slug: string): Promise<Shown<ProviderRecord>>
  similar(actor: Actor, record: ProviderRecord, limit: number): Promise<ProviderRecord[]>
  /** Firms by id in the order given; those that are gone or not visible are left out. */
  byIds(actor: Actor, ids: readonly string[]): Promise<ProviderRecord[]>
  /** How many firms say they do each service. */
  countByService(actor: Actor, parkId: string): Promise<Readonly<Record<string, number>>>
  count(actor: Actor, parkId: string): Promise<number>
}

export interface ProviderDeps {
  search: SearchPort
  records: RecordRepository
}

const HIGHLIGHTED = ['name', 'tagline', 'services', 'features', 'description'] as const

export function providerService({ search, records }: ProviderDeps): ProviderService {
  const visible = (actor: Actor, record: ProviderRecord) => can(actor, 'listing:read', resourceOf(record))

  const byIds = async (actor: Actor, ids: readonly string[]) => {
    const found = await records.byIds<ProviderProfile>('provider', ids)
    const byId = new Map(found.filter((r) => visible(actor, r)).map((r) => [r.id, r]))
    return ids.flatMap((id) => byId.get(id) ?? [])
  }

  const facetCounts = async (actor: Actor, parkId: string) =>
    search.search('providers', { filter: scopeFilter(actor, parkId), facets: ['service'], limit: 0 })

  return {
    byIds,
    list: async (actor, parkId, query) => {
      const { hits, ...rest } = await search.search('providers', {
        ...query,
        filter: scopeFilter(actor, parkId),
        highlight: HIGHLIGHTED,
      })
      const byId = new Map((await byIds(actor, hits.map((h) => h.id))).map((r) => [r.id, r]))
      const found = hits.flatMap((hit) => {
        const record = byId.get(hit.id)
        return record ? [{ record, hit }] : []
      })
      return { ...rest, found }
    },
    show: async (actor, parkId, slug) => {
      const record = await records.bySlug<ProviderProfile>(parkId, 'provider', slug)
      if (!record || !visible(actor, record)) throw new NotFound('provider', slug)
      return record.slug === slug ? { moved: false, record } : { moved: true, slug: record.slug }
    },
    similar: async (actor, record, limit) => {
      const filter: Filter = scopeFilter(actor, record.parkId)
      const scored = await search.similar('providers', record.id, limit, filter)
      return byIds(actor, scored.map((s) => s.id))
    },
    countByService: async (actor, parkId) => (await facetCounts(actor, parkId)).facets.service ?? {},
    count: async (actor, parkId) => (await facetCounts(actor, parkId)).total,
  }
}

const resourceOf = (record: ProviderRecord) => ({
  type: 'provider' as const,
  id: record.id,
  published: record.published !== null,
  archived: record.archivedAt !== null,
  visibility: 'public' as const,
})
