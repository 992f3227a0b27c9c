import { equal } from '../bson/compare.js'
import { type Doc, encode, isDoc, isTruthy, toNumber } from '../bson/values.js'
import { MongoError, notImplemented, searchNotEnabled } from '../errors.js'
import { isGeo } from '../geo/indexed.js'
import type { Collection } from '../storage/collection.js'
import type { Index } from '../storage/indexes.js'
import { checkValidation, VALIDATION } from '../storage/validation.js'
import { type Command, type CommandContext, collectionName, listOf } from './command.js'

/** Options that make a difference to an index, as they are kept. */
const KEPT = [
  'unique',
  'sparse',
  'expireAfterSeconds',
  'partialFilterExpression',
  'collation',
  'hidden',
  '2dsphereIndexVersion',
  'bits',
  'min',
  'max',
] as const
/** Two indexes may stand beside each other where one of these differs. */
const SIGNATURE = ['key', 'unique', 'sparse', 'partialFilterExpression', 'collation'] as const
/** Options that may be given and change nothing. */
const HARMLESS = ['key', 'name', 'v', 'background', 'ns', 'comment']

const createIndexes: Command = {
  name: 'createIndexes',
  fields: ['indexes', 'commitQuorum'],
  writes: true,
  transactional: true,
  run(body, { view, db }) {
    const name = collectionName(body, 'createIndexes')
    const existing = view.collection(db, name)
    const given = listOf(body, 'indexes').map(normalise)
    const collection = existing ?? view.create(db, name, {})
    const { collation } = collection.record.options
    const specs = given.map((spec) => (collation && !spec.collation ? { ...spec, collation } : spec))
    const before = collection.indexes.length + 1
    for (const spec of specs) if (!alreadyThere(collection, spec)) view.addIndex(collection, spec)
    const after = collection.indexes.length + 1
    return {
      numIndexesBefore: before,
      numIndexesAfter: after,
      createdCollectionAutomatically: !existing,
      ...(before === after ? { note: 'all indexes already exist' } : {}),
    }
  },
}

function normalise(given: unknown): Doc {
  if (!isDoc(given) || !isDoc(given.key) || Object.keys(given.key).length === 0)
    throw new MongoError('CannotCreateIndex', 'Index keys cannot be empty.')
  if (typeof given.name !== 'string' || given.name === '')
    throw new MongoError('FailedToParse', "The 'name' field is a required property of an index specification")
  for (const option of Object.keys(given)) {
    if (!HARMLESS.includes(option) && !KEPT.some((kept) => kept === option)) {
      throw new MongoError('Location197', `The field '${option}' is not valid for an index specification`)
    }
  }
  for (const [field, direction] of Object.entries(given.key)) checkField(field, direction)
  if (given.expireAfterSeconds !== undefined) checkExpiry(given)
  const directions = Object.values(given.key)
  if (isTruthy(given.unique) && directions.some(isGeo)) throw notImplemented('a unique geographic index')
  const version = directions.includes('2dsphere') ? { '2dsphereIndexVersion': 3 } : {}
  if (isTruthy(given.sparse) && given.partialFilterExpression !== undefined) {
    throw new MongoError('CannotCreateIndex', 'cannot mix "partialFilterExpression" and "sparse" options')
  }
  const options = KEPT.filter((option) => given[option] !== undefined && given[option] !== false).map((option) => [
    option,
    given[option],
  ])
  return { v: 2, key: given.key, name: given.name, ...Object.fromEntries(options), ...version }
}

function checkField(field: string, direction: unknown): void {
  if (typeof direction === 'string') {
    // Equality is all that a hashed index serves; an ordered one serves it as well.
    if (direction === 'hashed') return
    if (isGeo(direction)) return
    if (direction === 'text') throw notImplemented(`an index of type '${direction}'`)
    throw new MongoError('CannotCreateIndex', `Unknown index plugin '${direction}'`)
  }
  if (field.includes('$**')) throw notImplemented('a wildcard index')
  const number = toNumber(direction)
  if (number === 0 || Number.isNaN(number))
    throw new MongoError('CannotCreateIndex', 'Values in the index key pattern cannot be 0.')
  if (field === '' || field.split('.').includes(''))
    throw new MongoError('CannotCreateIndex', 'Index keys cannot contain an empty field.')
}

function checkExpiry(spec: Doc): void {
  const seconds = toNumber(spec.expireAfterSeconds)
  if (!(seconds >= 0 && seconds <= 0x7fffffff)) {
    throw new MongoError(
      'CannotCreateIndex',
      "TTL index 'expireAfterSeconds' option must be within an acceptable range",
    )
  }
  if (Object.keys(spec.key as Doc).length > 1)
    throw new MongoError(
      'CannotCreateIndex',
      'TTL indexes are single-field indexes, compound indexes do not support TTL.',
    )
}

