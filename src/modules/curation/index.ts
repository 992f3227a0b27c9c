export { type CaseRow, createCaseIndexes } from './cases.model.js'
export { type CaseRepository, caseRepository, type NewCase } from './cases.repository.js'
export { queuePages } from './queue/queue.routes.js'
export type { CaseSubjects } from './subjects.types.js'
