import { ObjectId } from 'bson'
import { type Doc, isDoc } from '../bson/values.js'
import { MongoError } from '../errors.js'
import { isOperators, isRegex } from '../query/operators.js'
import { targetAt } from './targets.js'
import type { Update } from './update.js'

/**
 * The document that an upsert inserts: what the filter says is equal, then the update; with an _id in front.
 * @throws MongoError NotSingleValueField where the filter says two things of one field
 */
export function upsertDocument(filter: Doc, update: Update, now: Date): Doc {
  const known: Doc = {}
  const wanted = equalities(filter).filter(([name]) => !update.replaces || name === '_id')
  for (const [i, [name, value]] of wanted.entries()) {
    const other = wanted
      .slice(0, i)
      .find(([before]) => `${name}.`.startsWith(`${before}.`) || before.startsWith(`${name}.`))
    if (other) {
      const both =
        other[0] === name ? `path '${name}' is matched twice` : `both paths '${other[0]}' and '${name}' are matched`
      throw new MongoError('NotSingleValueField', `cannot infer query fields to set, ${both}`)
    }
    targetAt(known, name.split('.')).set(value)
  }
  const { _id = new ObjectId(), ...rest } = update.apply(known, { inserting: true, now })
  return { _id, ...rest }
}

function equalities(filter: Doc): [string, unknown][] {
  return Object.entries(filter).flatMap(([name, operand]): [string, unknown][] => {
    if (name === '$and' || (name === '$or' && Array.isArray(operand) && operand.length === 1)) {
      return (operand as unknown[]).filter(isDoc).flatMap(equalities)
    }
    if (name.startsWith('$') || isRegex(operand)) return []
    if (!isOperators(operand)) return [[name, operand]]
    if ('$eq' in operand) return [[name, operand.$eq]]
    const [only] = [operand.$in, operand.$all].filter((list) => Array.isArray(list) && list.length === 1) as unknown[][]
    return only && !isOperators(only[0]) && !isRegex(only[0]) ? [[name, only[0]]] : []
  })
}
