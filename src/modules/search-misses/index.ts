export { createSearchMissIndexes } from './misses.model.js'
export { type SearchMissRepository, type ShownMiss, searchMissRepository } from './misses.repository.js'
export { type SearchMisses, searchMissService } from './misses.service.js'
