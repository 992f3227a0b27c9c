import { allTexts, type LocalText } from '../../kernel/text.js'
import type { StoredRecord } from '../../platform/records/record.types.js'
import { isStanding } from '../../platform/records/standing.rules.js'
import type { IndexSchema, SearchDocument, Sort } from '../../platform/search/index.js'
import { sectorConcept, serviceConcept, type TaxonomyView } from '../taxonomy/index.js'
import type { ProviderProfile } from './providers.schemas.js'

export type ProviderRecord = StoredRecord<ProviderProfile>

export const PROVIDERS_INDEX = {
  text: {
    name: { weight: 5, b: 0.3 },
    services: { weight: 4, b: 0.4 },
    tagline: { weight: 3, b: 0.4 },
    features: { weight: 1.5, b: 0.6 },
    evidence: { weight: 1.5, b: 0.6 },
    cases: { weight: 1, b: 0.7 },
    description: { weight: 1, b: 0.5 },
  },
  filterable: ['parkId', 'visibility', 'service', 'sector', 'ward', 'status', 'size', 'language', 'concepts'],
  sortable: ['sortName', 'updated'],
} as const satisfies IndexSchema

/** Fields that a list is narrowed by. */
export const FACETS = ['service', 'sector', 'ward', 'status', 'size', 'language']

export const BY_NAME: Sort = { field: 'sortName', order: 'asc' }

/** The orders a reader may choose beside relevance. */
export const SORTS: Readonly<Record<string, Sort>> = { name: BY_NAME, updated: { field: 'updated', order: 'desc' } }

/** The search document of a listed firm; null when it is not to be found (draft, archived, merged). */
export function providerDocument(record: ProviderRecord, taxonomy: TaxonomyView): SearchDocument | null {
  const p = record.published
  if (!p || !isStanding(record)) return null
  const services = p.services.map((s) => s.service)
  const names = (id: string) => Object.values(taxonomy.service(id)?.name ?? {})
  return {
    id: record.id,
    version: record.version,
    parkId: record.parkId,
    visibility: 'public',
    name: [...allTexts(p.name), p.tradeName].filter((t): t is string => Boolean(t)),
    services: services.flatMap(names),
    tagline: allTexts(p.tagline),
    features: [...p.features, ...p.benefits].flatMap(allTexts),
    evidence: p.services.flatMap((s) => allTexts(s.evidence)),
    cases: p.cases.flatMap((c) => [c.client, c.problem, c.result].flatMap(allTexts)),
    description: allTexts(p.description),
    service: services,
    sector: p.sectors,
    ward: p.wards,
    status: p.park.status,
    size: p.sizeBand ?? null,
    language: p.languages,
    concepts: [...services.map(serviceConcept), ...p.sectors.map(sectorConcept)],
    sortName: sortName(p.tradeName ?? p.name),
    updated: record.updatedAt.getTime(),
    listedSince: record.publishedAt?.getTime() ?? null,
    organisation: p.taxCode?.slice(0, ORGANISATION_DIGITS) ?? null,
    ...matchFields(p),
  }
}

/** Of a tax code; what follows is the branch. */
const ORGANISATION_DIGITS = 10

/** A number or word that the firm has not stated, where a list must keep its places. */
export const NOT_STATED = { number: -1, word: '' } as const

/**
 * What a match is judged by beside the filterable fields, so that candidates are ranked without reading their records: prices (đồng)
 * and weeks in the order of `service`, the cases in theirs.
 */
function matchFields(p: ProviderProfile) {
  const numbers = (pick: (s: ProviderProfile['services'][number]) => number | undefined) =>
    p.services.map((s) => pick(s) ?? NOT_STATED.number)
  return {
    priceFrom: numbers((s) => s.price?.min),
    priceTo: numbers((s) => s.price?.max),
    weeksFrom: numbers((s) => s.deliveryWeeks?.min),
    weeksTo: numbers((s) => s.deliveryWeeks?.max),
    caseService: p.cases.map((c) => c.service ?? NOT_STATED.word),
    caseSector: p.cases.map((c) => c.sector ?? NOT_STATED.word),
    offerFrom: p.offers.map((o) => o.from),
    offerUntil: p.offers.map((o) => o.until),
    province: p.provinces,
    remote: p.remote ?? null,
    onSite: p.onSite ?? null,
    certification: p.certifications,
  }
}

const sortName = (name: string | LocalText) =>
  (typeof name === 'string' ? name : (allTexts(name)[0] ?? '')).toLowerCase()
