export { createMergeIndexes } from './merges.model.js'
export { mergeRepository } from './merges.repository.js'
export { type Merging, mergingService } from './merging.service.js'
