import { Decimal128, Double, Long } from 'bson'
import { add, isDouble, multiply, subtract } from '../../bson/arithmetic.js'
import { scaled, scaledDouble } from '../../bson/numbers.js'
import { classOf, Rank, rankOf, toBigInt, toNumber } from '../../bson/values.js'
import { MongoError, notImplemented } from '../../errors.js'
import type { ValueOperator } from './arrays.js'

export const isNumeric = (value: unknown): boolean => rankOf(value) === Rank.Number
export const isNil = (value: unknown): boolean => value === undefined || value === null
const isDecimal = (value: unknown): boolean => classOf(value) === 'Decimal128'

/** Arithmetic in the types that MongoDB gives: int32 < int64 < double < decimal, and the next wider where a result does not fit. */
export const NUMBER_OPERATORS = {
  $add(...values) {
    if (values.some(isNil)) return null
    const dates = values.filter((value) => value instanceof Date)
    if (dates.length > 1) throw new MongoError('Location16612', 'only one date allowed in an $add expression')
    const total = numbers(
      '$add',
      values.filter((value) => !(value instanceof Date)),
    ).reduce(sum, 0)
    return dates[0] ? moved(dates[0], toNumber(total)) : total
  },
  $subtract(a, b) {
    if (isNil(a) || isNil(b)) return null
    if (a instanceof Date)
      return b instanceof Date ? Long.fromNumber(+a - +b) : moved(a, -toNumber(numbers('$subtract', [b])[0]))
    numbers('$subtract', [a, b])
    return subtract(a, b) ?? new Double(toNumber(a) - toNumber(b))
  },
  $multiply(...values) {
    if (values.some(isNil)) return null
    return numbers('$multiply', values).reduce((a, b) => multiply(a, b) ?? new Double(toNumber(a) * toNumber(b)), 1)
  },
  $divide: binary('$divide', (a, b) => {
    if (toNumber(b) === 0) throw new MongoError('BadValue', "can't $divide by zero")
    return new Double(toNumber(a) / toNumber(b))
  }),
  $mod: binary('$mod', (a, b) => {
    if (toNumber(b) === 0) throw new MongoError('Location16610', "can't $mod by zero")
    if (isDouble(a) || isDouble(b)) return new Double(toNumber(a) % toNumber(b))
    return whole((toBigInt(a) ?? 0n) % (toBigInt(b) ?? 1n), a, b)
  }),
  $pow: binary('$pow', (a, b) => {
    const power = toNumber(a) ** toNumber(b)
    if (toNumber(a) === 0 && toNumber(b) < 0)
      throw new MongoError('Location28764', '$pow cannot take a base of 0 and a negative exponent')
    if (isDouble(a) || isDouble(b) || toNumber(b) < 0 || Math.abs(power) >= 2 ** 63) return new Double(power)
    return whole((toBigInt(a) ?? 0n) ** (toBigInt(b) ?? 0n), a, b)
  }),
  $abs: unary('$abs', (value) => {
    if (toNumber(value) >= 0) return value
    const result = multiply(value, -1)
    if (result === undefined) throw new MongoError('Location28680', "can't take $abs of long long min")
    return result
  }),
  $ceil: unary('$ceil', (value) => onDouble(value, Math.ceil)),
  $floor: unary('$floor', (value) => onDouble(value, Math.floor)),
  $round: (...operands) => toPlace('$round', operands, halfToEven),
  $trunc: (...operands) => toPlace('$trunc', operands, (digits, unit) => digits / unit),
  $bitAnd: bits((a, b) => a & b, -1n),
  $bitOr: bits((a, b) => a | b, 0n),
  $bitXor: bits((a, b) => a ^ b, 0n),
  $bitNot: unary('$bitNot', (value) => whole(~(toBigInt(value) ?? 0n), value)),
} satisfies Readonly<Record<string, ValueOperator>>

/** Past the longest whole number it goes on as a double. */
export const sum = (a: unknown, b: unknown): unknown => add(a, b) ?? new Double(toNumber(a) + toNumber(b))

const moved = (date: Date, ms: number): Date => new Date(+date + Math.round(ms))

function numbers(operator: string, values: readonly unknown[]): readonly unknown[] {
  if (values.every(isNumeric)) return values
  throw new MongoError('TypeMismatch', `${operator} only supports numeric types`)
}

function unary(operator: string, compute: (value: unknown) => unknown): ValueOperator {
  return (value) => (isNil(value) ? null : compute(numbers(operator, [value])[0]))
}

function binary(operator: string, compute: (a: unknown, b: unknown) => unknown): ValueOperator {
  return (a, b) => {
    if (isNil(a) || isNil(b)) return null
    if (numbers(operator, [a, b]).some(isDecimal)) throw notImplemented(`${operator} of decimal numbers`)
    return compute(a, b)
  }
}

/** A whole number in the widest type of those it comes from, or the next that holds it. */
function whole(value: bigint, ...from: readonly unknown[]): unknown {
  const long = from.some((each) => classOf(each) === 'Long') || BigInt.asIntN(32, value) !== value
  return long ? Long.fromBigInt(value) : Number(value)
}

function onDouble(value: unknown, compute: (value: number) => number): unknown {
  if (isDouble(value)) return new Double(compute(toNumber(value)))
  if (isDecimal(value)) throw notImplemented('rounding of decimal numbers')
  return value
}

/** Doubles are rounded by what they are to the last digit, not by the shorter number that they are written as. */
function toPlace(
  operator: string,
  operands: readonly unknown[],
  cut: (digits: bigint, unit: bigint) => bigint,
): unknown {
  if (operands.some(isNil)) return null
  const [number, to = 0] = numbers(operator, operands)
  const places = toNumber(to)
  if (!Number.isInteger(places) || places < -20 || places > 100)
    throw new MongoError(
      'Location51083',
      `cannot apply ${operator} with precision value ${places} value must be in [-20, 100]`,
    )
  if (!isDouble(number) && !isDecimal(number) && places >= 0) return number
  if (!Number.isFinite(toNumber(number))) return number
  const { digits, scale } = isDouble(number) ? scaledDouble(toNumber(number)) : scaled(String(number))
  const rounded = scale <= places ? digits * 10n ** BigInt(places - scale) : cut(digits, 10n ** BigInt(scale - places))
  const text = `${rounded}E${-places}`
  if (isDecimal(number)) return Decimal128.fromString(text)
  return isDouble(number) ? new Double(Number(text)) : whole(BigInt(rounded) * 10n ** BigInt(-places), number)
}

function halfToEven(digits: bigint, unit: bigint): bigint {
  const kept = digits / unit
  const rest = 2n * (digits < 0n ? kept * unit - digits : digits - kept * unit)
  const up = rest > unit || (rest === unit && kept % 2n !== 0n)
  return up ? kept + (digits < 0n ? -1n : 1n) : kept
}

function bits(combine: (a: bigint, b: bigint) => bigint, start: bigint): ValueOperator {
  return (...values) => {
    if (values.some(isNil)) return null
    if (!values.every((value) => isNumeric(value) && !isDouble(value) && !isDecimal(value)))
      throw new MongoError('TypeMismatch', 'bitwise operators only support int and long operands')
    return whole(values.map((value) => toBigInt(value) ?? 0n).reduce(combine, start), ...values)
  }
}
