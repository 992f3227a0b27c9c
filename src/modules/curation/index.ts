export { createCaseIndexes } from './cases.model.js'
export { type CaseRepository, caseRepository } from './cases.repository.js'
