import { type Doc, isDoc } from '../bson/values.js'
import { MongoError, notImplemented } from '../errors.js'
import { parseSort, type SortKey, sortOrder } from '../query/sort.js'
import { ACCUMULATORS, type Accumulator, percentiles, SIMPLE_ACCUMULATORS } from './accumulators.js'
import { compileExpression, type Evaluator } from './expressions.js'
import { atLeastOne, SEVERAL } from './operators/arrays.js'
import { isNumeric } from './operators/numbers.js'

/** What of each document is kept for a field of the result, and what is made of that in the end. */
export interface CompiledAccumulator {
  input: Evaluator
  fold: Accumulator
}

/**
 * Compiles the accumulator of a group or a window.
 * @throws MongoError for one that is not known, and for operands that it needs and has not
 */
export function compileAccumulator(operator: string, argument: unknown, variables: Doc): CompiledAccumulator {
  if (!ACCUMULATORS.includes(operator)) throw new MongoError('Location15952', `unknown group operator '${operator}'`)
  const simple = SIMPLE_ACCUMULATORS[operator]
  if (simple) return { input: compileExpression(operator === '$count' ? 1 : argument, variables), fold: simple }
  if (!isDoc(argument)) throw new MongoError('Location5787900', `specification must be an object; found ${operator}`)
  if (/^\$(top|bottom)/.test(operator)) return ordered(operator, argument, variables)
  const input = compileExpression(argument.input, variables)
  if (operator === '$median') return { input, fold: (values) => percentiles(values, [0.5])[0] }
  if (operator === '$percentile') {
    const parts = compileExpression(argument.p, variables)({})
    return { input, fold: (values) => percentiles(values, parts) }
  }
  const n = countOf(operator, argument.n, variables)
  return {
    input,
    fold: (values, key) =>
      SEVERAL[operator]?.(
        values.map((value) => value ?? null),
        n(key),
      ),
  }
}

/** `n` is a number, or is computed of the key of the group as if that were the document. */
function countOf(operator: string, n: unknown, variables: Doc): (key: unknown) => number {
  const compute = compileExpression(n, variables)
  if (n === undefined || isNumeric(n)) {
    const count = atLeastOne(operator, n)
    return () => count
  }
  return (key) => {
    if (key === undefined) throw notImplemented(`${operator} with an 'n' that is no number, but within $group,`)
    return atLeastOne(operator, compute(isDoc(key) ? key : {}))
  }
}

/** Of the first or last in an order, what `output` says. */
function ordered(operator: string, { sortBy, output, n }: Doc, variables: Doc): CompiledAccumulator {
  const order = sortOrder(parseSort(sortBy))
  const compute = compileExpression(output, variables)
  const several = operator.endsWith('N')
  const count = countOf(operator, several ? n : 1, variables)
  return {
    input: (doc) => ({ key: order.keyOf(doc), value: compute(doc) ?? null }),
    fold(members, key) {
      const sorted = (members as { key: SortKey; value: unknown }[])
        .toSorted((a, b) => order.compare(a.key, b.key))
        .map(({ value }) => value)
      const chosen = operator.startsWith('$top') ? sorted.slice(0, count(key)) : sorted.slice(-count(key))
      return several ? chosen : (chosen[0] ?? null)
    },
  }
}
