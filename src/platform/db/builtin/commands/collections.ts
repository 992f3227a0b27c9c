import { equal } from '../bson/compare.js'
import { type Doc, encode, isDoc, isTruthy, toNumber } from '../bson/values.js'
import { MongoError, notImplemented } from '../errors.js'
import { parseCollation } from '../query/collation.js'
import { compileFilter } from '../query/filter.js'
import type { Collection } from '../storage/collection.js'
import { checkValidation, VALIDATION } from '../storage/validation.js'
import { type Command, collectionName } from './command.js'

const UNSUPPORTED = [
  'capped',
  'viewOn',
  'pipeline',
  'timeseries',
  'changeStreamPreAndPostImages',
  'encryptedFields',
  'expireAfterSeconds',
]

const create: Command = {
  name: 'create',
  fields: [
    ...UNSUPPORTED,
    'collation',
    'size',
    'max',
    'clusteredIndex',
    ...VALIDATION,
    'indexOptionDefaults',
    'storageEngine',
  ],
  writes: true,
  transactional: true,
  run(body, { view, db }) {
    const refused = UNSUPPORTED.find((name) => isTruthy(body[name]))
    if (refused) throw notImplemented(`create with ${refused}`)
    const name = collectionName(body, 'create')
    if (view.collection(db, name)) throw new MongoError('NamespaceExists', `Collection ${db}.${name} already exists.`)
    const clusteredIndex = body.clusteredIndex === undefined ? undefined : idCluster(body.clusteredIndex)
    checkValidation(body)
    const kept = VALIDATION.filter((option) => body[option] !== undefined)
    const { collation } = body
    view.create(db, name, {
      ...(parseCollation(collation) ? { collation } : {}),
      ...(clusteredIndex ? { clusteredIndex } : {}),
      ...Object.fromEntries(kept.map((option) => [option, body[option]])),
    })
    return {}
  },
}

/** Every collection has its _id as its key: clustered by it is what all are. */
function idCluster(index: unknown): Doc {
  if (isDoc(index) && equal(index.key, { _id: 1 }) && isTruthy(index.unique))
    return { v: 2, key: index.key, name: index.name ?? '_id_', unique: true }
  throw new MongoError('Location197', 'The clusteredIndex option requires key: { _id: 1 } and unique: true')
}

const drop: Command = {
  name: 'drop',
  fields: [],
  writes: true,
  run(body, { engine, db }) {
    const collection = engine.catalog.find(db, collectionName(body, 'drop'))
    if (!collection) return {}
    engine.catalog.drop(collection)
    return { nIndexesWas: collection.indexes.length + 1, ns: collection.namespace }
  },
}

const dropDatabase: Command = {
  name: 'dropDatabase',
  fields: [],
  writes: true,
  run(_body, { engine, db }) {
    for (const collection of engine.catalog.inDatabase(db)) engine.catalog.drop(collection)
    return { dropped: db }
  },
}

const renameCollection: Command = {
  name: 'renameCollection',
  fields: ['to', 'dropTarget'],
  writes: true,
  run(body, { engine }) {
    const [fromDb, fromName] = split(String(body.renameCollection))
    const [toDb, toName] = split(String(body.to))
    const collection = engine.catalog.find(fromDb, fromName)
    if (!collection)
      throw new MongoError('NamespaceNotFound', `Source collection ${String(body.renameCollection)} does not exist`)
    const target = engine.catalog.find(toDb, toName)
    if (target && !isTruthy(body.dropTarget)) throw new MongoError('NamespaceExists', 'target namespace exists')
    if (target) engine.catalog.drop(target)
    engine.catalog.rename(collection, toDb, toName)
    return {}
  },
}

function split(namespace: string): [string, string] {
  const dot = namespace.indexOf('.')
  return [namespace.slice(0, dot), namespace.slice(dot + 1)]
}

const listCollections: Command = {
  name: 'listCollections',
  fields: ['filter', 'nameOnly', 'authorizedCollections', 'cursor'],
  run(body, { engine, db, cursors, session }) {
    const matches = compileFilter(body.filter ?? {})
    const all = engine.catalog.inDatabase(db).map((collection) => describe(collection, isTruthy(body.nameOnly)))
    const batchSize = isDoc(body.cursor) ? body.cursor.batchSize : undefined
    return cursors.start({
      ns: `${db}.$cmd.listCollections`,
      documents: all.filter((each) => matches(each)).map(encode),
      batchSize: batchSize === undefined ? undefined : toNumber(batchSize),
      session,
    })
  },
}

function describe({ name, record }: Collection, nameOnly: boolean): Doc {
  if (nameOnly) return { name, type: 'collection' }
  return {
    name,
    type: 'collection',
    options: record.options,
    info: { readOnly: false, uuid: record.uuid },
    idIndex: { v: 2, key: { _id: 1 }, name: '_id_' },
  }
}

const listDatabases: Command = {
  name: 'listDatabases',
  fields: ['filter', 'nameOnly', 'authorizedDatabases'],
  run(body, { engine }) {
    const matches = compileFilter(body.filter ?? {})
    const names = [...new Set(engine.catalog.all().map(({ db }) => db))].sort()
    const databases = names
      .map((name) => ({ name, empty: engine.catalog.inDatabase(name).length === 0 }))
      .filter((each) => matches(each))
    if (isTruthy(body.nameOnly)) return { databases: databases.map(({ name }) => ({ name })) }
    return { databases }
  },
}

export const collectionCommands: readonly Command[] = [
  create,
  drop,
  dropDatabase,
  renameCollection,
  listCollections,
  listDatabases,
]
