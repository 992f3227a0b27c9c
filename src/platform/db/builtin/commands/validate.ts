import { isTruthy } from '../bson/values.js'
import { MongoError, notImplemented } from '../errors.js'
import { verifyCollection } from '../storage/verify.js'
import { type Command, collectionName } from './command.js'

/** Reads a whole collection; all else waits meanwhile. */
const validate: Command = {
  name: 'validate',
  fields: ['full', 'repair', 'background', 'metadata', 'checkBSONConformance'],
  run(body, { engine, db }) {
    const name = collectionName(body, 'validate')
    if (isTruthy(body.repair)) throw notImplemented('validate with repair')
    const collection = engine.catalog.find(db, name)
    if (!collection) throw new MongoError('NamespaceNotFound', `Collection '${db}.${name}' does not exist to validate.`)
    const { documents, keysPerIndex, errors } = verifyCollection(engine.store.main, collection)
    return {
      ns: collection.namespace,
      nrecords: documents,
      nIndexes: collection.indexes.length + 1,
      keysPerIndex: { _id_: documents, ...keysPerIndex },
      valid: errors.length === 0,
      repaired: false,
      warnings: [],
      errors,
    }
  },
}

export const validateCommands: readonly Command[] = [validate]
