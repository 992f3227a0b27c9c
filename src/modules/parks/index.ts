export { createParkIndexes, createParkVersionIndexes, type ParkVersionRow } from './parks.model.js'
export { type ParksRepository, parksRepository, type SectionChange } from './parks.repository.js'
