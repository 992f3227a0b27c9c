import { allTexts } from '../../kernel/text.js'
import type { StoredRecord } from '../../platform/records/record.types.js'
import { isStanding } from '../../platform/records/standing.rules.js'
import { detectConcepts, type IndexSchema, type Lexicon, type SearchDocument } from '../../platform/search/index.js'
import { sectorConcept, serviceConcept, type TaxonomyView } from '../taxonomy/index.js'
import type { NeedContent } from './needs.schemas.js'

export type NeedRecord = StoredRecord<NeedContent>

export const NEEDS_INDEX = {
  text: {
    title: { weight: 4, b: 0.4 },
    services: { weight: 3, b: 0.4 },
    problem: { weight: 1, b: 0.75 },
    outcome: { weight: 1, b: 0.75 },
  },
  filterable: ['parkId', 'visibility', 'service', 'sector', 'ward', 'size', 'state', 'business', 'concepts'],
  sortable: ['published', 'deadline'],
} as const satisfies IndexSchema

// Below this a concept read from the text is a guess, too weak to count as demand.
const SURE_ENOUGH = 0.6

/** The search document of a need; null when nobody but its owner may find it. Its business is left out when it is anonymous. */
export function needDocument(record: NeedRecord, taxonomy: TaxonomyView, lexicon: Lexicon): SearchDocument | null {
  const n = record.published
  if (!n || !isStanding(record)) return null
  const services = wantedServices(n, lexicon)
  return {
    id: record.id,
    version: record.version,
    parkId: record.parkId,
    visibility: n.visibility,
    title: allTexts(n.title),
    services: services.flatMap((id) => Object.values(taxonomy.service(id)?.name ?? {})),
    problem: allTexts(n.problem),
    outcome: [...allTexts(n.outcome), ...n.mustHaves, ...n.niceToHaves],
    service: services,
    sector: n.sector ?? null,
    ward: n.ward ?? null,
    size: n.sizeBand ?? null,
    state: stateOf(record),
    business: n.anonymous ? null : (n.business ?? null),
    concepts: [...services.map(serviceConcept), ...(n.sector ? [sectorConcept(n.sector)] : [])],
    published: record.publishedAt?.getTime() ?? 0,
    deadline: n.deadline ?? '9999-12-31',
  }
}

/** A need as its readers see it: `open`, `closed` or `expired`. */
export const stateOf = (record: NeedRecord): string =>
  record.status === 'published' ? 'open' : (record.status ?? 'closed')

/** The services a need asks for: those its owner named, else those its words surely mean. */
export function wantedServices(need: NeedContent, lexicon: Lexicon): string[] {
  if (need.services.length > 0) return need.services
  const prefix = serviceConcept('')
  const text = [need.title, need.problem, need.outcome].flatMap(allTexts).join('\n')
  return detectConcepts(text, lexicon)
    .found.filter((c) => c.weight >= SURE_ENOUGH && c.id.startsWith(prefix))
    .map((c) => c.id.slice(prefix.length))
}
