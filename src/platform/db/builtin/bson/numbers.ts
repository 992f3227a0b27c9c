import type { Decimal128, Long } from 'bson'
import { classOf, toNumber } from './values.js'

/**
 * A number of any BSON type as a sum of doubles, each the nearest to what the ones before leave over. Equal numbers have equal
 * sums whatever their types, and comparing the parts in turn compares the numbers. Two parts hold any Long, three any
 * Decimal128 within the range of doubles.
 */
export function numberParts(value: unknown): readonly number[] {
  const kind = classOf(value)
  if (kind === 'Long' || typeof value === 'bigint') {
    const exact = typeof value === 'bigint' ? value : (value as Long).toBigInt()
    const head = Number(exact)
    return [head, Number(exact - BigInt(head))]
  }
  if (kind === 'Decimal128') return decimalParts((value as Decimal128).toString())
  return [toNumber(value)]
}

/** Order of two numbers; NaN comes before every other number and equals itself. */
export function compareNumbers(a: unknown, b: unknown): number {
  const left = numberParts(a)
  const right = numberParts(b)
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const order = compareDoubles(left[i] ?? 0, right[i] ?? 0)
    if (order !== 0) return order
  }
  return 0
}

function compareDoubles(a: number, b: number): number {
  if (a < b) return -1
  if (a > b) return 1
  if (a === b) return 0
  return Number.isNaN(a) ? (Number.isNaN(b) ? 0 : -1) : 1
}

function decimalParts(text: string): number[] {
  const head = Number(text)
  if (!Number.isFinite(head)) {
    // Decimals beyond the doubles are finite all the same: they lie between the largest double and infinity.
    const overflown = /\d/.test(text)
    return overflown ? [Math.sign(head) * Number.MAX_VALUE, Math.sign(head) * Number.MAX_VALUE] : [head]
  }
  const parts = [head]
  let rest = subtract(scaled(text), scaledDouble(head))
  while (rest.digits !== 0n && parts.length < 3) {
    const next = Number(`${rest.digits}e${-rest.scale}`)
    parts.push(next)
    rest = subtract(rest, scaledDouble(next))
  }
  return parts
}

/** digits / 10^scale; a scale below 0 is kept, since a decimal number computed from others keeps what exponents they had. */
export interface Scaled {
  digits: bigint
  scale: number
}

/** The exact value of a number as Decimal128 writes it. */
export function scaled(text: string): Scaled {
  const match = /^([+-]?)(\d*)\.?(\d*)(?:E([+-]?\d+))?$/i.exec(text)
  if (!match) return { digits: 0n, scale: 0 }
  const [, sign, whole = '', fraction = '', exponent = '0'] = match
  const digits = BigInt(whole + fraction || '0') * (sign === '-' ? -1n : 1n)
  return { digits, scale: fraction.length - Number(exponent) }
}

/** The exact decimal expansion of a double: every binary fraction is a finite decimal one. */
export function scaledDouble(value: number): Scaled {
  let scale = 0
  let mantissa = value
  while (!Number.isInteger(mantissa)) {
    mantissa *= 2
    scale++
  }
  return { digits: BigInt(mantissa) * 5n ** BigInt(scale), scale }
}

function subtract(a: Scaled, b: Scaled): Scaled {
  const scale = Math.max(a.scale, b.scale)
  return { digits: a.digits * 10n ** BigInt(scale - a.scale) - b.digits * 10n ** BigInt(scale - b.scale), scale }
}
