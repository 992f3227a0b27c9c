import { Context, evalExpr, ProcessingMode } from 'mingo/core'
import * as accumulators from 'mingo/operators/accumulator'
import * as expressions from 'mingo/operators/expression'
import * as pipeline from 'mingo/operators/pipeline'
import * as projection from 'mingo/operators/projection'
import * as query from 'mingo/operators/query'
import * as window from 'mingo/operators/window'
import type { AnyObject, Options } from 'mingo/types'
import { add, multiply } from '../bson/arithmetic.js'
import { compare, equal } from '../bson/compare.js'
import { isDoc } from '../bson/values.js'
import { MongoError } from '../errors.js'
import { type Accumulator, isBsonNumber, isNumeric, OWN_ACCUMULATORS } from './accumulators.js'

type Expression = (doc: unknown, argument: unknown, options: Options) => unknown

/** Comparisons in MongoDB's order of types; mingo has one of its own. */
const comparison =
  (accepts: (order: number) => unknown): Expression =>
  (doc, argument, options) => {
    const [a, b] = operands(doc, argument, options)
    return accepts(compare(a, b))
  }

const ownExpressions: Record<string, Expression> = {
  $eq: comparison((order) => order === 0),
  $ne: comparison((order) => order !== 0),
  $gt: comparison((order) => order > 0),
  $gte: comparison((order) => order >= 0),
  $lt: comparison((order) => order < 0),
  $lte: comparison((order) => order <= 0),
  $cmp: comparison((order) => order),
  $in: (doc, argument, options) => {
    const [item, list] = operands(doc, argument, options)
    if (!Array.isArray(list)) throw new MongoError('Location40081', '$in requires an array as a second argument')
    return list.some((each) => equal(each, item))
  },
  $add: (doc, argument, options) =>
    exactly(doc, argument, options, add) ?? expressions.$add(doc as AnyObject, argument, options),
  $multiply: (doc, argument, options) =>
    exactly(doc, argument, options, multiply) ?? expressions.$multiply(doc as AnyObject, argument, options),
}

const operands = (doc: unknown, argument: unknown, options: Options): unknown[] =>
  [evalExpr(doc as AnyObject, argument as AnyObject, options)].flat() as unknown[]

/** Arithmetic on BSON's own number types, where an operand is of one. */
function exactly(
  doc: unknown,
  argument: unknown,
  options: Options,
  operation: (a: unknown, b: unknown) => unknown,
): unknown {
  const values = operands(doc, argument, options)
  if (!values.some(isBsonNumber) || !values.every(isNumeric)) return undefined
  return values.reduce(operation)
}

/** An accumulator used as an expression is handed a list of values, or one that stands for itself. */
const asExpression =
  (fold: Accumulator): Expression =>
  (doc, argument, options) => {
    const values = evalExpr(doc as AnyObject, argument as AnyObject, options) as unknown
    return fold(Array.isArray(values) ? values : [values])
  }

for (const name of ['$sum', '$avg', '$min', '$max']) {
  const fold = OWN_ACCUMULATORS[name]
  if (fold) ownExpressions[name] = asExpression(fold)
}

/** mingo's operators, with those replaced that do not know BSON's types. */
const context = Context.init({
  accumulator: accumulators as never,
  expression: { ...expressions, ...ownExpressions } as never,
  pipeline: pipeline as never,
  projection: projection as never,
  query: query as never,
  window: window as never,
})

/** Scripts in expressions are never run. */
export const OPTIONS: Options = {
  context,
  idKey: '_id',
  processingMode: ProcessingMode.CLONE_OFF,
  scriptEnabled: false,
  useStrictMode: true,
  failOnError: true,
}

export const ACCUMULATORS: ReadonlySet<string> = new Set([
  ...Object.keys(accumulators),
  ...Object.keys(OWN_ACCUMULATORS),
])

const KNOWN = new Set([...ACCUMULATORS, ...Object.keys(expressions), ...Object.keys(window)])

/**
 * Looks through an expression before anything is computed, so that a mistake shows on an empty collection too.
 * @throws MongoError for an operator that is not known
 */
export function checkOperators(expression: unknown, code: `Location${number}` = 'Location168'): void {
  if (Array.isArray(expression)) for (const each of expression) checkOperators(each, code)
  if (!isDoc(expression)) return
  for (const [name, argument] of Object.entries(expression)) {
    if (name.startsWith('$') && !KNOWN.has(name)) throw new MongoError(code, `Unrecognized expression '${name}'`)
    if (name !== '$literal') checkOperators(argument, code)
  }
}
