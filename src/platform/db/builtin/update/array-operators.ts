import { compare, equal, type StringOrder } from '../bson/compare.js'
import { classOf, fieldOf, isDoc, Rank, rankOf, toNumber } from '../bson/values.js'
import { MongoError } from '../errors.js'
import { compileFilter } from '../query/filter.js'
import { isOperators, isRegex } from '../query/operators.js'
import { parseSort, type SortField } from '../query/sort.js'
import type { Target } from './targets.js'

/** `$push` with its modifiers `$each`, `$position`, `$slice` and `$sort`. */
export function push(target: Target, argument: unknown): void {
  const { each, position, slice, sort } = pushModifiers(argument)
  const array = existingArray(target, '$push') ?? []
  const at = position === undefined ? array.length : position < 0 ? Math.max(array.length + position, 0) : position
  const next = [...array.slice(0, at), ...each, ...array.slice(at)]
  if (sort) next.sort(sort)
  target.set(slice === undefined ? next : slice < 0 ? next.slice(slice) : next.slice(0, slice))
}

export function addToSet(target: Target, argument: unknown, strings?: StringOrder): void {
  const values = isDoc(argument) && '$each' in argument ? eachOf('$addToSet', argument.$each) : [argument]
  const next = [...(existingArray(target, '$addToSet') ?? [])]
  for (const value of values) if (!next.some((known) => equal(known, value, strings))) next.push(value)
  target.set(next)
}

export function pull(target: Target, argument: unknown, strings?: StringOrder): void {
  const matches = pulled(argument, strings)
  const array = existingArray(target, '$pull')
  if (array) target.set(array.filter((element) => !matches(element)))
}

/** By operators, which look into an array that is an element, too; by the fields of documents; else by equality. */
function pulled(argument: unknown, strings: StringOrder | undefined): (element: unknown) => boolean {
  if (isRegex(argument) || (isOperators(argument) && !LOGICAL.has(Object.keys(argument)[0] ?? ''))) {
    const matches = compileFilter({ element: argument }, { strings })
    return (element) => matches({ element })
  }
  if (!isDoc(argument)) return (element) => equal(element, argument, strings)
  const matches = compileFilter(argument, { strings })
  return (element) => isDoc(element) && matches(element)
}

const LOGICAL = new Set(['$and', '$or', '$nor', '$expr'])

export function pullAll(target: Target, argument: unknown, strings?: StringOrder): void {
  if (!Array.isArray(argument)) throw new MongoError('BadValue', '$pullAll requires an array argument')
  const array = existingArray(target, '$pullAll')
  if (array) target.set(array.filter((element) => !argument.some((value) => equal(element, value, strings))))
}

export function pop(target: Target, argument: unknown): void {
  const end = toNumber(argument)
  if (end !== 1 && end !== -1) throw new MongoError('FailedToParse', `$pop expects 1 or -1, found: ${String(argument)}`)
  target.requireViable()
  if (target.value === undefined) return
  if (!Array.isArray(target.value)) {
    throw new MongoError('TypeMismatch', `Path '${target.path.join('.')}' contains an element of non-array type`)
  }
  target.set(end === 1 ? target.value.slice(0, -1) : target.value.slice(1))
}

function existingArray({ value, path, requireViable }: Target, operator: string): unknown[] | undefined {
  requireViable()
  if (value === undefined) return undefined
  if (Array.isArray(value)) return value
  if (operator === '$push' || operator === '$addToSet') {
    throw new MongoError(
      'BadValue',
      `The field '${path.join('.')}' must be an array but is of type ${rankOf(value) === Rank.Null ? 'null' : (classOf(value) ?? typeof value)}`,
    )
  }
  throw new MongoError('BadValue', `Cannot apply ${operator} to a non-array value`)
}

interface PushModifiers {
  each: readonly unknown[]
  position?: number
  slice?: number
  sort?: (a: unknown, b: unknown) => number
}

function pushModifiers(argument: unknown): PushModifiers {
  if (!isDoc(argument) || !('$each' in argument)) return { each: [argument] }
  const modifiers: PushModifiers = { each: eachOf('$push', argument.$each) }
  for (const [name, value] of Object.entries(argument)) {
    if (name === '$position') modifiers.position = wholeNumber(name, value)
    else if (name === '$slice') modifiers.slice = wholeNumber(name, value)
    else if (name === '$sort') modifiers.sort = elementOrder(value)
    else if (name !== '$each') throw new MongoError('BadValue', `Unrecognized clause in $push: ${name}`)
  }
  return modifiers
}

function eachOf(operator: string, value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new MongoError('BadValue', `The argument to $each in ${operator} must be an array`)
  return value
}

function wholeNumber(name: string, value: unknown): number {
  const number = toNumber(value)
  if (!Number.isInteger(number)) throw new MongoError('BadValue', `The value for ${name} must be an integer value`)
  return number
}

function elementOrder(sort: unknown): (a: unknown, b: unknown) => number {
  if (isDoc(sort)) return fieldOrder(parseSort(sort))
  const direction = toNumber(sort)
  if (direction !== 1 && direction !== -1)
    throw new MongoError('BadValue', 'The $sort element value must be either 1 or -1')
  return (a, b) => compare(a, b) * direction
}

/** By fields of the elements: what is missing is null, and an array counts as a whole here. */
function fieldOrder(fields: readonly SortField[]): (a: unknown, b: unknown) => number {
  return (a, b) => {
    for (const { path, direction } of fields) {
      const order = compare(path.reduce(fieldOf, a) ?? null, path.reduce(fieldOf, b) ?? null)
      if (order !== 0) return order * direction
    }
    return 0
  }
}
