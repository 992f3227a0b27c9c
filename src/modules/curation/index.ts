export { assigningService } from './assigning/assigning.service.js'
export { type CaseRow, createCaseIndexes, createQueueIndexes } from './cases.model.js'
export { caseMoves } from './cases.moves.repository.js'
export { caseData } from './cases.personal-data.js'
export { type CaseRepository, caseRepository, type NewCase } from './cases.repository.js'
export { casePages } from './deciding/case.routes.js'
export { type DecidingService, decidingService } from './deciding/deciding.service.js'
export { createDeskIndexes } from './desk/desk.model.js'
export { deskData } from './desk/desk.personal-data.js'
export { deskRepository } from './desk/desk.repository.js'
export { CASE_KINDS, targetHours } from './kinds.rules.js'
export { nextHref } from './queue/next.js'
export { queuePages } from './queue/queue.routes.js'
export { EVERYTHING } from './queue/view.rules.js'
export { type FieldNote, saidIn } from './said.rules.js'
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
export { togetherPages } from './together/together.routes.js'
export { togetherService } from './together/together.service.js'
