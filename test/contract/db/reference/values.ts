import type { Binary, BSONRegExp, Decimal128, Document, Double, Int32, Long, ObjectId, Timestamp } from 'bson'

/**
 * The reference model: what MongoDB's manual says of queries and updates, written down as plainly as possible and as slowly as
 * need be. It shares no code with the database that it judges. Values are as the driver gives them with their types kept
 * (`promoteValues: false`): numbers are Int32, Double, Long or Decimal128, everything else is JavaScript's or a class of `bson`.
 */
export type Value = unknown

/** What the server answers to a mistake; only the code counts. */
export class Refused extends Error {
  constructor(readonly code: number) {
    super(`refused with ${code}`)
  }
}

export const CODE = {
  BadValue: 2,
  TypeMismatch: 14,
  PathNotViable: 28,
  ConflictingUpdateOperators: 40,
  ImmutableField: 66,
  DuplicateKey: 11000,
} as const

/** Kinds of values in the order in which they sort. */
const KINDS = [
  'MinKey',
  'EmptyArray',
  'Null',
  'Number',
  'String',
  'Object',
  'Array',
  'Binary',
  'ObjectId',
  'Boolean',
  'Date',
  'Timestamp',
  'RegExp',
  'MaxKey',
] as const
export type Kind = (typeof KINDS)[number]

/** How an empty array at the end of a path sorts: it has no element, and comes before null. */
export const EMPTY_ARRAY = Symbol('empty array')

const className = (value: Value): string => (value as { _bsontype?: string } | null)?._bsontype ?? ''

export function kindOf(value: Value): Kind {
  if (value === EMPTY_ARRAY) return 'EmptyArray'
  if (value === null) return 'Null'
  if (typeof value === 'string') return 'String'
  if (typeof value === 'boolean') return 'Boolean'
  if (Array.isArray(value)) return 'Array'
  if (value instanceof Date) return 'Date'
  const name = className(value)
  if (['Int32', 'Double', 'Long', 'Decimal128'].includes(name)) return 'Number'
  if (name === 'BSONRegExp') return 'RegExp'
  const known = KINDS.find((kind) => kind === name)
  return known ?? 'Object'
}

export const isObject = (value: Value): value is Document => value !== undefined && kindOf(value) === 'Object'

export type StringOrder = (a: string, b: string) => number

const byBytes: StringOrder = (a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))

/** The order of any two values: first by kind, then by value. */
export function order(a: Value, b: Value, strings: StringOrder = byBytes): number {
  const kind = kindOf(a)
  if (kind !== kindOf(b)) return KINDS.indexOf(kind) - KINDS.indexOf(kindOf(b))
  switch (kind) {
    case 'Number':
      return numberOrder(a, b)
    case 'String':
      return strings(a as string, b as string)
    case 'Object':
      return inTurn(
        Object.entries(a as Document),
        Object.entries(b as Document),
        ([name, left], [other, right]) =>
          KINDS.indexOf(kindOf(left)) - KINDS.indexOf(kindOf(right)) ||
          byBytes(name, other) ||
          order(left, right, strings),
      )
    case 'Array':
      return inTurn(a as Value[], b as Value[], (left, right) => order(left, right, strings))
    case 'Binary': {
      const [left, right] = [a as Binary, b as Binary]
      return left.length() - right.length() || left.sub_type - right.sub_type || byteOrder(left.value(), right.value())
    }
    case 'ObjectId':
      return byteOrder((a as ObjectId).id, (b as ObjectId).id)
    case 'Boolean':
    case 'Date':
      return Number(a) - Number(b)
    case 'Timestamp':
      return (a as Timestamp).compare(b as Timestamp)
    case 'RegExp':
      return (
        byBytes((a as BSONRegExp).pattern, (b as BSONRegExp).pattern) ||
        byBytes((a as BSONRegExp).options, (b as BSONRegExp).options)
      )
  }
  return 0
}

export const same = (a: Value, b: Value, strings?: StringOrder): boolean => order(a, b, strings) === 0

const byteOrder = (a: Uint8Array, b: Uint8Array): number => Buffer.compare(a, b)

/** The first difference decides; else the shorter one comes first. */
function inTurn<T>(a: readonly T[], b: readonly T[], compare: (a: T, b: T) => number): number {
  for (const [i, left] of a.entries()) {
    if (i >= b.length) return 1
    const difference = compare(left, b[i] as T)
    if (difference !== 0) return difference
  }
  return a.length - b.length
}

/** NaN comes before all other numbers and equals itself. Finite numbers compare by their exact value. */
function numberOrder(a: Value, b: Value): number {
  const [left, right] = [asDouble(a), asDouble(b)]
  if (Number.isNaN(left) || Number.isNaN(right)) return Number(Number.isNaN(right)) - Number(Number.isNaN(left))
  if (!Number.isFinite(left) || !Number.isFinite(right)) return left === right ? 0 : left < right ? -1 : 1
  const [x, y] = [exact(a), exact(b)]
  const difference = x.numerator * y.denominator - y.numerator * x.denominator
  return difference === 0n ? 0 : difference < 0n ? -1 : 1
}

/** A text would lose the sign of a zero. */
export const asDouble = (value: Value): number =>
  className(value) === 'Double' ? (value as Double).value : Number(String(value))

interface Fraction {
  numerator: bigint
  denominator: bigint
}

function exact(value: Value): Fraction {
  switch (className(value)) {
    case 'Int32':
      return { numerator: BigInt((value as Int32).value), denominator: 1n }
    case 'Long':
      return { numerator: (value as Long).toBigInt(), denominator: 1n }
    case 'Double':
      return ofDouble((value as Double).value)
  }
  return ofText((value as Decimal128).toString())
}

/** Every double is a whole number divided by a power of two. */
function ofDouble(value: number): Fraction {
  let [numerator, denominator] = [value, 1n]
  while (!Number.isInteger(numerator)) {
    numerator *= 2
    denominator *= 2n
  }
  return { numerator: BigInt(numerator), denominator }
}

function ofText(text: string): Fraction {
  const [mantissa = '', exponent = '0'] = text.split('E')
  const [whole = '', decimals = ''] = mantissa.split('.')
  const shift = Number(exponent) - decimals.length
  const numerator = BigInt(whole + decimals)
  return shift >= 0
    ? { numerator: numerator * 10n ** BigInt(shift), denominator: 1n }
    : { numerator, denominator: 10n ** BigInt(-shift) }
}
