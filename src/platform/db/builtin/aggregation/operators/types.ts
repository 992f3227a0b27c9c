import { Decimal128, Double, Long, ObjectId } from 'bson'
import { decimalText } from '../../bson/arithmetic.js'
import { classOf, isDoc, isTruthy, TYPE_ALIASES, toBigInt, toNumber, typeNameOf } from '../../bson/values.js'
import { MongoError, notImplemented } from '../../errors.js'
import type { ValueOperator } from './arrays.js'
import type { ControlOperator } from './control.js'
import { parsed } from './date-texts.js'
import { argumentsOf } from './dates.js'
import { isNil, isNumeric } from './numbers.js'

const toInt = (value: unknown): unknown => Number(integer(value, 32))
const toLong = (value: unknown): unknown => Long.fromBigInt(integer(value, 64))

const CONVERSIONS: Readonly<Record<string, (value: unknown) => unknown>> = {
  bool: isTruthy,
  date: toDate,
  decimal: (value) => Decimal128.fromStringWithRounding(numberText(value)),
  double: (value) => new Double(Number(numberText(value))),
  int: toInt,
  long: toLong,
  objectId: toObjectId,
  string: toText,
}

const conversion =
  (type: string): ValueOperator =>
  (value) =>
    isNil(value) ? null : CONVERSIONS[type]?.(value)

export const TYPE_OPERATORS: Readonly<Record<string, ValueOperator>> = {
  $type: (value) => (value === undefined ? 'missing' : typeNameOf(value)),
  $isNumber: isNumeric,
  $toBool: conversion('bool'),
  $toDate: conversion('date'),
  $toDecimal: conversion('decimal'),
  $toDouble: conversion('double'),
  $toInt: conversion('int'),
  $toLong: conversion('long'),
  $toObjectId: conversion('objectId'),
  $toString: conversion('string'),
}

/** `$convert`: what stands in for null or for a failure is computed only where it is needed, and may be nothing. */
export const convert: ControlOperator = (argument, compile) => {
  const args = argumentsOf(argument, compile)
  for (const name of ['input', 'to'])
    if (!args.has(name)) throw new MongoError('FailedToParse', `Missing '${name}' parameter to $convert`)
  return (scope) => {
    const type = targetOf(args.get('to', scope))
    const input = args.get('input', scope)
    if (isNil(input)) return args.has('onNull') ? args.get('onNull', scope) : null
    if (type === null) return null
    try {
      const converted = CONVERSIONS[type]
      if (!converted) throw unsupported(input, type)
      return converted(input)
    } catch (error) {
      const fell = error instanceof MongoError && error.codeName === 'ConversionFailure'
      if (fell && args.has('onError')) return args.get('onError', scope)
      throw error
    }
  }
}

function targetOf(to: unknown): string | null {
  if (isNil(to)) return null
  if (isDoc(to)) throw notImplemented("$convert with a document as 'to'")
  if (typeof to !== 'string' && !isNumeric(to))
    throw new MongoError('FailedToParse', "$convert's 'to' argument must be a string or number")
  const type = Object.keys(TYPE_ALIASES).find(
    (name) => name === to || (isNumeric(to) && TYPE_ALIASES[name] === toNumber(to)),
  )
  if (type !== undefined) return type
  throw typeof to === 'string'
    ? new MongoError('BadValue', `Unknown type name: ${to}`)
    : new MongoError('FailedToParse', `In $convert, numeric value for 'to' does not correspond to a BSON type: ${to}`)
}

const failed = (value: unknown, type: string): MongoError =>
  new MongoError('ConversionFailure', `Failed to parse '${value}' as ${type} in $convert with no onError value`)

const unsupported = (value: unknown, type: string): MongoError =>
  new MongoError(
    'ConversionFailure',
    `Unsupported conversion from ${typeNameOf(value)} to ${type} in $convert with no onError value`,
  )

/** A number, a date, a truth value or a text that is a number, as the text of a number. */
function numberText(value: unknown): string {
  if (value instanceof Date) return String(+value)
  if (typeof value === 'boolean') return value ? '1' : '0'
  if (isNumeric(value)) return decimalOrShortest(value)
  if (typeof value !== 'string') throw unsupported(value, 'a number')
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value)) throw failed(value, 'a number')
  return value
}

const decimalOrShortest = (value: unknown): string =>
  classOf(value) === 'Double' ? String(toNumber(value)) : decimalText(value)

function integer(value: unknown, size: 32 | 64): bigint {
  const type = size === 32 ? 'int' : 'long'
  if (typeof value === 'string' && !/^[+-]?\d+$/.test(value)) throw failed(value, type)
  const exact = typeof value === 'string' ? BigInt(value.replace('+', '')) : (toBigInt(value) ?? wholeOf(value, type))
  if (BigInt.asIntN(size, exact) !== exact) throw failed(value, type)
  return exact
}

function wholeOf(value: unknown, type: string): bigint {
  if (value instanceof Date && type === 'long') return BigInt(+value)
  if (typeof value === 'boolean') return value ? 1n : 0n
  throw isNumeric(value) ? failed(value, type) : unsupported(value, type)
}

function toDate(value: unknown): Date {
  if (value instanceof Date) return value
  if (classOf(value) === 'ObjectId') return (value as ObjectId).getTimestamp()
  if (typeof value === 'string') return parsed(value)
  if (!isNumeric(value)) throw unsupported(value, 'date')
  const date = new Date(toNumber(value))
  if (Number.isNaN(+date)) throw failed(value, 'date')
  return date
}

function toObjectId(value: unknown): unknown {
  if (classOf(value) === 'ObjectId') return value
  if (typeof value === 'string' && /^[0-9a-f]{24}$/i.test(value)) return new ObjectId(value)
  throw failed(value, 'objectId')
}

export function toText(value: unknown): string {
  if (value instanceof Date) return value.toISOString()
  if (isNumeric(value) || typeof value === 'boolean' || typeof value === 'string') return String(value)
  if (classOf(value) === 'ObjectId') return (value as ObjectId).toHexString()
  throw unsupported(value, 'string')
}
