import { evalExpr } from 'mingo/core'
import { compare } from '../bson/compare.js'
import { encodeKey } from '../bson/key.js'
import { type Doc, isDoc } from '../bson/values.js'
import { MongoError } from '../errors.js'
import { type Accumulator, OWN_ACCUMULATORS } from './accumulators.js'
import { compileExpression, type Evaluator, guarded, plainDoc, toPlain } from './expressions.js'
import { requireKnown } from './fields.js'
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

function groupBy(keyOf: Evaluator, fields: Doc, context: StageContext): Stage {
  const outputs = Object.entries(fields).map(([name, spec]) => ({ name, ...compileAccumulator(name, spec, context) }))
  return function* (documents) {
    const groups = new Map<string, { key: unknown; columns: unknown[][] }>()
    for (const doc of documents) {
      const key = keyOf(doc) ?? null
      const name = encodeKey(key).toString('latin1')
      const group = groups.get(name) ?? { key, columns: outputs.map(() => []) }
      groups.set(name, group)
      for (const [i, { input }] of outputs.entries()) group.columns[i]?.push(input(doc))
    }
    for (const { key, columns } of groups.values()) {
      const results = outputs.map(({ name, fold }, i) => [name, fold(columns[i] ?? [])] as const)
      yield { _id: key, ...Object.fromEntries(results) }
    }
  }
}

/** What of each document is kept for a field of the result, and what is made of that in the end. */
interface CompiledAccumulator {
  input: Evaluator
  fold: Accumulator
}

function compileAccumulator(name: string, spec: unknown, { variables }: StageContext): CompiledAccumulator {
  checkAccumulator(name, spec)
  const [[operator, argument]] = Object.entries(spec as Doc) as [[string, unknown]]
  const own = OWN_ACCUMULATORS[operator]
  if (own) return { input: compileExpression(operator === '$count' ? 1 : argument, variables), fold: own }
  const plain = toPlain(spec)
  const options = { ...OPTIONS, variables: plainDoc(variables) }
  return { input: plainDoc, fold: (members) => guarded(() => evalExpr(members as never, plain as never, options)) }
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
  requireKnown(
    argument,
    ['groupBy', 'boundaries', 'output', 'default'],
    'Location40197',
    'unrecognized option to $bucket',
  )
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
