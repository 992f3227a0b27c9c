import { equal } from '../bson/compare.js'
import { type Doc, isDoc, isTruthy, Rank, rankOf } from '../bson/values.js'
import { compileFilter } from '../query/filter.js'
import { isOperators } from '../query/operators.js'
import type { SortField } from '../query/sort.js'
import {
  admitsMissing,
  conditionsOf,
  type FieldCondition,
  fieldsAskedExactly,
  keyRange,
  LAST_KEY,
  overlap,
  type Span,
} from './bounds.js'
import type { Index } from './indexes.js'

/** Keys from `low` up to, not including, `high`. */
export interface KeyRange {
  low: Buffer
  high: Buffer
}

/** How the documents that may match are found. `index` undefined stands for the index on _id. */
export type Plan =
  | { kind: 'table'; reverse: boolean }
  | {
      kind: 'index'
      index: Index | undefined
      ranges: readonly KeyRange[]
      reverse: boolean
      sorted: boolean
      /** The keys in the ranges are those of all documents that match, one for each. */
      exact: boolean
    }
  | { kind: 'union'; plans: readonly Plan[] }

export interface Question {
  filter: Doc
  sort: readonly SortField[]
  /** Values of the variables that `$expr` may name. */
  variables: Doc
  /** Strings compare by a collation, so their order in the indexes says nothing. */
  collated: boolean
}

/** More ranges than this are not worth planning: fewer fields of the index are used instead. */
const MAX_RANGES = 2_000

const WHOLE: KeyRange = { low: Buffer.alloc(0), high: LAST_KEY }

/**
 * Chooses the index with which a question is answered by looking at the fewest keys, as far as the form of the question tells:
 * equal fields count most, then a range, then that the index yields the order asked for.
 */
export function choosePlan(question: Question, indexes: readonly Index[]): Plan {
  const conditions = usableConditions(question)
  const candidates = [undefined, ...indexes].flatMap((index) => {
    const candidate = consider(index, conditions, question)
    return candidate ? [candidate] : []
  })
  const best = candidates.reduce<Candidate | undefined>((a, b) => (a && a.score >= b.score ? a : b), undefined)
  if (best?.narrowing) return best.plan
  return planUnion(question, indexes) ?? best?.plan ?? { kind: 'table', reverse: false }
}

/** The plan for an index that the query names; all of it where the filter does not narrow it down. */
export function hintedPlan(question: Question, index: Index | undefined): Plan {
  const candidate = consider(index, usableConditions(question), question)
  if (candidate) return candidate.plan
  if (index?.partial || index?.collation || index?.geographic) return { kind: 'table', reverse: false }
  return { kind: 'index', index, ranges: [WHOLE], reverse: false, sorted: false, exact: false }
}

interface Candidate {
  plan: Plan
  score: number
  narrowing: boolean
}

const ID_FIELDS = [{ name: '_id', direction: 1 as const }]

function consider(
  index: Index | undefined,
  conditions: readonly FieldCondition[],
  { filter, sort, collated }: Question,
): Candidate | undefined {
  if (index && !mayServe(index, conditions)) return undefined
  const fields = index?.fields ?? ID_FIELDS
  const multikey = index?.record.multikey ?? false
  const { ranges, points, ranged, bound } = boundsOf(fields, conditions, multikey)
  const order = ranges.length === 1 && !multikey && !collated ? orderAfter(fields, points, sort) : undefined
  const narrowing = bound.length > 0
  if (index?.sparse && bound.every(admitsMissing)) return undefined
  if (!narrowing && (order === undefined || sort.length === 0)) return undefined
  const exact = points === fields.length && (index?.unique ?? true)
  const score = (exact ? 1000 : 0) + points * 10 + (ranged ? 5 : 0) + (order === undefined ? 0 : 3)
  return {
    plan: {
      ...({ kind: 'index', index, ranges, reverse: order === 'backward', sorted: order !== undefined } as const),
      exact: !multikey && !collated && answersAll(filter, bound, conditions) && areDistinct(ranges),
    },
    score,
    narrowing,
  }
}

/** Whether the bounds on an index say all that the filter does. */
function answersAll(filter: Doc, bound: readonly FieldCondition[], conditions: readonly FieldCondition[]): boolean {
  if (bound.length === 0 || fieldsAskedExactly(filter) !== bound.length) return false
  return bound.every(({ field }) => {
    const own = conditions.filter((one) => one.field === field)
    // Several demands on a field are one span only where all of them are stretches, which overlap.
    return own.length === 1 || own.every(({ spans }) => spans.length === 1 && !spans[0]?.point)
  })
}

const areDistinct = (ranges: readonly KeyRange[]): boolean =>
  ranges.length === 1 || new Set(ranges.map(({ low }) => low.toString('latin1'))).size === ranges.length

