export { createParkIndexes, createParkVersionIndexes, type ParkVersionRow } from './parks.model.js'
export { type ParksRepository, parksRepository } from './parks.repository.js'
