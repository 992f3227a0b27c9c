export {
  type BuiltIndex,
  createIndexing,
  type Indexing,
  type IndexingDeps,
  type Projection,
} from './indexing.service.js'
export { offsetsRepository } from './offsets.repository.js'
