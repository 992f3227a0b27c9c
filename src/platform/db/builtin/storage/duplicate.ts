import { EJSON } from 'bson'
import type { Doc } from '../bson/values.js'
import { MongoError } from '../errors.js'
import { parsePath } from '../query/paths.js'
import { valuesAt } from '../query/tuples.js'
import type { Collection } from './collection.js'
import type { Index } from './indexes.js'

/** The error that a taken key of a unique index (undefined: of _id) makes, as drivers and mongoose read it. */
export function duplicateKey(collection: Collection, index: Index | undefined, doc: Doc): MongoError {
  const keyPattern = (index?.record.spec.key as Doc | undefined) ?? { _id: 1 }
  const keyValue: Doc = {}
  for (const name of Object.keys(keyPattern)) {
    const [value] = valuesAt(doc, parsePath(name))
    keyValue[name] = typeof value === 'symbol' || value === undefined ? null : value
  }
  const shown = Object.entries(keyValue).map(([name, value]) => `${name}: ${show(value)}`)
  return new MongoError(
    'DuplicateKey',
    `E11000 duplicate key error collection: ${collection.namespace} index: ${index?.name ?? '_id_'} dup key: { ${shown.join(', ')} }`,
    { keyPattern, keyValue },
  )
}

function show(value: unknown): string {
  const hex = (value as { toHexString?: () => string } | null)?.toHexString?.()
  return hex ? `ObjectId('${hex}')` : EJSON.stringify(value)
}
