import type { BSONRegExp, Document } from 'bson'
import { seenAt } from './paths.js'
import { asDouble, EMPTY_ARRAY, isObject, kindOf, order, type StringOrder, same, type Value } from './values.js'

/** Where in an array the last condition that looked into one was met. */
export interface Place {
  index?: number
}

/** Whether a document passes a filter. */
export function matches(doc: Document, filter: Document, strings?: StringOrder, place: Place = {}): boolean {
  return Object.entries(filter).every(([name, demand]) => {
    switch (name) {
      case '$and':
        return (demand as Document[]).every((each) => matches(doc, each, strings, place))
      case '$or':
        return (demand as Document[]).some((each) => matches(doc, each, strings, place))
      case '$nor':
        return !(demand as Document[]).some((each) => matches(doc, each, strings))
      case '$expr':
        return holds(doc, demand as Document)
    }
    return fieldMatches(doc, name.split('.'), demand, strings, place)
  })
}

/** Whether a filter asks by operators for a value, and not for that value itself. */
export const isDemand = (value: Value): value is Document =>
  isObject(value) && Object.keys(value)[0]?.startsWith('$') === true

function fieldMatches(
  doc: Value,
  path: string[],
  demand: Value,
  strings: StringOrder | undefined,
  place: Place,
): boolean {
  if (!isDemand(demand))
    return operatorMatches(doc, path, kindOf(demand) === 'RegExp' ? '$regex' : '$eq', demand, strings, place)
  return Object.entries(demand).every(([name, argument]) => operatorMatches(doc, path, name, argument, strings, place))
}

type Test = (value: Value) => boolean

const NEGATED: Readonly<Record<string, string>> = { $ne: '$eq', $nin: '$in' }

function operatorMatches(
  doc: Value,
  path: string[],
  name: string,
  argument: Value,
  strings: StringOrder | undefined,
  place: Place,
): boolean {
  const positive = NEGATED[name]
  if (positive) return !operatorMatches(doc, path, positive, argument, strings, {})
  if (name === '$not') return !fieldMatches(doc, path, argument, strings, {})
  if (name === '$exists') return seenAt(doc, path).some(({ value }) => value !== undefined) === argument
  if (name === '$all') {
    const demands = argument as Value[]
    return demands.length > 0 && demands.every((each) => fieldMatches(doc, path, each, strings, place))
  }
  const ofWholeArrays = name === '$size' || name === '$elemMatch'
  const seen = seenAt(doc, path, !ofWholeArrays).find(({ value }) => isSo(value, name, argument, strings, place))
  if (seen?.place !== undefined) place.index = seen.place
  return seen !== undefined
}

/** Whether an operator holds for one value as it is: an array is not gone through. */
function isSo(
  value: Value,
  name: string,
  argument: Value,
  strings: StringOrder | undefined,
  place: Place = {},
): boolean {
  const positive = NEGATED[name]
  if (positive) return !isSo(value, positive, argument, strings)
  switch (name) {
    case '$not':
      return !areSo(value, argument, strings)
    case '$exists':
      return (value !== undefined) === argument
    case '$in':
      return (argument as Value[]).some((each) => areSo(value, each, strings))
    case '$all':
      return (argument as Value[]).length > 0 && (argument as Value[]).every((each) => areSo(value, each, strings))
    case '$size':
      return Array.isArray(value) && value.length === asDouble(argument)
    case '$elemMatch': {
      const elements = Array.isArray(value) ? value : []
      const index = elements.findIndex((element) => elementMatches(element, argument as Document, strings))
      if (index >= 0) place.index = index
      return index >= 0
    }
  }
  return testOf(name, argument, strings)(value)
}

function areSo(value: Value, demand: Value, strings: StringOrder | undefined): boolean {
  if (!isDemand(demand)) return isSo(value, kindOf(demand) === 'RegExp' ? '$regex' : '$eq', demand, strings)
  return Object.entries(demand).every(([name, argument]) => isSo(value, name, argument, strings))
}

