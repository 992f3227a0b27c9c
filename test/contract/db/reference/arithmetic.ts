import { Double, Int32, Long } from 'bson'
import { asDouble, CODE, Refused, type Value } from './values.js'

const typeOf = (value: Value): string => (value as { _bsontype: string })._bsontype

/** Sum or product: a double where one is, else a whole number, of 32 bits where both are and it fits. */
export function calculate(
  a: Value,
  b: Value,
  doubles: (x: number, y: number) => number,
  wholes: (x: bigint, y: bigint) => bigint,
): Value {
  if (typeOf(a) === 'Double' || typeOf(b) === 'Double') return new Double(doubles(asDouble(a), asDouble(b)))
  const result = wholes(BigInt(String(a)), BigInt(String(b)))
  if (typeOf(a) === 'Int32' && typeOf(b) === 'Int32' && result === BigInt.asIntN(32, result))
    return new Int32(Number(result))
  if (result !== BigInt.asIntN(64, result)) throw new Refused(CODE.BadValue)
  return Long.fromBigInt(result)
}

/** Bit by bit; of 64 bits where one of them is. */
export function bitwise(a: Value, operation: string, b: Value): Value {
  const [x, y] = [BigInt(String(a)), BigInt(String(b))]
  const result = { and: x & y, or: x | y, xor: x ^ y }[operation] ?? 0n
  const wide = typeOf(a) === 'Long' || typeOf(b) === 'Long'
  return wide ? Long.fromBigInt(BigInt.asIntN(64, result)) : new Int32(Number(BigInt.asIntN(32, result)))
}
