export { type CaseRow, createCaseIndexes, createQueueIndexes } from './cases.model.js'
export { caseData } from './cases.personal-data.js'
export { type CaseRepository, caseRepository, type NewCase } from './cases.repository.js'
export { casePages } from './deciding/case.routes.js'
export { decidingService } from './deciding/deciding.service.js'
export { queuePages } from './queue/queue.routes.js'
export type {
  CaseActionView,
  CaseForm,
  CaseSection,
  CaseSubject,
  CaseSubjects,
  OpenCase,
  Order,
  Settlement,
} from './subjects.types.js'
