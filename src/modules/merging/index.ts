export { createMergeIndexes } from './merges.model.js'
export { mergeRepository } from './merges.repository.js'
export { mergingService } from './merging.service.js'
