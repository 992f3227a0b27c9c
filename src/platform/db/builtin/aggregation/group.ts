import { evalExpr } from 'mingo/core'
import { compare } from '../bson/compare.js'
import { encodeKey } from '../bson/key.js'
import { type Doc, isDoc } from '../bson/values.js'
import { MongoError } from '../errors.js'
import { compileExpression, type Evaluator, guarded, plainDoc, toPlain } from './expressions.js'
import { ACCUMULATORS, checkOperators, OPTIONS } from './operators.js'
import type { Stage, StageContext } from './stages.js'

/** `$group`: documents with equal keys, by BSON's equality, are taken together. */
export function group(argument: unknown, context: StageContext): Stage {
  if (!isDoc(argument) || !('_id' in argument)) {
    throw new MongoError('Location15955', 'a group specification must include an _id')
  }
  const { _id, ...fields } = argument
  return groupBy(compileExpression(_id, context.variables), fields, context)
}

function groupBy(keyOf: Evaluator, fields: Doc, { variables }: StageContext): Stage {
  for (const [name, accumulator] of Object.entries(fields)) checkAccumulator(name, accumulator)
  const outputs = Object.entries(fields).map(([name, accumulator]) => [name, toPlain(accumulator)] as const)
  const options = { ...OPTIONS, variables: plainDoc(variables) }
  return function* (documents) {
    const groups = new Map<string, { key: unknown; members: Doc[] }>()
    for (const doc of documents) {
      const plain = plainDoc(doc)
      const key = keyOf(plain) ?? null
      const name = encodeKey(key).toString('latin1')
      const known = groups.get(name)
      if (known) known.members.push(plain)
      else groups.set(name, { key, members: [plain] })
    }
    for (const { key, members } of groups.values()) {
      const result: Doc = { _id: key }
      for (const [name, accumulator] of outputs) {
        result[name] = guarded(() => evalExpr(members, accumulator as never, options))
      }
      yield result
    }
  }
}

function checkAccumulator(name: string, accumulator: unknown): void {
  const [operator, ...others] = isDoc(accumulator) ? Object.keys(accumulator) : []
  if (operator === undefined || others.length > 0) {
    throw new MongoError('Location40234', `The field '${name}' must be an accumulator object`)
  }
  if (!ACCUMULATORS.has(operator)) throw new MongoError('Location15952', `unknown group operator '${operator}'`)
  checkOperators(accumulator)
}

/** `$sortByCount`: how often each value occurs, the most frequent first. */
export function sortByCount(argument: unknown, context: StageContext): Stage {
  const counted = group({ _id: argument, count: { $sum: 1 } }, context)
  return (documents) => [...counted(documents)].sort((a, b) => compare(b.count, a.count))
}

/** `$bucket`: groups by the range, closed below and open above, in which a value lies. */
export function bucket(argument: unknown, context: StageContext): Stage {
  const { groupBy: by, boundaries, output = { count: { $sum: 1 } }, ...rest } = isDoc(argument) ? argument : {}
  if (!Array.isArray(boundaries) || boundaries.length < 2) {
    throw new MongoError('Location40192', "The $bucket 'boundaries' field must be an array of at least two values")
  }
  if (boundaries.some((bound, i) => i > 0 && compare(boundaries[i - 1], bound) >= 0)) {
    throw new MongoError('Location40194', "The 'boundaries' option to $bucket must be sorted")
  }
  const compute = compileExpression(by, context.variables)
  const rangeOf = (doc: Doc): unknown => {
    const value = compute(doc)
    const above = boundaries.findIndex((bound) => compare(value, bound) < 0)
    if (above > 0) return boundaries[above - 1]
    if ('default' in rest) return rest.default
    throw new MongoError(
      'Location40066',
      '$bucket could not find a matching bucket for an input, and no default was specified',
    )
  }
  const grouped = groupBy(rangeOf, output as Doc, context)
  return (documents) => [...grouped(documents)].sort((a, b) => compare(a._id, b._id))
}