/** @throws MongoError IndexOptionsConflict, IndexKeySpecsConflict where an index of the same name or keys differs */
function alreadyThere(collection: Collection, spec: Doc): boolean {
  if (equal(spec.key, { _id: 1 })) return true
  for (const { record, name } of collection.indexes) {
    const sameKey = SIGNATURE.every((option) => equal(record.spec[option] ?? null, spec[option] ?? null))
    if (name === spec.name && !equal(record.spec, spec)) {
      throw new MongoError(
        'IndexKeySpecsConflict',
        `An existing index has the same name as the requested index. When index names are not specified, they are auto generated and can cause conflicts. Please refer to our documentation. Requested index: ${JSON.stringify(spec)}, existing index: ${JSON.stringify(record.spec)}`,
      )
    }
    if (name === spec.name) return true
    if (sameKey) throw new MongoError('IndexOptionsConflict', `Index already exists with a different name: ${name}`)
  }
  return false
}

const dropIndexes: Command = {
  name: 'dropIndexes',
  aliases: ['deleteIndexes'],
  fields: ['index'],
  writes: true,
  run(body, { engine, db }) {
    const collection = requireCollection(
      engine,
      db,
      collectionName(body, 'dropIndexes' in body ? 'dropIndexes' : 'deleteIndexes'),
    )
    const before = collection.indexes.length + 1
    const doomed =
      body.index === '*' ? collection.indexes : [body.index].flat().map((each) => findIndex(collection, each))
    for (const index of doomed) engine.documents.dropIndex(index)
    collection.record.indexes = collection.record.indexes.filter(
      (record) => !doomed.some((index) => index.record === record),
    )
    engine.catalog.save(collection)
    return { nIndexesWas: before }
  },
}

function findIndex(collection: Collection, wanted: unknown): Index {
  if (wanted === '_id_' || equal(wanted, { _id: 1 })) throw new MongoError('InvalidOptions', 'cannot drop _id index')
  const found = collection.indexes.find(({ name, record }) =>
    typeof wanted === 'string' ? name === wanted : equal(record.spec.key, wanted),
  )
  if (!found) throw new MongoError('IndexNotFound', `index not found with name [${String(wanted)}]`)
  return found
}

const listIndexes: Command = {
  name: 'listIndexes',
  fields: ['cursor'],
  run(body, { engine, db, cursors, session }) {
    const collection = requireCollection(engine, db, collectionName(body, 'listIndexes'))
    const { clusteredIndex } = collection.record.options
    const own = isDoc(clusteredIndex) ? { ...clusteredIndex, clustered: true } : { v: 2, key: { _id: 1 }, name: '_id_' }
    const specs: Doc[] = [own, ...collection.indexes.map(({ record }) => record.spec)]
    return cursors.start({ ns: collection.namespace, documents: specs.map(encode), session })
  },
}

const collMod: Command = {
  name: 'collMod',
  fields: ['index', ...VALIDATION],
  writes: true,
  run(body, { engine, db }) {
    const collection = requireCollection(engine, db, collectionName(body, 'collMod'))
    const { record } = collection
    checkValidation({ ...body, collation: record.options.collation })
    for (const option of VALIDATION) if (body[option] !== undefined) record.options[option] = body[option]
    // Before what may be refused: what is saved is taken back with the command, what is merely noted is not.
    engine.catalog.save(collection)
    if (!isDoc(body.index)) return {}
    const { name, keyPattern, ...changes } = body.index
    const index = findIndex(collection, name ?? keyPattern)
    const result: Doc = {}
    const other = Object.keys(changes).find((option) => option !== 'expireAfterSeconds' && option !== 'hidden')
    if (other) throw notImplemented(`collMod of the index option ${other}`)
    for (const [option, value] of Object.entries(changes)) {
      result[`${option}_old`] = index.record.spec[option]
      result[`${option}_new`] = value
      index.record.spec[option] = value
    }
    engine.catalog.save(collection)
    return result
  },
}

function requireCollection(engine: CommandContext['engine'], db: string, name: string): Collection {
  const collection = engine.catalog.find(db, name)
  if (!collection) throw new MongoError('NamespaceNotFound', `ns does not exist: ${db}.${name}`)
  return collection
}

const searchIndexCommands = ['createSearchIndexes', 'updateSearchIndex', 'dropSearchIndex', 'listSearchIndexes'].map(
  (name): Command => ({
    name,
    fields: ['indexes', 'name', 'id', 'definition'],
    run() {
      throw searchNotEnabled()
    },
  }),
)

export const indexCommands: readonly Command[] = [
  createIndexes,
  dropIndexes,
  listIndexes,
  collMod,
  ...searchIndexCommands,
]
