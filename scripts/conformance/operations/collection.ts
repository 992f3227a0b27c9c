import type { Collection, Document } from 'mongodb'
import { NotRunnable } from '../outcomes.js'
import { opened } from './change-stream.js'
import type { Operations } from './operation.js'

/** The driver adds an _id to what it inserts; an operation may run more than once. */
const copy = (document: Document): Document => ({ ...document })

const withReturned = ({ returnDocument, ...options }: Document): Document =>
  returnDocument ? { ...options, returnDocument: returnDocument.toLowerCase() } : options

const cursorOptions = ({ cursorType, ...options }: Document): Document => ({
  ...options,
  ...(cursorType?.startsWith('tailable') && { tailable: true, awaitData: cursorType === 'tailableAwait' }),
})

export const collectionOperations: Operations<Collection> = {
  aggregate: (on, { pipeline, ...options }) => on.aggregate(pipeline, options).toArray(),
  bulkWrite: (on, { requests, ...options }) => on.bulkWrite(requests, options),
  count: (on, { filter, ...options }) => on.count(filter, options),
  countDocuments: (on, { filter, ...options }) => on.countDocuments(filter, options),
  async createFindCursor(on, { filter, ...options }) {
    const cursor = on.find(filter, cursorOptions(options))
    await cursor.hasNext()
    return cursor
  },
  createIndex: (on, { keys, ...options }) => on.createIndex(keys, options),
  createSearchIndex: (on, { model }) => on.createSearchIndex(model),
  createSearchIndexes: (on, { models }) => on.createSearchIndexes(models),
  deleteMany: (on, { filter, ...options }) => on.deleteMany(filter, options),
  deleteOne: (on, { filter, ...options }) => on.deleteOne(filter, options),
  distinct: (on, { fieldName, filter, ...options }) => on.distinct(fieldName, filter, options),
  dropIndex: (on, { name, ...options }) => on.dropIndex(name, options),
  dropIndexes: (on, options) => on.dropIndexes(options),
  dropSearchIndex: (on, { name }) => on.dropSearchIndex(name),
  estimatedDocumentCount: (on, options) => on.estimatedDocumentCount(options),
  find: (on, { filter, ...options }) => on.find(filter, cursorOptions(options)).toArray(),
  findOne: (on, { filter, ...options }) => on.findOne(filter, options),
  findOneAndDelete: (on, { filter, ...options }) => on.findOneAndDelete(filter, options),
  findOneAndReplace: (on, { filter, replacement, ...options }) =>
    on.findOneAndReplace(filter, replacement, withReturned(options)),
  findOneAndUpdate: (on, { filter, update, ...options }) => on.findOneAndUpdate(filter, update, withReturned(options)),
  insertMany: (on, { documents, ...options }) => on.insertMany(documents.map(copy), options),
  insertOne: (on, { document, ...options }) => on.insertOne(copy(document), options),
  listIndexes: (on, options) => on.listIndexes(options).toArray(),
  listIndexNames: async (on, options) => (await on.listIndexes(options).toArray()).map(({ name }) => name),
  listSearchIndexes: (on, { name, aggregationOptions }) => on.listSearchIndexes(name, aggregationOptions).toArray(),
  mapReduce: () => {
    throw new NotRunnable('the driver has no mapReduce')
  },
  rename: (on, { to, ...options }) => on.rename(to, options),
  replaceOne: (on, { filter, replacement, ...options }) => on.replaceOne(filter, replacement, options),
  updateMany: (on, { filter, update, ...options }) => on.updateMany(filter, update, options),
  updateOne: (on, { filter, update, ...options }) => on.updateOne(filter, update, options),
  updateSearchIndex: (on, { name, definition }) => on.updateSearchIndex(name, definition),
  createChangeStream: (on, { pipeline, ...options }) => opened(on.watch(pipeline, options)),
}
