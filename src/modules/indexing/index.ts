export { createIndexing, type Indexing, type Projection } from './indexing.service.js'
