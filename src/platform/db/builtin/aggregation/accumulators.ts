import { Double, Long } from 'bson'
import { compare } from '../bson/compare.js'
import { classOf, type Doc, toNumber, typeOf } from '../bson/values.js'
import { MongoError, notImplemented } from '../errors.js'
import { keyed, mergeObjects, type ValueOperator } from './operators/arrays.js'
import { askMingo } from './operators/mingo.js'
import { isNil, isNumeric, sum } from './operators/numbers.js'

/**
 * Makes one value of those of a group, in BSON's own arithmetic and order. Absent values are undefined.
 * @param key what the group has in common
 */
export type Accumulator = (values: readonly unknown[], key?: unknown) => unknown

export const SIMPLE_ACCUMULATORS: Readonly<Record<string, Accumulator>> = {
  $sum: (values) => total(values),
  $avg: (values) => average(values),
  $min: (values) => extreme(values, 1),
  $max: (values) => extreme(values, -1),
  $count: (values) => values.length,
  $first: (values) => values[0] ?? null,
  $last: (values) => values.at(-1) ?? null,
  $push: (values) => values.filter((value) => value !== undefined),
  $addToSet: (values) => [...keyed(values.filter((value) => value !== undefined)).values()],
  $mergeObjects: (values) => mergeObjects(values),
  $stdDevPop: (values) => deviation('$stdDevPop', values),
  $stdDevSamp: (values) => deviation('$stdDevSamp', values),
}

/** What an accumulator makes of all values up to each: as the accumulator itself, without beginning anew each time. */
export const RUNNING: Readonly<Record<string, (values: readonly unknown[]) => unknown[]>> = {
  $sum: (values) => scan(values, 0, (soFar, value) => (isNumeric(value) ? sum(soFar, value) : soFar)),
  $avg(values) {
    let count = 0
    const sums = RUNNING.$sum?.(values) ?? []
    return values.map((value, i) => {
      if (isNumeric(value)) count++
      return count === 0 ? null : average([sums[i]], count)
    })
  },
  $count: (values) => values.map((_, i) => i + 1),
  $min: (values) => scan(values, null, (best, value) => extreme([best, value], 1)),
  $max: (values) => scan(values, null, (best, value) => extreme([best, value], -1)),
}

function scan(
  values: readonly unknown[],
  start: unknown,
  step: (soFar: unknown, value: unknown) => unknown,
): unknown[] {
  let soFar = start
  return values.map((value) => (soFar = step(soFar, value)))
}

/** Accumulators that are given how many, which part or in what order beside the values. */
export const ACCUMULATORS: readonly string[] = [
  ...Object.keys(SIMPLE_ACCUMULATORS),
  ...['$firstN', '$lastN', '$maxN', '$minN', '$top', '$topN', '$bottom', '$bottomN', '$median', '$percentile'],
]

/** An accumulator used as an expression is handed several values, or one list of them. */
const asExpression =
  (fold: Accumulator): ValueOperator =>
  (...values) =>
    fold(values.length === 1 && Array.isArray(values[0]) ? values[0] : values)

export const AS_EXPRESSIONS: Readonly<Record<string, ValueOperator>> = {
  $sum: asExpression((values) => total(values)),
  $avg: asExpression((values) => average(values)),
  $min: asExpression((values) => extreme(values, 1)),
  $max: asExpression((values) => extreme(values, -1)),
  $stdDevPop: asExpression((values) => deviation('$stdDevPop', values)),
  $stdDevSamp: asExpression((values) => deviation('$stdDevSamp', values)),
  $median: (argument) => percentiles([(argument as Doc).input].flat(), [0.5])[0],
  $percentile: (argument) => percentiles([(argument as Doc).input].flat(), (argument as Doc).p),
}

/** Most sums are of int32 alone, which a double holds exactly up to some millions of them. */
function total(values: readonly unknown[]): unknown {
  const numbers = values.filter(isNumeric)
  if (!numbers.every((value) => typeOf(value) === INT32)) return numbers.reduce(sum, 0)
  const result = numbers.reduce<number>((soFar, value) => soFar + toNumber(value), 0)
  return result === (result | 0) ? result : Long.fromNumber(result)
}

const INT32 = 16

function average(values: readonly unknown[], count?: number): Double | null {
  const numbers = values.filter(isNumeric)
  if (numbers.some((value) => classOf(value) === 'Decimal128')) throw notImplemented('$avg of decimal numbers')
  return numbers.length === 0 ? null : new Double(toNumber(total(numbers)) / (count ?? numbers.length))
}

const extreme = (values: readonly unknown[], sign: 1 | -1): unknown =>
  values
    .filter((value) => !isNil(value))
    .reduce<unknown>((best, value) => (best === null || compare(value, best) * sign < 0 ? value : best), null)

function deviation(operator: string, values: readonly unknown[]): unknown {
  const numbers = values.filter(isNumeric)
  return numbers.length < (operator === '$stdDevSamp' ? 2 : 1) ? null : askMingo(operator, numbers, true)
}

/** The least of the values that so large a part of them do not exceed: exact, where MongoDB may give one near it. */
export function percentiles(values: readonly unknown[], parts: unknown): (Double | null)[] {
  const sorted = values.filter(isNumeric).toSorted(compare)
  if (!Array.isArray(parts) || !parts.every((part) => toNumber(part) >= 0 && toNumber(part) <= 1))
    throw new MongoError('Location7750303', 'percentiles are given as an array of numbers from 0 to 1')
  return parts.map((part) => {
    const place = Math.max(Math.ceil(toNumber(part) * sorted.length), 1)
    return sorted.length === 0 ? null : new Double(toNumber(sorted[place - 1]))
  })
}
