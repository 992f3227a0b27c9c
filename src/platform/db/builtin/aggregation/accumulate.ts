import { type Doc, isDoc } from '../bson/values.js'
import { MongoError } from '../errors.js'
import { parseSort, type SortKey, sortOrder } from '../query/sort.js'
import { ACCUMULATORS, type Accumulator, percentiles, SIMPLE_ACCUMULATORS } from './accumulators.js'
import { compileExpression, type Evaluator } from './expressions.js'
import { atLeastOne, SEVERAL } from './operators/arrays.js'

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
  const constant = compileExpression(argument.n ?? argument.p, variables)({})
  if (operator === '$percentile') return { input, fold: (values) => percentiles(values, constant) }
  const n = atLeastOne(operator, constant)
  return {
    input,
    fold: (values) =>
      SEVERAL[operator]?.(
        values.map((value) => value ?? null),
        n,
      ),
  }
}

/** Of the first or last in an order, what `output` says. */
function ordered(operator: string, { sortBy, output, n = 1 }: Doc, variables: Doc): CompiledAccumulator {
  const order = sortOrder(parseSort(sortBy))
  const compute = compileExpression(output, variables)
  const several = operator.endsWith('N')
  const count = atLeastOne(operator, several ? compileExpression(n, variables)({}) : 1)
  return {
    input: (doc) => ({ key: order.keyOf(doc), value: compute(doc) ?? null }),
    fold(members) {
      const sorted = (members as { key: SortKey; value: unknown }[])
        .toSorted((a, b) => order.compare(a.key, b.key))
        .map(({ value }) => value)
      const chosen = operator.startsWith('$top') ? sorted.slice(0, count) : sorted.slice(-count)
      return several ? chosen : (chosen[0] ?? null)
    },
  }
}
