import type { Lexicon, LexiconConcept } from '../../platform/search/index.js'
import type { Taxonomy, Term } from './taxonomy.types.js'

/** Concept ids as they stand in search documents and in what the matcher understands. */
export const serviceConcept = (id: string): string => `service:${id}`
export const sectorConcept = (id: string): string => `sector:${id}`

/** The taxonomy's words in the form the search port takes. */
export function toLexicon(taxonomy: Taxonomy): Lexicon {
  const concept = (id: string, term: Term): LexiconConcept => ({
    id,
    terms: [term.name.vi, term.name.en, ...term.synonyms],
    abbreviations: term.abbreviations,
    cues: term.cues,
  })
  return {
    version: taxonomy.version,
    concepts: [
      ...taxonomy.services.map((s) => concept(serviceConcept(s.id), s)),
      ...taxonomy.sectors.map((s) => concept(sectorConcept(s.id), s)),
    ],
    abbreviations: taxonomy.abbreviations,
  }
}
