import { allTexts } from '../../kernel/text.js'
import type { StoredRecord } from '../../platform/records/record.types.js'
import { isStanding } from '../../platform/records/standing.rules.js'
import type { IndexSchema, SearchDocument, Sort } from '../../platform/search/index.js'
import { sectorConcept, type TaxonomyView } from '../taxonomy/index.js'
import type { BusinessProfile } from './businesses.schemas.js'

export type BusinessRecord = StoredRecord<BusinessProfile>

export const BUSINESSES_INDEX = {
  text: {
    name: { weight: 5, b: 0.3 },
    sectorName: { weight: 2, b: 0.4 },
    tagline: { weight: 3, b: 0.4 },
    description: { weight: 1, b: 0.75 },
  },
  filterable: ['parkId', 'visibility', 'sector', 'ward', 'size', 'kind', 'concepts'],
  sortable: ['sortName', 'updated'],
} as const satisfies IndexSchema

/** Fields that a list is narrowed by. */
export const FACETS = ['sector', 'ward', 'size', 'kind']

export const BY_NAME: Sort = { field: 'sortName', order: 'asc' }

/** The orders a reader may choose beside relevance. */
export const SORTS: Readonly<Record<string, Sort>> = { name: BY_NAME, updated: { field: 'updated', order: 'desc' } }

/** The search document of a business; null when it is not to be found, in particular when it did not agree to be listed. */
export function businessDocument(record: BusinessRecord, taxonomy: TaxonomyView): SearchDocument | null {
  const b = record.published
  if (!b?.listed || !isStanding(record)) return null
  return {
    id: record.id,
    version: record.version,
    parkId: record.parkId,
    visibility: 'public',
    name: allTexts(b.name),
    sectorName: b.sector ? Object.values(taxonomy.sector(b.sector)?.name ?? {}) : [],
    tagline: allTexts(b.tagline),
    description: allTexts(b.description),
    sector: b.sector ?? null,
    ward: b.ward ?? null,
    size: b.sizeBand ?? null,
    kind: b.kind,
    concepts: b.sector ? [sectorConcept(b.sector)] : [],
    sortName: (allTexts(b.name)[0] ?? '').toLowerCase(),
    updated: record.updatedAt.getTime(),
  }
}