/** An index that leaves documents out may be used where the filter asks only for those it holds. */
function mayServe(index: Index, conditions: readonly FieldCondition[]): boolean {
  if (index.collation || index.geographic || isTruthy(index.record.spec.hidden)) return false
  if (!index.partial) return true
  return Object.entries(index.partial).every(([field, demand]) =>
    conditions.some((known) => known.field === field && implies(known.operand, demand)),
  )
}

function implies(operand: unknown, demand: unknown): boolean {
  if (equal(operand, demand) || (isDoc(operand) && equal(operand.$eq, demand))) return true
  const one = isOperators(operand) ? operand.$eq : operand
  const values = isOperators(operand) && Array.isArray(operand.$in) ? operand.$in : [one]
  const fulfils = compileFilter({ value: demand })
  return values.every((value) => value !== undefined && value !== null && fulfils({ value }))
}

interface Bounds {
  ranges: readonly KeyRange[]
  /** Leading fields bound to single values. */
  points: number
  ranged: boolean
  bound: readonly FieldCondition[]
}

function boundsOf(
  fields: readonly { name: string; direction: 1 | -1 }[],
  conditions: readonly FieldCondition[],
  multikey: boolean,
): Bounds {
  let ranges: readonly KeyRange[] = [WHOLE]
  const bound: FieldCondition[] = []
  for (const [position, { name, direction }] of fields.entries()) {
    const own = conditions.filter((condition) => condition.field === name)
    const splitElements =
      multikey && position > 0 && fields.slice(0, position).some((other) => sameRoot(other.name, name))
    const chosen = splitElements ? undefined : chooseCondition(own, multikey)
    const tooMany = position > 0 && ranges.length * (chosen?.spans.length ?? 0) > MAX_RANGES
    if (!chosen || tooMany) return { ranges, points: position, ranged: false, bound }
    bound.push(chosen)
    ranges = ranges.flatMap((range) => chosen.spans.map((span) => extend(range, span, direction)))
    if (!chosen.spans.every((span) => span.point)) return { ranges, points: position, ranged: true, bound }
  }
  return { ranges, points: fields.length, ranged: false, bound }
}

/** Two fields under one array: a document may satisfy each with another element, so their bounds do not go together. */
const sameRoot = (a: string, b: string): boolean => a.split('.')[0] === b.split('.')[0]

function chooseCondition(own: readonly FieldCondition[], multikey: boolean): FieldCondition | undefined {
  const exact = own.find(({ spans }) => spans.every((span) => span.point))
  const [first, ...rest] = own
  if (exact || !first || multikey) return exact ?? first
  const simple = [first, ...rest].filter(({ spans }) => spans.length === 1)
  const [start] = simple
  if (!start) return first
  const spans = simple.map((each) => each.spans[0]).filter((span): span is Span => span !== undefined)
  // Both halves of a range narrow it, unless they are one and the same and keep their identity.
  return spans.length === 1 ? start : { ...start, spans: [spans.reduce(overlap)] }
}

function extend(prefix: KeyRange, span: Span, direction: 1 | -1): KeyRange {
  const { low, high } = keyRange(span, direction)
  return { low: Buffer.concat([prefix.low, low]), high: Buffer.concat([prefix.low, high]) }
}

/** Whether walking the index from its bound prefix yields the order asked for, and which way. */
function orderAfter(
  fields: readonly { name: string; direction: 1 | -1 }[],
  points: number,
  sort: readonly SortField[],
): 'forward' | 'backward' | undefined {
  const fixed = new Set(fields.slice(0, points).map(({ name }) => name))
  const wanted = sort.filter(({ name }) => !fixed.has(name))
  const offered = fields.slice(points)
  const [first] = wanted
  if (!first) return 'forward'
  const reverse = offered[0]?.direction !== first.direction
  const fits = wanted.every(({ name, direction }, i) => {
    const field = offered[i]
    return field?.name === name && (field.direction === direction) !== reverse
  })
  if (!fits) return undefined
  return reverse ? 'backward' : 'forward'
}

/** Under a collation only what holds no string keeps its place in the index. */
function usableConditions({ filter, variables, collated }: Question): FieldCondition[] {
  const conditions = conditionsOf(filter, variables)
  return collated ? conditions.filter(({ operand }) => !holdsText(operand)) : conditions
}

function holdsText(operand: unknown): boolean {
  if (Array.isArray(operand)) return operand.some(holdsText)
  if (isDoc(operand)) return Object.values(operand).some(holdsText)
  const rank = rankOf(operand)
  return rank === Rank.String || rank === Rank.RegExp
}

/** `$or` is answered branch by branch if every branch has an index of its own. */
function planUnion(question: Question, indexes: readonly Index[]): Plan | undefined {
  const branches = question.filter.$or
  if (!Array.isArray(branches)) return undefined
  const plans = branches.filter(isDoc).map((filter) => choosePlan({ ...question, filter, sort: [] }, indexes))
  return plans.length > 0 && plans.every(({ kind }) => kind !== 'table') ? { kind: 'union', plans } : undefined
}
