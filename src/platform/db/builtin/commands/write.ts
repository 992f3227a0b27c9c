import { ObjectId } from 'bson'
import { type Doc, decode, isDoc, isTruthy, MAX_DOCUMENT_BYTES, toNumber } from '../bson/values.js'
import { toEntry } from '../engine.js'
import { MongoError } from '../errors.js'
import type { Reply } from '../replies.js'
import type { Collection } from '../storage/collection.js'
import type { Entry } from '../storage/documents.js'
import { compileQuery, match, matchFirst } from '../storage/match.js'
import { requireValid } from '../storage/validation.js'
import { collectionForWrite } from '../storage/view.js'
import { compileUpdate } from '../update/update.js'
import { upsertDocument } from '../update/upsert.js'
import { type Command, type CommandContext, collectionName, listOf } from './command.js'
import { updateEntry } from './update-entry.js'

const COMMON = ['ordered', 'bypassDocumentValidation', 'let', 'stmtId', 'stmtIds', 'isTimeseriesNamespace']

const insert: Command = {
  name: 'insert',
  fields: ['documents', ...COMMON],
  writes: true,
  retryable: true,
  transactional: true,
  run(body, context) {
    const collection = collectionForWrite(context.view, context.db, collectionName(body, 'insert'))
    const documents = context.sequences.get('documents') ?? listOf(body, 'documents')
    return batch(body, context, documents, (document) => {
      const entry = entryToInsert(document)
      requireValid(collection, body, entry.doc)
      context.view.insert(collection, entry)
      return { n: 1 }
    })
  },
}

const FIRST_NAME = Buffer.from('_id\0')

/** Documents keep the bytes they came with; only a missing or displaced _id makes new ones. */
function entryToInsert(document: unknown): Entry {
  if (!Buffer.isBuffer(document)) {
    if (!isDoc(document)) throw new MongoError('TypeMismatch', "BSON field 'insert.documents' must hold objects")
    return toEntry(withIdFirst(document))
  }
  if (document.length > MAX_DOCUMENT_BYTES) {
    throw new MongoError(
      'BSONObjectTooLarge',
      `object to insert too large. size in bytes: ${document.length}, max size: ${MAX_DOCUMENT_BYTES}`,
    )
  }
  const doc = decode(document)
  // Asked of the bytes: a decoded document has fields whose names are numbers before all others.
  return document.subarray(5, 9).equals(FIRST_NAME) ? toEntry(doc, Buffer.from(document)) : toEntry(withIdFirst(doc))
}

function withIdFirst(doc: Doc): Doc {
  const { _id = new ObjectId(), ...rest } = doc
  return { _id, ...rest }
}

const update: Command = {
  name: 'update',
  fields: ['updates', ...COMMON],
  writes: true,
  retryable: true,
  transactional: true,
  run(body, context) {
    const name = collectionName(body, 'update')
    const updates = statementsOf(body, context, 'updates', UPDATE_FIELDS, ['q', 'u'])
    return batch(body, context, updates, (statement, index) => runUpdate(statement, body, name, index, context))
  },
}

const UPDATE_FIELDS = new Set(['q', 'u', 'c', 'multi', 'upsert', 'collation', 'arrayFilters', 'hint', 'upsertSupplied'])

function runUpdate(statement: Doc, body: Doc, name: string, index: number, { db, view }: CommandContext): Outcome {
  const multi = isTruthy(statement.multi)
  const collection = view.collection(db, name)
  const query = compileQuery({ ...statement, filter: statement.q, let: body.let }, collection)
  const change = compileUpdate(statement.u, {
    arrayFilters: statement.arrayFilters,
    strings: query.strings,
    variables: { ...((body.let ?? {}) as Doc), ...((statement.c ?? {}) as Doc) },
  })
  if (multi && change.replaces)
    throw new MongoError('FailedToParse', 'multi update is not supported for replacement-style update')
  const found = collection ? select(view, collection, query, multi) : []
  const now = new Date()
  const changed = found.map(
    (entry) => collection && updateEntry(view, collection, query, entry, change, now, body).changed,
  )
  const outcome = { n: found.length, nModified: changed.filter(Boolean).length }
  if (found.length > 0 || !isTruthy(statement.upsert)) return outcome
  const doc = upsertDocument(query.filter, change, now)
  const target = collection ?? collectionForWrite(view, db, name)
  requireValid(target, body, doc)
  view.insert(target, toEntry(doc))
  return { n: 1, nModified: 0, upserted: { index, _id: doc._id } }
}

