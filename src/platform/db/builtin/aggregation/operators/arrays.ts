import { compare, equal } from '../../bson/compare.js'
import { encodeKey } from '../../bson/key.js'
import { type Doc, fieldOf, isDoc, isTruthy, toNumber } from '../../bson/values.js'
import { MongoError } from '../../errors.js'
import { parseSort, sortBy, sortOrder } from '../../query/sort.js'
import { isNil } from './numbers.js'

/** An operator on values that have been computed. What is missing is undefined. */
export type ValueOperator = (...values: unknown[]) => unknown

/** Comparisons in MongoDB's order of types. */
const comparison =
  (accepts: (order: number) => unknown): ValueOperator =>
  (a, b) =>
    accepts(compare(a, b))

export const COMPARISON_OPERATORS: Readonly<Record<string, ValueOperator>> = {
  $eq: comparison((order) => order === 0),
  $ne: comparison((order) => order !== 0),
  $gt: comparison((order) => order > 0),
  $gte: comparison((order) => order >= 0),
  $lt: comparison((order) => order < 0),
  $lte: comparison((order) => order <= 0),
  $cmp: comparison((order) => order),
  $not: (value) => !isTruthy(value),
}

/** What takes arrays, sets and documents apart and puts them together: the values within stay what they are. */
export const ARRAY_OPERATORS = {
  $in(item, list) {
    if (!Array.isArray(list)) throw new MongoError('Location40081', '$in requires an array as a second argument')
    return list.some((each) => equal(each, item))
  },
  $size(list) {
    if (!Array.isArray(list)) throw new MongoError('Location17124', 'The argument to $size must be an array')
    return list.length
  },
  $isArray: (value) => Array.isArray(value),
  $arrayElemAt(list, index) {
    if (isNil(list) || isNil(index)) return null
    return arrayOf('$arrayElemAt', list).at(toNumber(index))
  },
  $first: (list) => (isNil(list) ? null : arrayOf('$first', list)[0]),
  $last: (list) => (isNil(list) ? null : arrayOf('$last', list).at(-1)),
  $slice(...operands) {
    if (operands.some(isNil)) return null
    const [list, from, count] = operands
    const array = arrayOf('$slice', list)
    const first = toNumber(from)
    if (operands.length === 2) return first < 0 ? array.slice(first) : array.slice(0, first)
    if (!(toNumber(count) > 0)) throw new MongoError('Location28729', 'Third argument to $slice must be positive')
    const start = first < 0 ? Math.max(array.length + first, 0) : first
    return array.slice(start, start + toNumber(count))
  },
  $concatArrays: (...lists) => (lists.some(isNil) ? null : lists.flatMap((list) => arrayOf('$concatArrays', list))),
  $reverseArray: (list) => (isNil(list) ? null : arrayOf('$reverseArray', list).toReversed()),
  $indexOfArray(list, value, from = 0, to = Number.POSITIVE_INFINITY) {
    if (isNil(list)) return null
    return arrayOf('$indexOfArray', list).findIndex(
      (each, i) => i >= toNumber(from) && i < toNumber(to) && equal(each, value),
    )
  },
  $sortArray(argument) {
    const { input, sortBy: by } = argument as Doc
    if (isNil(input)) return null
    const array = arrayOf('$sortArray', input)
    if (!isDoc(by)) return array.toSorted((a, b) => compare(a, b) * toNumber(by))
    return sortBy(array, (each) => (isDoc(each) ? each : {}), sortOrder(parseSort(by)))
  },
  $firstN: several('$firstN'),
  $lastN: several('$lastN'),
  $maxN: several('$maxN'),
  $minN: several('$minN'),
  $zip(argument) {
    const { inputs, useLongestLength, defaults = [] } = argument as Doc
    if (isNil(inputs)) return null
    const lists = arrayOf('$zip', inputs)
    if (lists.some(isNil)) return null
    const lengths = lists.map((list) => arrayOf('$zip', list).length)
    const length = isTruthy(useLongestLength) ? Math.max(...lengths) : Math.min(...lengths)
    return Array.from({ length }, (_, i) =>
      lists.map((list, j) => (i < (lengths[j] ?? 0) ? (list as unknown[])[i] : ((defaults as unknown[])[j] ?? null))),
    )
  },
  $arrayToObject(pairs) {
    if (isNil(pairs)) return null
    return Object.fromEntries(
      arrayOf('$arrayToObject', pairs).map((pair) => {
        const [key, value] = Array.isArray(pair) ? pair : [fieldOf(pair, 'k'), fieldOf(pair, 'v')]
        if (typeof key === 'string') return [key, value]
        throw new MongoError('Location40398', '$arrayToObject requires pairs of a string and a value')
      }),
    )
  },
  $objectToArray: (doc) =>
    isNil(doc) ? null : Object.entries(docOf('$objectToArray', doc)).map(([k, v]) => ({ k, v })),
  $mergeObjects: (...docs) => mergeObjects(docs.length === 1 && Array.isArray(docs[0]) ? docs[0] : docs),
  $setField: (argument) => withField('$setField', argument as Doc, (argument as Doc).value),
  $unsetField: (argument) => withField('$unsetField', argument as Doc, undefined),
  $setUnion: (...lists) =>
    lists.some(isNil) ? null : [...keyed(lists.flatMap((list) => arrayOf('$setUnion', list))).values()],
  $setIntersection(...lists) {
    if (lists.some(isNil)) return null
    const [first = new Map(), ...others] = lists.map((list) => keyed(arrayOf('$setIntersection', list)))
    return [...first].filter(([key]) => others.every((other) => other.has(key))).map(([, value]) => value)
  },
  $setDifference(list, without) {
    if (isNil(list) || isNil(without)) return null
    const others = keyed(arrayOf('$setDifference', without))
    return [...keyed(arrayOf('$setDifference', list))].filter(([key]) => !others.has(key)).map(([, value]) => value)
  },
  $setEquals(...lists) {
    const [first = new Map(), ...others] = lists.map((list) => keyed(arrayOf('$setEquals', list)))
    return others.every((other) => other.size === first.size && isSubset(first, other))
  },
  $setIsSubset: (list, of) => isSubset(keyed(arrayOf('$setIsSubset', list)), keyed(arrayOf('$setIsSubset', of))),
  $allElementsTrue: (list) => arrayOf('$allElementsTrue', list).every(isTruthy),
  $anyElementTrue: (list) => arrayOf('$anyElementTrue', list).some(isTruthy),
} satisfies Readonly<Record<string, ValueOperator>>

