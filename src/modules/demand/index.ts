export { createDemandIndexes } from './demand.model.js'
export type { ScaleRow } from './demand.rules.js'
export { type Demand, type DemandService, demandService } from './demand.service.js'
export { missesRepository } from './misses.repository.js'
