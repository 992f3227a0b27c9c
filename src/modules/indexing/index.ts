export {
  type BuiltIndex,
  createIndexing,
  type Indexing,
  type IndexingDeps,
  type Projection,
  type StaleDocuments,
} from './indexing.service.js'
export { offsetsRepository } from './offsets.repository.js'
