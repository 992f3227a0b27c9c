import type { BSONRegExp, Code, ObjectId, Timestamp } from 'bson'
import { compareNumbers } from './numbers.js'
import { bytesOf, fieldsOf, Rank, rankOf } from './values.js'

/** Orders two strings; given where a query or an index has a collation. */
export type StringOrder = (a: string, b: string) => number

/** MongoDB's total order of values: by type, then by value. Numbers compare across their types. */
export function compare(a: unknown, b: unknown, strings: StringOrder = compareStrings): number {
  if (typeof a === 'number' && typeof b === 'number' && a === b) return 0
  const rank = rankOf(a)
  const other = rankOf(b)
  if (rank !== other) return rank < other ? -1 : 1
  switch (rank) {
    case Rank.Number:
      return compareNumbers(a, b)
    case Rank.String:
      return strings(String(a), String(b))
    case Rank.Object:
      return compareDocuments(a, b, strings)
    case Rank.Array:
      return compareArrays(a as unknown[], b as unknown[], strings)
    case Rank.Binary:
      return compareBinaries(a, b)
    case Rank.ObjectId:
      return Buffer.compare((a as ObjectId).id, (b as ObjectId).id)
    case Rank.Boolean:
    case Rank.Date:
      return Math.sign(Number(a) - Number(b))
    case Rank.Timestamp:
      return (a as Timestamp).compare(b as Timestamp)
    case Rank.RegExp:
      return compareStrings(regexKey(a), regexKey(b))
    case Rank.Code:
      return compareStrings((a as Code).code, (b as Code).code)
  }
  return 0
}

export function equal(a: unknown, b: unknown, strings?: StringOrder): boolean {
  return compare(a, b, strings) === 0
}

/** By bytes of UTF-8, which is by code point; JavaScript's own order differs only where surrogates are involved. */
export function compareStrings(a: string, b: string): number {
  if (a === b) return 0
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    const left = a.charCodeAt(i)
    const right = b.charCodeAt(i)
    if (left !== right) {
      const unitsTell = left < 0xd800 || right < 0xd800
      return unitsTell ? Math.sign(left - right) : Buffer.compare(Buffer.from(a), Buffer.from(b))
    }
  }
  return Math.sign(a.length - b.length)
}

/** Pattern and options of a regular expression as one string that orders and identifies it. */
export function regexKey(value: unknown): string {
  if (value instanceof RegExp) return `${value.source}\0${value.flags}`
  const { pattern, options } = value as BSONRegExp
  return `${pattern}\0${options}`
}

function compareDocuments(a: unknown, b: unknown, strings: StringOrder): number {
  const left = fieldsOf(a)
  const right = fieldsOf(b)
  for (const [i, [name, value]] of left.entries()) {
    const counterpart = right[i]
    if (!counterpart) return 1
    const order =
      rankOf(value) - rankOf(counterpart[1]) ||
      compareStrings(name, counterpart[0]) ||
      compare(value, counterpart[1], strings)
    if (order !== 0) return Math.sign(order)
  }
  return left.length < right.length ? -1 : 0
}

function compareArrays(a: unknown[], b: unknown[], strings: StringOrder): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const order = compare(a[i], b[i], strings)
    if (order !== 0) return order
  }
  return Math.sign(a.length - b.length)
}

function compareBinaries(a: unknown, b: unknown): number {
  const left = bytesOf(a)
  const right = bytesOf(b)
  const order = left.bytes.length - right.bytes.length || left.subtype - right.subtype
  return order === 0 ? Buffer.compare(left.bytes, right.bytes) : Math.sign(order)
}