const remove: Command = {
  name: 'delete',
  fields: ['deletes', ...COMMON],
  writes: true,
  retryable: true,
  transactional: true,
  run(body, context) {
    const name = collectionName(body, 'delete')
    const deletes = statementsOf(body, context, 'deletes', DELETE_FIELDS, ['q', 'limit'])
    return batch(body, context, deletes, (statement) => runDelete(statement, body, name, context))
  },
}

const DELETE_FIELDS = new Set(['q', 'limit', 'collation', 'hint'])

function runDelete(statement: Doc, body: Doc, name: string, { db, view }: CommandContext): Outcome {
  const limit = toNumber(statement.limit)
  if (limit !== 0 && limit !== 1)
    throw new MongoError('FailedToParse', 'The limit field in delete objects must be 0 or 1')
  const collection = view.collection(db, name)
  const query = compileQuery({ ...statement, filter: statement.q, let: body.let }, collection)
  const found = collection ? select(view, collection, query, limit === 0) : []
  for (const entry of found) if (collection) view.remove(collection, entry)
  return { n: found.length }
}

/** What a statement has done. */
interface Outcome {
  n: number
  nModified?: number
  upserted?: { index: number; _id: unknown }
}

/** All that match are found before the first is changed, so that none is met twice. */
function select(
  view: CommandContext['view'],
  collection: Collection,
  query: ReturnType<typeof compileQuery>,
  multi: boolean,
): Entry[] {
  if (multi) return [...match(view, collection, query)]
  const first = matchFirst(view, collection, query)
  return first ? [first] : []
}

/**
 * The statements of a batch. One that is not formed as it should be is a mistake of the whole command, and none is run.
 * @throws MongoError Location40414, Location40415
 */
function statementsOf(
  body: Doc,
  { sequences }: CommandContext,
  list: 'updates' | 'deletes',
  known: ReadonlySet<string>,
  required: readonly string[],
): Doc[] {
  const statements = (sequences.get(list)?.map(decode) ?? listOf(body, list)) as Doc[]
  for (const statement of statements) {
    const missing = required.find((name) => statement[name] === undefined)
    const unknown = Object.keys(statement).find((name) => !known.has(name))
    const field = `BSON field '${list === 'updates' ? 'update' : 'delete'}.${list}.`
    if (missing) throw new MongoError('Location40414', `${field}${missing}' is missing but a required field`)
    if (unknown) throw new MongoError('Location40415', `${field}${unknown}' is an unknown field.`)
  }
  return statements
}

/** What ends a whole batch, and takes back what it has done. */
const ENDING: ReadonlySet<string> = new Set(['WriteConflict', 'MaxTimeMSExpired'])

/** Runs the statements in turn. A failed one is reported with its index, and ends an ordered batch. */
function batch<T>(
  body: Doc,
  context: CommandContext,
  statements: readonly T[],
  run: (statement: T, index: number) => Outcome,
): Reply {
  if (statements.length === 0)
    throw new MongoError('InvalidOptions', 'Write batch sizes must be between 1 and 100000. Got 0 operations.')
  const ordered = body.ordered === undefined || isTruthy(body.ordered)
  const writeErrors: Doc[] = []
  const outcomes: Outcome[] = []
  for (const [index, statement] of statements.entries()) {
    try {
      outcomes.push(run(statement, index))
    } catch (error) {
      if (!(error instanceof MongoError) || ENDING.has(error.codeName)) throw error
      writeErrors.push({ index, code: error.code, errmsg: error.message, ...error.extra })
      if (context.transaction) context.sessions.abortOf(context.session)
      if (ordered || context.transaction) break
    }
  }
  const upserted = outcomes.flatMap((outcome) => outcome.upserted ?? [])
  return {
    n: outcomes.reduce((sum, { n }) => sum + n, 0),
    ...('update' in body ? { nModified: outcomes.reduce((sum, { nModified = 0 }) => sum + nModified, 0) } : {}),
    ...(upserted.length > 0 ? { upserted } : {}),
    ...(writeErrors.length > 0 ? { writeErrors } : {}),
  }
}

export const writeCommands: readonly Command[] = [insert, update, remove]
