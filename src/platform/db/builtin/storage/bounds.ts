import { afterPrefix, encodeKey, invert } from '../bson/key.js'
import { type Doc, isDoc, Rank, rankOf, toNumber } from '../bson/values.js'
import { isOperators, isRegex } from '../query/operators.js'
import { literalPrefix } from '../query/regex.js'

/** A place between values: just before, or just behind, all that begins with `key`. */
interface Cut {
  key: Buffer
  after: boolean
}

/** A stretch of one field's values; `point` where it is a single value. */
export interface Span {
  from: Cut
  to: Cut
  point: boolean
}

/** What a filter demands of one field: the value must lie in one of the spans. */
export interface FieldCondition {
  field: string
  spans: readonly Span[]
  /** The demand as the filter wrote it, e.g. `{ $gt: 5 }` or a plain value. */
  operand: unknown
}

const before = (key: Buffer): Cut => ({ key, after: false })
const after = (key: Buffer): Cut => ({ key, after: true })
const stretch = (key: Buffer, point: boolean): Span => ({ from: before(key), to: after(key), point })
const rankKey = (rank: number): Buffer => Buffer.of(rank)

/** Null in a filter also means missing, and an empty array is indexed as undefined. */
const NULLS: Span = { from: before(rankKey(Rank.Undefined)), to: after(rankKey(Rank.Null)), point: false }

/**
 * The conditions of a filter that an index can narrow down: each is necessary for a match, and a document that matches has an
 * index key in one of its spans.
 */
export function conditionsOf(filter: unknown, variables: Doc = {}): FieldCondition[] {
  if (!isDoc(filter)) return []
  return Object.entries(filter).flatMap(([field, operand]) => {
    if (field === '$and') return Array.isArray(operand) ? operand.flatMap((each) => conditionsOf(each, variables)) : []
    if (field === '$expr') return expressionConditions(operand, variables)
    return field.startsWith('$') ? [] : fieldConditions(field, operand)
  })
}

/** Operators whose spans hold what matches and nothing else, where their operand is a plain value. */
const EXACT = new Set(['$eq', '$in', '$gt', '$gte', '$lt', '$lte'])
const PLAIN: ReadonlySet<number> = new Set([Rank.String, Rank.ObjectId, Rank.Boolean, Rank.Date])

/**
 * How many fields a filter asks about, where each demand on a field is met by just the values in its spans; undefined where
 * documents have to be looked at. Arrays are another matter: a field may then have several values.
 */
export function fieldsAskedExactly(filter: Doc): number | undefined {
  const isExact = ([field, operand]: [string, unknown]) => {
    if (field.startsWith('$') || hasPlace(field)) return false
    if (!isOperators(operand)) return isPlain(operand)
    return Object.entries(operand).every(
      ([name, argument]) =>
        EXACT.has(name) && (name === '$in' ? Array.isArray(argument) && argument.every(isPlain) : isPlain(argument)),
    )
  }
  const entries = Object.entries(filter)
  return entries.every(isExact) ? entries.length : undefined
}

const isPlain = (value: unknown): boolean =>
  rankOf(value) === Rank.Number ? Number.isFinite(toNumber(value)) : PLAIN.has(rankOf(value ?? null))

/** Whether the spans let missing fields through; a sparse index does not hold those. */
export const admitsMissing = ({ spans }: FieldCondition): boolean => spans.includes(NULLS)

/** First and last byte strings of a span within an index whose field runs in `direction`. */
export function keyRange({ from, to }: Span, direction: 1 | -1): { low: Buffer; high: Buffer } {
  return direction === 1 ? { low: bytesAt(from), high: bytesAt(to) } : { low: invertedAt(to), high: invertedAt(from) }
}

/** The overlap of two spans. */
export function overlap(a: Span, b: Span): Span {
  return {
    from: Buffer.compare(bytesAt(a.from), bytesAt(b.from)) >= 0 ? a.from : b.from,
    to: Buffer.compare(bytesAt(a.to), bytesAt(b.to)) <= 0 ? a.to : b.to,
    point: false,
  }
}

/** Behind every key: keys begin with a type rank below 128, or with one turned over. */
export const LAST_KEY = Buffer.of(0xff)

const bytesAt = ({ key, after: behind }: Cut): Buffer => (behind ? (afterPrefix(key) ?? LAST_KEY) : key)
const invertedAt = ({ key, after: behind }: Cut): Buffer => bytesAt({ key: invert(key), after: !behind })

