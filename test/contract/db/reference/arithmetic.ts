import { Decimal128, Double, Int32, Long } from 'bson'
import { asDouble, CODE, Refused, type Value } from './values.js'

const typeOf = (value: Value): string => (value as { _bsontype: string })._bsontype

/** On doubles and on whole numbers, and which of the two it is, since decimal numbers count their digits in another way for each. */
export interface Operation {
  name: 'sum' | 'product'
  doubles(x: number, y: number): number
  wholes(x: bigint, y: bigint): bigint
}

export const SUM: Operation = { name: 'sum', doubles: (x, y) => x + y, wholes: (x, y) => x + y }
export const PRODUCT: Operation = { name: 'product', doubles: (x, y) => x * y, wholes: (x, y) => x * y }

/** A double where one is, else a whole number, of 32 bits where both are and it fits. */
export function calculate(a: Value, b: Value, operation: Operation): Value {
  if (typeOf(a) === 'Decimal128' || typeOf(b) === 'Decimal128') return decimal(a, b, operation)
  if (typeOf(a) === 'Double' || typeOf(b) === 'Double') return new Double(operation.doubles(asDouble(a), asDouble(b)))
  const result = operation.wholes(BigInt(String(a)), BigInt(String(b)))
  if (typeOf(a) === 'Int32' && typeOf(b) === 'Int32' && result === BigInt.asIntN(32, result))
    return new Int32(Number(result))
  if (result !== BigInt.asIntN(64, result)) throw new Refused(CODE.BadValue)
  return Long.fromBigInt(result)
}

/** The manual does not say what a double is as a decimal number: the reference does not know either. */
export class Unsure extends Error {}

function decimal(a: Value, b: Value, { name, wholes }: Operation): Value {
  if (typeOf(a) === 'Double' || typeOf(b) === 'Double') throw new Unsure()
  const [left, right] = [digitsOf(a), digitsOf(b)]
  if (name === 'product') return fromDigits(left.digits * right.digits, left.exponent + right.exponent)
  const exponent = Math.min(left.exponent, right.exponent)
  const [x, y] = [left, right].map((each) => each.digits * 10n ** BigInt(each.exponent - exponent))
  return fromDigits(wholes(x ?? 0n, y ?? 0n), exponent)
}

function digitsOf(value: Value): { digits: bigint; exponent: number } {
  const [mantissa = '', exponent = '0'] = String(value).split('E')
  const [whole = '', decimals = ''] = mantissa.split('.')
  return { digits: BigInt(whole + decimals), exponent: Number(exponent) - decimals.length }
}

const fromDigits = (digits: bigint, exponent: number): Value => Decimal128.fromString(`${digits}E${exponent}`)

/** Bit by bit; of 64 bits where one of them is. */
export function bitwise(a: Value, operation: string, b: Value): Value {
  const [x, y] = [BigInt(String(a)), BigInt(String(b))]
  const result = { and: x & y, or: x | y, xor: x ^ y }[operation] ?? 0n
  const wide = typeOf(a) === 'Long' || typeOf(b) === 'Long'
  return wide ? Long.fromBigInt(BigInt.asIntN(64, result)) : new Int32(Number(BigInt.asIntN(32, result)))
}
