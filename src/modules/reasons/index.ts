export { createReasonIndexes, type ReasonRow } from './reasons.model.js'
export { type ReasonRepository, reasonRepository } from './reasons.repository.js'
export { reasonPages } from './reasons.routes.js'
