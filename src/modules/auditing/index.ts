export { auditPages } from './auditing.routes.js'
export { createLogIndexes, logRepository } from './log.repository.js'
