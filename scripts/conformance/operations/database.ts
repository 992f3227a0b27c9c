import { type Db, type Document, ReadPreference, type RunCommandCursor } from 'mongodb'
import type { ObservedClient } from '../observed-client.js'
import { opened } from './change-stream.js'
import type { Operations } from './operation.js'

function commandCursor(db: Db, { command, cursorType, batchSize, maxTimeMS, comment, ...options }: Document) {
  const readPreference = options.readPreference && ReadPreference.fromOptions(options)
  const tailable = cursorType?.startsWith('tailable') && { tailable: true, awaitData: cursorType === 'tailableAwait' }
  const cursor: RunCommandCursor = db.runCursorCommand(command, {
    ...options,
    ...tailable,
    ...(readPreference && { readPreference }),
  })
  if (batchSize !== undefined) cursor.setBatchSize(batchSize)
  if (maxTimeMS !== undefined) cursor.setMaxTimeMS(maxTimeMS)
  if (comment !== undefined) cursor.setComment(comment)
  return cursor
}

export const databaseOperations: Operations<Db> = {
  aggregate: (on, { pipeline, ...options }) => on.aggregate(pipeline, options).toArray(),
  createCollection: (on, { collection, ...options }) => on.createCollection(collection, options),
  async createCommandCursor(on, args) {
    const cursor = commandCursor(on, args)
    await cursor.hasNext()
    return cursor
  },
  dropCollection: (on, { collection, ...options }) => on.dropCollection(collection, options),
  listCollectionNames: async (on, { filter, ...options }) =>
    (await on.listCollections(filter, { ...options, nameOnly: true }).toArray()).map(({ name }) => name),
  listCollectionObjects: (on, { filter, ...options }) => on.listCollections(filter, options).toArray(),
  listCollections: (on, { filter, ...options }) => on.listCollections(filter, options).toArray(),
  modifyCollection: (on, { collection, ...changes }) => on.command({ collMod: collection, ...changes }),
  runCommand: (on, { command, session, readPreference }) =>
    on.command(command, { session, ...(readPreference && { readPreference }) }),
  runCursorCommand: (on, args) => commandCursor(on, args).toArray(),
  createChangeStream: (on, { pipeline, ...options }) => opened(on.watch(pipeline, options)),
}

export const clientOperations: Operations<ObservedClient> = {
  clientBulkWrite: (on, { models, ...options }) =>
    on.bulkWrite(
      models.map((model: Document) => {
        const [[name, fields] = []] = Object.entries(model)
        return { name, ...fields }
      }),
      options,
    ),
  close: (on) => on.close(),
  dropDatabase: (on, { database, ...options }) => on.db(database).dropDatabase(options),
  listDatabaseNames: async (on, options) =>
    (
      await on
        .db()
        .admin()
        .listDatabases({ ...options, nameOnly: true })
    ).databases.map(({ name }) => name),
  listDatabaseObjects: async (on, options) => (await on.db().admin().listDatabases(options)).databases,
  listDatabases: async (on, options) => (await on.db().admin().listDatabases(options)).databases,
  createChangeStream: (on, { pipeline, ...options }) => opened(on.watch(pipeline, options)),
}
