export { createOverviewIndexes, overviewRepository } from './overview.repository.js'
export { overviewPages } from './overview.routes.js'