/** An element of an array under `$elemMatch`: by operators as one value, by fields as a document. */
export function elementMatches(element: Value, condition: Document, strings?: StringOrder): boolean {
  const [first = ''] = Object.keys(condition)
  if (isDemand(condition) && !['$and', '$or', '$nor'].includes(first)) return areSo(element, condition, strings)
  return (isObject(element) || Array.isArray(element)) && matches(element as Document, condition, strings)
}

function testOf(name: string, argument: Value, strings?: StringOrder): Test {
  switch (name) {
    case '$eq':
      // A filter that asks for null means missing fields as well.
      return (value) => (value === undefined ? argument === null : same(value, argument, strings))
    case '$gt':
      return comparing(argument, strings, (by) => by > 0)
    case '$gte':
      return comparing(argument, strings, (by) => by >= 0)
    case '$lt':
      return comparing(argument, strings, (by) => by < 0)
    case '$lte':
      return comparing(argument, strings, (by) => by <= 0)
    case '$type':
      return (value) => value !== undefined && typeNames(value).some((each) => [argument].flat().includes(each))
    case '$mod': {
      const [divisor = 1n, remainder = 0n] = (argument as Value[]).map(truncated)
      return (value) => {
        const whole = value !== undefined && kindOf(value) === 'Number' ? truncated(value) : undefined
        return whole !== undefined && whole % divisor === remainder
      }
    }
    case '$regex': {
      const { pattern, options } =
        typeof argument === 'string' ? { pattern: argument, options: '' } : (argument as BSONRegExp)
      const expression = new RegExp(pattern, options)
      return (value) =>
        typeof value === 'string' ? expression.test(value) : value !== undefined && same(value, argument)
    }
  }
  throw new Error(`the reference does not know ${name}`)
}

/** A number without what is behind its point; undefined for what is not finite. */
function truncated(value: Value): bigint | undefined {
  const text = String(value)
  if (/^-?\d+$/.test(text)) return BigInt(text)
  return Number.isFinite(Number(text)) ? BigInt(Math.trunc(Number(text))) : undefined
}

/** Comparisons hold between values of one kind only; NaN is neither more nor less than any number. */
function comparing(argument: Value, strings: StringOrder | undefined, accepts: (by: number) => boolean): Test {
  return (value) => {
    const one = value === undefined ? null : value
    if (kindOf(one) !== kindOf(argument) || (value === undefined && argument !== null)) return false
    if (kindOf(one) === 'Number' && Number.isNaN(asDouble(one)) !== Number.isNaN(asDouble(argument))) return false
    return accepts(order(one, argument, strings))
  }
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  Int32: 'int',
  Double: 'double',
  Long: 'long',
  Decimal128: 'decimal',
  String: 'string',
  Object: 'object',
  Array: 'array',
  Boolean: 'bool',
  Null: 'null',
  Date: 'date',
}

function typeNames(value: Value): string[] {
  const kind = kindOf(value)
  const name = kind === 'Number' ? (value as { _bsontype: string })._bsontype : kind
  return [TYPE_NAMES[name] ?? name, ...(kind === 'Number' ? ['number'] : [])]
}

/** A missing field stands between MinKey and null, where an empty array stands in a sort. */
const orMissing = (value: Value): Value => (value === undefined ? EMPTY_ARRAY : value)

/** `$expr` with one comparison of a top-level field and another field or a constant. */
function holds(doc: Document, expression: Document): boolean {
  const [[name, operands]] = Object.entries(expression) as [[string, Value[]]]
  const [a, b] = operands.map((operand) =>
    typeof operand === 'string' && operand.startsWith('$') ? doc[operand.slice(1)] : operand,
  )
  const by = order(orMissing(a), orMissing(b))
  return { $eq: by === 0, $ne: by !== 0, $gt: by > 0, $gte: by >= 0, $lt: by < 0, $lte: by <= 0 }[name] as boolean
}
