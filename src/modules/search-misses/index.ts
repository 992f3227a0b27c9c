export { createSearchMissIndexes } from './misses.model.js'
export { type ShownMiss, searchMissRepository } from './misses.repository.js'
export { type SearchMisses, searchMissService } from './misses.service.js'
