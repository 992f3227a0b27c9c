export { createParkIndexes } from './parks.model.js'
export { parksRepository } from './parks.repository.js'
