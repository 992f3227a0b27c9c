export { type BuiltIndex, createIndexing, type Indexing, type Projection } from './indexing.service.js'
