export { type Comparison, isAlike } from './comparing.js'
export { type SearchEngines, standingIn, standings } from './engines.js'
export {
  type BuiltIndex,
  createIndexing,
  type EngineIndexing,
  type EngineName,
  type Indexing,
  type IndexingDeps,
  type StaleDocuments,
  type Standing,
} from './indexing.service.js'
export { keptIndexOffsets } from './kept-indexes.js'
export { forgetOffsets, offsetsRepository } from './offsets.repository.js'
export { enginePages } from './page/engines.routes.js'
export type { Projection } from './projection.js'
export { setAsideRepository } from './set-aside.repository.js'
export type { Work, WorkPart } from './work.model.js'
export { workRepository } from './work.repository.js'
export { searchWork } from './work.service.js'
