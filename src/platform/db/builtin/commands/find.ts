import { type Doc, encode, isTruthy, toNumber } from '../bson/values.js'
import { MongoError, notImplemented } from '../errors.js'
import type { MatchPosition } from '../query/paths.js'
import { compileProjection, usesPosition } from '../query/project.js'
import type { Entry } from '../storage/documents.js'
import { compileQuery, match } from '../storage/match.js'
import { type Command, type CommandContext, collectionName } from './command.js'

const NOT_SUPPORTED = ['tailable', 'awaitData', 'returnKey', 'showRecordId', 'min', 'max']

const find: Command = {
  name: 'find',
  fields: [
    'filter',
    'sort',
    'projection',
    'hint',
    'skip',
    'limit',
    'batchSize',
    'singleBatch',
    'collation',
    'let',
    'allowDiskUse',
    'noCursorTimeout',
    'allowPartialResults',
    'oplogReplay',
    ...NOT_SUPPORTED,
  ],
  transactional: true,
  snapshots: true,
  run(body, context) {
    const refused = NOT_SUPPORTED.find((name) => isTruthy(body[name]))
    if (refused) throw notImplemented(`find with ${refused}`)
    const name = collectionName(body, 'find')
    const limit = toNumber(body.limit ?? 0)
    return context.cursors.start({
      ns: `${context.db}.${name}`,
      documents: results(body, context, name),
      batchSize: body.batchSize === undefined ? undefined : toNumber(body.batchSize),
      singleBatch: isTruthy(body.singleBatch) || limit < 0,
      patient: isTruthy(body.noCursorTimeout),
      transaction: context.transaction,
      atClusterTime: context.atClusterTime,
      session: context.session,
    })
  },
}

/** Compiled at once, so that mistakes are answered by the command itself; read as the cursor goes. */
function results(body: Doc, { db, view }: CommandContext, name: string): Iterable<Uint8Array> {
  const collection = view.collection(db, name)
  const query = compileQuery(body, collection)
  const project = compileProjection(body.projection)
  const positional = usesPosition(body.projection)
  if (!collection) return []
  const skip = nonNegative('skip', body.skip)
  const limit = Math.abs(toNumber(body.limit ?? 0)) || Number.POSITIVE_INFINITY
  const emit = ({ raw, doc }: Entry): Uint8Array => {
    if (!project) return raw
    const position: MatchPosition = {}
    if (positional) query.matches(doc, position)
    return encode(project(doc, position))
  }
  return window(match(view, collection, query), skip, limit, emit)
}

export function* window<T, R>(items: Iterable<T>, skip: number, limit: number, emit: (item: T) => R): Generator<R> {
  let seen = 0
  for (const item of items) {
    if (seen++ < skip) continue
    yield emit(item)
    if (seen >= skip + limit) return
  }
}

export function nonNegative(name: string, value: unknown): number {
  const number = toNumber(value ?? 0)
  if (!(number >= 0))
    throw new MongoError('Location51024', `BSON field '${name}' value must be >= 0, actual value '${number}'`)
  return Math.trunc(number)
}

const getMore: Command = {
  name: 'getMore',
  fields: ['collection', 'batchSize', 'maxTimeMS', 'term'],
  transactional: true,
  snapshots: true,
  run(body, { cursors, engine, transaction }) {
    // A batch is handed out once: what is in it must not be taken back.
    if (!transaction) engine.store.flush()
    return cursors.next(toNumber(body.getMore), body.batchSize === undefined ? undefined : toNumber(body.batchSize))
  },
}

const killCursors: Command = {
  name: 'killCursors',
  fields: ['cursors'],
  transactional: true,
  snapshots: true,
  run(body, { cursors }) {
    const ids = Array.isArray(body.cursors) ? body.cursors : []
    const killed = new Set(ids.filter((id) => cursors.kill(toNumber(id))))
    return {
      cursorsKilled: ids.filter((id) => killed.has(id)),
      cursorsNotFound: ids.filter((id) => !killed.has(id)),
      cursorsAlive: [],
      cursorsUnknown: [],
    }
  },
}

export const findCommands: readonly Command[] = [find, getMore, killCursors]
