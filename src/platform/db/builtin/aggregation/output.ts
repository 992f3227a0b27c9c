import { ObjectId } from 'bson'
import { type Doc, fieldOf, isDoc } from '../bson/values.js'
import type { Engine } from '../engine.js'
import { toEntry } from '../engine.js'
import { MongoError, notImplemented } from '../errors.js'
import type { Collection } from '../storage/collection.js'
import type { Entry } from '../storage/documents.js'
import { duplicateKey } from '../storage/duplicate.js'
import { compileQuery, match, matchFirst } from '../storage/match.js'
import { requireValid } from '../storage/validation.js'
import { collectionForWrite } from '../storage/view.js'
import { requireKnown } from './fields.js'

interface Destination {
  engine: Engine
  db: string
  /** The command that the stage is part of: it may go past what a collection asks of its documents. */
  command: Doc
}

/** `$out` and `$merge`: writes the documents of a pipeline, all of them or none. */
export function writeOutput(to: Destination & { transaction: unknown }, stage: Doc, documents: Iterable<Doc>): void {
  if (to.transaction) {
    throw new MongoError(
      'OperationNotSupportedInTransaction',
      `${Object.keys(stage)[0]} cannot be used in a transaction`,
    )
  }
  const all = [...documents]
  to.engine.store.atomically(() =>
    '$out' in stage ? replaceCollection(to, stage.$out, all) : merge(to, stage.$merge, all),
  )
}

function put({ engine, command }: Destination, collection: Collection, doc: Doc, before?: Entry): void {
  const entry = toEntry(doc)
  requireValid(collection, command, doc, before?.doc)
  if (before) engine.direct.replace(collection, before, entry)
  else engine.direct.insert(collection, entry)
}

function replaceCollection(to: Destination, out: unknown, documents: readonly Doc[]): void {
  const { engine, db } = to
  const target = namespaceOf(db, out)
  const existing = engine.catalog.find(target.db, target.name)
  const collection = existing ?? engine.direct.create(target.db, target.name, {})
  for (const entry of existing ? [...match(engine.direct, existing, compileQuery({}))] : [])
    engine.direct.remove(collection, entry)
  for (const doc of documents) put(to, collection, withId(doc))
}

function merge(to: Destination, spec: unknown, documents: readonly Doc[]): void {
  const { engine, db } = to
  const options = typeof spec === 'string' ? { into: spec } : spec
  if (!isDoc(options)) throw new MongoError('TypeMismatch', '$merge requires a string or object argument')
  requireKnown(
    options,
    ['into', 'on', 'let', 'whenMatched', 'whenNotMatched'],
    'Location40415',
    'unknown field of $merge',
  )
  const { whenMatched = 'merge', whenNotMatched = 'insert' } = options
  if (Array.isArray(whenMatched) || options.let !== undefined) throw notImplemented('$merge with a pipeline')
  requireOneOf('whenMatched', whenMatched, ['replace', 'keepExisting', 'merge', 'fail'])
  requireOneOf('whenNotMatched', whenNotMatched, ['insert', 'discard', 'fail'])
  const on = [options.on ?? '_id'].flat().map(String)
  const target = namespaceOf(db, options.into)
  const collection = collectionForWrite(engine.direct, target.db, target.name)
  if (!tellsApart(collection, on))
    throw new MongoError('Location51183', 'Cannot find index to verify that join fields will be unique')
  for (const doc of documents) mergeOne(to, collection, withId(doc), on, String(whenMatched), String(whenNotMatched))
}

function requireOneOf(field: string, value: unknown, allowed: readonly string[]): void {
  if (!allowed.some((one) => one === value))
    throw new MongoError('BadValue', `Enumeration value '${value}' for field '$merge.${field}' is not a valid value.`)
}

/** Whether at most one document can have the same values of these fields. */
function tellsApart({ indexes }: Collection, on: readonly string[]): boolean {
  if (on.length === 1 && on[0] === '_id') return true
  return indexes.some(
    ({ unique, partial, collation, fields }) =>
      unique && !partial && !collation && fields.length === on.length && fields.every(({ name }) => on.includes(name)),
  )
}

function mergeOne(
  to: Destination,
  collection: Collection,
  doc: Doc,
  on: readonly string[],
  whenMatched: string,
  whenNotMatched: string,
): void {
  const filter = Object.fromEntries(on.map((name) => [name, { $eq: joinValue(doc, name) }]))
  const before = matchFirst(to.engine.direct, collection, compileQuery({ filter }))
  if (before) {
    mergeInto(to, collection, before, doc, whenMatched)
    return
  }
  if (whenNotMatched === 'discard') return
  if (whenNotMatched !== 'insert') {
    throw new MongoError(
      'Location13113',
      '$merge could not find a matching document in the target collection for at least one document',
    )
  }
  put(to, collection, doc)
}

function joinValue(doc: Doc, path: string): unknown {
  const value = path.split('.').reduce<unknown>(fieldOf, doc)
  if (value === undefined || value === null || Array.isArray(value))
    throw new MongoError(
      'Location51132',
      "$merge write error: 'on' field cannot be missing, null, undefined or an array",
    )
  return value
}

function mergeInto(to: Destination, collection: Collection, before: Entry, doc: Doc, whenMatched: string): void {
  if (whenMatched === 'keepExisting') return
  if (whenMatched === 'fail') throw duplicateKey(collection, undefined, before.doc)
  const { _id, ...rest } = doc
  const kept = whenMatched === 'merge' ? before.doc : { _id: before.doc._id }
  put(to, collection, { ...kept, ...rest }, before)
}

const withId = (doc: Doc): Doc => (doc._id === undefined ? { _id: new ObjectId(), ...doc } : doc)

function namespaceOf(db: string, into: unknown): { db: string; name: string } {
  if (typeof into === 'string') return { db, name: into }
  if (isDoc(into) && typeof into.coll === 'string')
    return { db: typeof into.db === 'string' ? into.db : db, name: into.coll }
  throw new MongoError('TypeMismatch', 'the target of $out or $merge must name a collection')
}