/** `{ $eq: ['$field', value] }` holds only where the field itself is that value. */
function expressionConditions(expression: unknown, variables: Doc): FieldCondition[] {
  if (!isDoc(expression)) return []
  if (Array.isArray(expression.$and)) return expression.$and.flatMap((each) => expressionConditions(each, variables))
  if (!Array.isArray(expression.$eq) || expression.$eq.length !== 2) return []
  const [left, right] = expression.$eq
  return [
    [left, right],
    [right, left],
  ].flatMap(([path, other]) => {
    const field = typeof path === 'string' ? /^\$([^$]+)$/.exec(path)?.[1] : undefined
    const value = constantOf(other, variables)
    if (field === undefined || value === undefined || value === null || hasPlace(field)) return []
    return condition(field, equality(value), { $eq: value })
  })
}

function constantOf(operand: unknown, variables: Doc): unknown {
  if (typeof operand === 'string' && operand.startsWith('$')) {
    return operand.startsWith('$$') ? variables[operand.slice(2)] : undefined
  }
  return isDoc(operand) ? operand.$literal : operand
}

/** A number within a path may be a place in an array or a name: no index answers for both. */
const hasPlace = (field: string): boolean => /(^|\.)\d+(\.|$)/.test(field)

function fieldConditions(field: string, operand: unknown): FieldCondition[] {
  if (hasPlace(field)) return []
  if (!isOperators(operand)) return condition(field, equality(operand), operand)
  return Object.entries(operand).flatMap(([name, argument]) => {
    if (name === '$elemMatch' && isDoc(argument) && !isOperators(argument)) {
      return conditionsOf(argument).map((inner) => ({ ...inner, field: `${field}.${inner.field}` }))
    }
    if (name === '$all' && Array.isArray(argument)) {
      return argument.flatMap((each) =>
        isOperators(each) ? fieldConditions(field, each) : condition(field, equality(each), each),
      )
    }
    const spans = name === '$regex' ? regexSpans(argument, operand.$options) : SPANS[name]?.(argument)
    return condition(field, spans, { [name]: argument })
  })
}

const condition = (field: string, spans: readonly Span[] | undefined, operand: unknown): FieldCondition[] =>
  spans ? [{ field, spans, operand }] : []

const SPANS: Readonly<Record<string, (argument: unknown) => readonly Span[] | undefined>> = {
  $eq: (argument) => (isRegex(argument) ? undefined : equality(argument)),
  $in: (argument) => {
    if (!Array.isArray(argument)) return undefined
    const each = argument.map(equality)
    return each.every((spans) => spans !== undefined) ? each.flat() : undefined
  },
  $gt: (argument) => bracketed(argument, (key, rank) => ({ from: after(key), to: after(rank), point: false })),
  $gte: (argument) => bracketed(argument, (key, rank) => ({ from: before(key), to: after(rank), point: false })),
  $lt: (argument) =>
    bracketed(argument, (key, rank) => ({ from: leastBelow(key, rank), to: before(key), point: false })),
  $lte: (argument) =>
    bracketed(argument, (key, rank) => ({ from: leastBelow(key, rank), to: after(key), point: false })),
}

/** An array as operand equals whole arrays, which indexes do not hold. */
function equality(operand: unknown): readonly Span[] | undefined {
  if (operand === null || operand === undefined) return [NULLS]
  if (isRegex(operand)) return regexSpans(operand)
  return Array.isArray(operand) ? undefined : [stretch(encodeKey(operand), true)]
}

const NAN_KEY = encodeKey(Number.NaN)

/** NaN sorts before all numbers and is less than none. */
const leastBelow = (key: Buffer, rank: Buffer): Cut =>
  rank[0] === Rank.Number && !key.equals(NAN_KEY) ? after(NAN_KEY) : before(rank)

/** Comparisons hold within one type only. */
function bracketed(operand: unknown, span: (key: Buffer, rank: Buffer) => Span): readonly Span[] | undefined {
  const rank = rankOf(operand ?? null)
  if (rank === Rank.Null) return [NULLS]
  if (rank === Rank.MinKey || rank === Rank.MaxKey || rank === Rank.Array || isRegex(operand)) return undefined
  return [span(encodeKey(operand), rankKey(rank))]
}

function regexSpans(pattern: unknown, options?: unknown): readonly Span[] | undefined {
  const prefix = literalPrefix(pattern, options)
  if (prefix === undefined) return undefined
  const strings = stretch(Buffer.concat([rankKey(Rank.String), Buffer.from(prefix)]), false)
  return isRegex(pattern) ? [strings, stretch(encodeKey(pattern), true)] : [strings]
}
