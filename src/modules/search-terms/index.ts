export { createSearchMissIndexes, createSearchTermIndexes, takeOverMisses } from './terms.model.js'
export { type ShownTerm, searchTermRepository } from './terms.repository.js'
export { noteSearch, type SearchTerms, searchTermService } from './terms.service.js'
