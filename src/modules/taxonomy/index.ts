export { codesOf, recodedRecord, withSuccessors } from './codes.rules.js'
export { sectorConcept, serviceConcept, toLexicon } from './lexicon.rules.js'
export { likeSpelt, type NearTerm, nearestTerms } from './nearest.rules.js'
export { createTaxonomyIndexes, type TaxonomyDeed } from './taxonomy.model.js'
export { type TaxonomyRepository, type TaxonomyVersion, taxonomyRepository } from './taxonomy.repository.js'
export {
  currentIds,
  loadTaxonomy,
  shippedTaxonomy,
  type TaxonomyView,
  unknownTerms,
  viewOf,
} from './taxonomy.service.js'
export {
  type RetiredTerm,
  type Service,
  type ServiceGroup,
  type Taxonomy,
  TERM_KINDS,
  type Term,
  type TermKind,
} from './taxonomy.types.js'
