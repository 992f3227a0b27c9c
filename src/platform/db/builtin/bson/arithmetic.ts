import { Decimal128, Double, Int32, Long } from 'bson'
import { scaled } from './numbers.js'
import { classOf, toBigInt, toNumber } from './values.js'

/** Sum or product in the type that MongoDB gives it; undefined when a 64-bit integer overflows. */
export function add(a: unknown, b: unknown): unknown {
  return combine(
    a,
    b,
    (x, y) => x + y,
    (x, y) => x + y,
    addDecimals,
  )
}

/** Difference in the type that MongoDB gives it; undefined when a 64-bit integer overflows. */
export function subtract(a: unknown, b: unknown): unknown {
  return combine(
    a,
    b,
    (x, y) => x - y,
    (x, y) => x - y,
    (x, y) => addDecimals(x, y.startsWith('-') ? y.slice(1) : `-${y}`),
  )
}

export function multiply(a: unknown, b: unknown): unknown {
  return combine(
    a,
    b,
    (x, y) => x * y,
    (x, y) => x * y,
    multiplyDecimals,
  )
}

function combine(
  a: unknown,
  b: unknown,
  onDoubles: (a: number, b: number) => number,
  onIntegers: (a: bigint, b: bigint) => bigint,
  onDecimals: (a: string, b: string) => string,
): unknown {
  if (classOf(a) === 'Decimal128' || classOf(b) === 'Decimal128') {
    return Decimal128.fromStringWithRounding(onDecimals(decimalText(a), decimalText(b)))
  }
  if (isDouble(a) || isDouble(b)) return new Double(onDoubles(toNumber(a), toNumber(b)))
  const long = classOf(a) === 'Long' || classOf(b) === 'Long'
  const small = long ? Number.NaN : onDoubles(toNumber(a), toNumber(b))
  if (small === (small | 0)) return new Int32(small)
  const exact = onIntegers(toBigInt(a) ?? 0n, toBigInt(b) ?? 0n)
  return BigInt.asIntN(64, exact) === exact ? Long.fromBigInt(exact) : undefined
}

export const isDouble = (value: unknown): boolean =>
  classOf(value) === 'Double' || (typeof value === 'number' && !Number.isInteger(value))

/** MongoDB takes doubles into decimals with 15 significant digits. */
export function decimalText(value: unknown): string {
  if (!isDouble(value)) return String(value)
  const number = toNumber(value)
  return Number.isFinite(number) ? number.toPrecision(15) : String(number)
}

const isFiniteText = (text: string): boolean => !/n/i.test(text)

function addDecimals(a: string, b: string): string {
  if (!isFiniteText(a) || !isFiniteText(b)) return String(Number(a) + Number(b))
  const left = scaled(a)
  const right = scaled(b)
  const scale = Math.max(left.scale, right.scale)
  const digits = left.digits * 10n ** BigInt(scale - left.scale) + right.digits * 10n ** BigInt(scale - right.scale)
  return `${digits}E${-scale}`
}

function multiplyDecimals(a: string, b: string): string {
  if (!isFiniteText(a) || !isFiniteText(b)) return String(Number(a) * Number(b))
  const left = scaled(a)
  const right = scaled(b)
  return `${left.digits * right.digits}E${-(left.scale + right.scale)}`
}