const present = (values: readonly unknown[]): unknown[] => values.filter((value) => !isNil(value))

/** Values by their keys: of those that MongoDB holds for equal, the first. */
export function keyed(values: readonly unknown[]): Map<string, unknown> {
  const found = new Map<string, unknown>()
  for (const value of values) {
    const key = encodeKey(value).toString('latin1')
    if (!found.has(key)) found.set(key, value)
  }
  return found
}

const isSubset = (a: ReadonlyMap<string, unknown>, b: ReadonlyMap<string, unknown>): boolean =>
  [...a.keys()].every((key) => b.has(key))

export function mergeObjects(docs: readonly unknown[]): Doc {
  return Object.assign({}, ...present(docs).map((doc) => docOf('$mergeObjects', doc)))
}

/** Some of a list, as expressions of an array and as accumulators of a group. */
export const SEVERAL: Readonly<Record<string, (list: readonly unknown[], n: number) => unknown[]>> = {
  $firstN: (list, n) => list.slice(0, n),
  $lastN: (list, n) => list.slice(-n),
  $maxN: (list, n) =>
    present(list)
      .sort((a, b) => compare(b, a))
      .slice(0, n),
  $minN: (list, n) =>
    present(list)
      .sort((a, b) => compare(a, b))
      .slice(0, n),
}

function several(operator: string): ValueOperator {
  return (argument) => {
    const { input, n } = argument as Doc
    return isNil(input) ? null : SEVERAL[operator]?.(arrayOf(operator, input), atLeastOne(operator, n))
  }
}

/** @throws MongoError for a count that is none */
export function atLeastOne(operator: string, n: unknown): number {
  const count = toNumber(n)
  if (Number.isInteger(count) && count > 0) return count
  throw new MongoError('Location5787908', `'n' must be greater than 0, found ${n} for ${operator}`)
}

function withField(operator: string, { field, input }: Doc, value: unknown): unknown {
  if (isNil(input)) return null
  const { [String(field)]: before, ...others } = docOf(operator, input)
  if (value === undefined) return others
  return before === undefined ? { ...others, [String(field)]: value } : { ...(input as Doc), [String(field)]: value }
}

function arrayOf(operator: string, value: unknown): unknown[] {
  if (Array.isArray(value)) return value
  throw new MongoError('BadValue', `the argument of ${operator} must be an array`)
}

function docOf(operator: string, value: unknown): Doc {
  if (isDoc(value)) return value
  throw new MongoError('BadValue', `the argument of ${operator} must be an object`)
}
