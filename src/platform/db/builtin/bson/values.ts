import { type Binary, type Decimal128, type Double, deserialize, type Int32, type Long, serialize } from 'bson'

/** A decoded document. Numbers keep their BSON type (Int32, Double, Long, Decimal128 of `bson`). */
export type Doc = Record<string, unknown>

/** Largest document that MongoDB accepts, in bytes. */
export const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024

/** BSON to values that keep their exact type, so that writing them back changes nothing. */
export function decode(raw: Uint8Array): Doc {
  return deserialize(raw, { promoteValues: false, promoteBuffers: false, bsonRegExp: true })
}

/** Values to BSON. Absent values are left out; inside arrays they become null, as drivers do. */
export function encode(doc: Doc): Buffer {
  return Buffer.from(serialize(doc, { ignoreUndefined: true }))
}

/** MongoDB's order of types in comparisons and sorts; equal ranks compare by value. */
export const Rank = {
  MinKey: 1,
  Undefined: 2,
  Null: 3,
  Number: 4,
  String: 5,
  Object: 6,
  Array: 7,
  Binary: 8,
  ObjectId: 9,
  Boolean: 10,
  Date: 11,
  Timestamp: 12,
  RegExp: 13,
  DBPointer: 14,
  Code: 15,
  MaxKey: 127,
} as const

const RANK_OF_CLASS: Readonly<Record<string, number>> = {
  Int32: Rank.Number,
  Double: Rank.Number,
  Long: Rank.Number,
  Decimal128: Rank.Number,
  BSONSymbol: Rank.String,
  DBRef: Rank.Object,
  Binary: Rank.Binary,
  ObjectId: Rank.ObjectId,
  Timestamp: Rank.Timestamp,
  BSONRegExp: Rank.RegExp,
  Code: Rank.Code,
  MinKey: Rank.MinKey,
  MaxKey: Rank.MaxKey,
}

export function rankOf(value: unknown): number {
  switch (typeof value) {
    case 'string':
      return Rank.String
    case 'number':
    case 'bigint':
      return Rank.Number
    case 'boolean':
      return Rank.Boolean
    case 'undefined':
    case 'symbol':
      return Rank.Undefined
  }
  if (value === null) return Rank.Null
  if (Array.isArray(value)) return Rank.Array
  if (value instanceof Date) return Rank.Date
  if (value instanceof RegExp) return Rank.RegExp
  if (value instanceof Uint8Array) return Rank.Binary
  return RANK_OF_CLASS[classOf(value) ?? ''] ?? Rank.Object
}

/** Name of the `bson` class of a value, if it is of one; a document that merely has a field of that name is none. */
export function classOf(value: unknown): string | undefined {
  const name = (value as { _bsontype?: unknown } | null | undefined)?._bsontype
  return typeof name === 'string' && !Object.hasOwn(value as object, '_bsontype') ? name : undefined
}

/** A document: neither an array nor a value of a BSON class. */
export function isDoc(value: unknown): value is Doc {
  return typeof value === 'object' && value !== null && rankOf(value) === Rank.Object
}

/** Type numbers and aliases that `$type` takes. */
export const TYPE_ALIASES: Readonly<Record<string, number>> = {
  double: 1,
  string: 2,
  object: 3,
  array: 4,
  binData: 5,
  undefined: 6,
  objectId: 7,
  bool: 8,
  date: 9,
  null: 10,
  regex: 11,
  dbPointer: 12,
  javascript: 13,
  symbol: 14,
  javascriptWithScope: 15,
  int: 16,
  timestamp: 17,
  long: 18,
  decimal: 19,
  minKey: -1,
  maxKey: 127,
}

const TYPE_OF_RANK: Readonly<Record<number, number>> = {
  [Rank.MinKey]: -1,
  [Rank.Undefined]: 6,
  [Rank.Null]: 10,
  [Rank.Object]: 3,
  [Rank.Array]: 4,
  [Rank.Binary]: 5,
  [Rank.ObjectId]: 7,
  [Rank.Boolean]: 8,
  [Rank.Date]: 9,
  [Rank.Timestamp]: 17,
  [Rank.RegExp]: 11,
  [Rank.Code]: 13,
  [Rank.MaxKey]: 127,
}

/** BSON type number of a value as it is, or would be, stored. */
export function typeOf(value: unknown): number {
  if (typeof value === 'number') return Number.isInteger(value) && value === (value | 0) ? 16 : 1
  if (typeof value === 'bigint') return 18
  switch (classOf(value)) {
    case 'Int32':
      return 16
    case 'Double':
      return 1
    case 'Long':
      return 18
    case 'Decimal128':
      return 19
    case 'BSONSymbol':
      return 14
  }
  return TYPE_OF_RANK[rankOf(value)] ?? 2
}

export function typeNameOf(value: unknown): string {
  const type = typeOf(value)
  return Object.entries(TYPE_ALIASES).find(([, number]) => number === type)?.[0] ?? 'object'
}

/** A number of any BSON type as the nearest double; NaN for what is no number. */
export function toNumber(value: unknown): number {
  if (typeof value === 'number') return value
  switch (classOf(value)) {
    case 'Int32':
    case 'Double':
      return (value as Int32 | Double).value
    case 'Long':
      return (value as Long).toNumber()
    case 'Decimal128':
      return Number((value as Decimal128).toString())
  }
  return typeof value === 'bigint' ? Number(value) : Number.NaN
}

/** A number of any BSON type without what is behind its point; undefined for what is no finite number. */
export function toBigInt(value: unknown): bigint | undefined {
  if (classOf(value) === 'Long') return (value as Long).toBigInt()
  const number = toNumber(value)
  return Number.isFinite(number) ? BigInt(Math.trunc(number)) : undefined
}

/** MongoDB's truth: everything but false, null, missing and zero. */
export function isTruthy(value: unknown): boolean {
  if (value === undefined || value === null || value === false) return false
  return rankOf(value) !== Rank.Number || toNumber(value) !== 0
}

/** The bytes of a Binary or Buffer with its subtype. */
export function bytesOf(value: unknown): { bytes: Uint8Array; subtype: number } {
  if (value instanceof Uint8Array) return { bytes: value, subtype: 0 }
  const binary = value as Binary
  return { bytes: binary.buffer.subarray(0, binary.position), subtype: binary.sub_type }
}

/** A DBRef is a document whose fields `bson` has gathered into a class. */
export function fieldsOf(value: unknown): [string, unknown][] {
  if (classOf(value) !== 'DBRef') return Object.entries(value as Doc)
  const { collection, oid, db, fields } = value as { collection: string; oid: unknown; db?: string; fields: Doc }
  return [
    ['$ref', collection],
    ['$id', oid],
    ...(db ? [['$db', db] as [string, unknown]] : []),
    ...Object.entries(fields),
  ]
}

/** A field of a document, or an element of an array; own ones only, so that names such as `constructor` find nothing. */
export function fieldOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  if (Object.hasOwn(value, name)) return (value as Doc)[name]
  return classOf(value) === 'DBRef' ? Object.fromEntries(fieldsOf(value))[name] : undefined
}
