import { add } from '../bson/arithmetic.js'
import { compare } from '../bson/compare.js'
import { encodeKey } from '../bson/key.js'
import { classOf, Rank, rankOf, toNumber } from '../bson/values.js'
import { notImplemented } from '../errors.js'

/** Makes one value of those of a group, in BSON's own arithmetic and order. Absent values are undefined. */
export type Accumulator = (values: readonly unknown[]) => unknown

export const isNumeric = (value: unknown): boolean => rankOf(value) === Rank.Number
export const isBsonNumber = (value: unknown): boolean => isNumeric(value) && typeof value !== 'number'

/** The accumulators that are not left to mingo, which has its own idea of numbers, order, equality and absence. */
export const OWN_ACCUMULATORS: Readonly<Record<string, Accumulator>> = {
  $sum: sum,
  $avg: average,
  $min: (values) => extreme(values, 1),
  $max: (values) => extreme(values, -1),
  $count: (values) => values.length,
  $first: (values) => values[0] ?? null,
  $last: (values) => values.at(-1) ?? null,
  $push: (values) => values.filter((value) => value !== undefined),
  $addToSet: distinct,
}

function sum(values: readonly unknown[]): unknown {
  const numbers = values.filter(isNumeric)
  if (numbers.some(isBsonNumber)) return numbers.reduce(add, 0)
  return numbers.reduce<number>((total, value) => total + (value as number), 0)
}

function average(values: readonly unknown[]): number | null {
  const numbers = values.filter(isNumeric)
  if (numbers.some((value) => classOf(value) === 'Decimal128')) throw notImplemented('$avg of decimal numbers')
  return numbers.length === 0 ? null : toNumber(sum(numbers)) / numbers.length
}

const extreme = (values: readonly unknown[], sign: 1 | -1): unknown =>
  values
    .filter((value) => value !== undefined && value !== null)
    .reduce<unknown>((best, value) => (best === null || compare(value, best) * sign < 0 ? value : best), null)

function distinct(values: readonly unknown[]): unknown[] {
  const present = values.filter((value) => value !== undefined)
  return [...new Map(present.map((value) => [encodeKey(value).toString('latin1'), value])).values()]
}
