import { compare } from '../bson/compare.js'
import { encodeKey } from '../bson/key.js'
import { toNumber } from '../bson/values.js'
import { MongoError } from '../errors.js'
import { parseCollation } from '../query/collation.js'
import { parsePath } from '../query/paths.js'
import { EMPTY, valuesAt } from '../query/tuples.js'
import { compileQuery, countMatches, match } from '../storage/match.js'
import { type Command, collectionName } from './command.js'
import { nonNegative } from './find.js'

const count: Command = {
  name: 'count',
  fields: ['query', 'limit', 'skip', 'hint', 'collation', 'fields'],
  transactional: false,
  run(body, { db, view }) {
    const collection = view.collection(db, collectionName(body, 'count'))
    const query = compileQuery({ ...body, filter: body.query ?? {} }, collection)
    if (!collection) return { n: 0 }
    const all = countMatches(view, collection, query, Number.POSITIVE_INFINITY)
    const rest = Math.max(all - nonNegative('skip', body.skip), 0)
    const limit = Math.abs(toNumber(body.limit ?? 0))
    return { n: limit > 0 ? Math.min(rest, limit) : rest }
  },
}

const distinct: Command = {
  name: 'distinct',
  fields: ['key', 'query', 'collation', 'hint'],
  transactional: true,
  snapshots: true,
  run(body, { db, view, atClusterTime }) {
    if (typeof body.key !== 'string')
      throw new MongoError('TypeMismatch', "BSON field 'distinct.key' is the wrong type, expected type 'string'")
    const collection = view.collection(db, collectionName(body, 'distinct'))
    const query = compileQuery({ ...body, filter: body.query ?? {} }, collection)
    const path = parsePath(body.key)
    const fold = parseCollation(body.collation ?? collection?.record.options.collation)?.fold
    const values = new Map<string, unknown>()
    for (const { doc } of collection ? match(view, collection, query) : []) {
      for (const value of valuesAt(doc, path)) {
        if (value === undefined || value === EMPTY) continue
        const key = encodeKey(value, fold).toString('latin1')
        if (!values.has(key)) values.set(key, value)
      }
    }
    return { values: [...values.values()].sort((a, b) => compare(a, b)), atClusterTime }
  },
}

export const countCommands: readonly Command[] = [count, distinct]
