import { equal, type StringOrder } from '../bson/compare.js'
import { type Doc, isDoc, toNumber } from '../bson/values.js'
import { MongoError } from '../errors.js'
import type { Near } from '../geo/near.js'
import { parseCollation } from '../query/collation.js'
import { compileFilter } from '../query/filter.js'
import type { Matcher } from '../query/matcher.js'
import { parseSort, type SortField, type SortKey, type SortOrder, sortBy, sortOrder } from '../query/sort.js'
import type { Collection } from './collection.js'
import type { Entry } from './documents.js'
import type { Index } from './indexes.js'
import { choosePlan, hintedPlan, type Plan } from './planner.js'
import type { View } from './view.js'

/** What to look for: the parts of commands that say so, as they came. */
export interface QuerySpec {
  filter?: unknown
  sort?: unknown
  collation?: unknown
  hint?: unknown
  /** Variables for `$expr`. */
  let?: unknown
  limit?: unknown
  skip?: unknown
  /** The filter may not ask for an order by distance. */
  orderless?: boolean
}

/** A compiled query; it can be asked of any view. */
export interface CompiledQuery {
  matches: Matcher
  filter: Doc
  sort: readonly SortField[]
  /** `$natural`: in the order of insertion, or against it. */
  natural?: 1 | -1
  /** The nearest come first where no other order is asked for. */
  near?: Near
  strings: StringOrder | undefined
  variables: Doc
  hint: unknown
  /** How many documents will be read, where the query says so. */
  expected: number | undefined
}

/** @param collection whose own collation counts where the query names none */
export function compileQuery(spec: QuerySpec, collection?: Collection): CompiledQuery {
  const filter = spec.filter ?? {}
  const strings = parseCollation(spec.collation ?? collection?.record.options.collation)?.order
  const variables = (spec.let ?? {}) as Doc
  const order: { near?: Near } = {}
  const matches = compileFilter(filter, { strings, variables, order: spec.orderless ? undefined : order })
  const natural = naturalOrder(spec.sort) ?? naturalOrder(spec.hint)
  const sort = naturalOrder(spec.sort) ? [] : parseSort(spec.sort)
  return {
    matches,
    filter: filter as Doc,
    sort,
    strings,
    variables,
    hint: spec.hint,
    expected: expectedOf(spec),
    ...(natural ? { natural } : {}),
    ...order,
  }
}

/** The documents that match, in the order asked for. Without a sort they come as they are found, one page at a time. */
export function* match(view: View, collection: Collection, query: CompiledQuery): Generator<Entry> {
  const plan = planFor(view, collection, query)
  const found = matching(view.scan(collection, plan, query.expected), query)
  const order = orderToMake(view, collection, query, plan)
  if (!order) return yield* found
  yield* sortBy(found, ({ doc }) => doc, order)
}

/** How many match, at most `limit` of those that have to be looked at one by one. */
export function countMatches(view: View, collection: Collection, query: CompiledQuery, limit: number): number {
  if (Object.keys(query.filter).length === 0) return view.count(collection)
  const counted = view.countKeys(collection, planFor(view, collection, query))
  if (counted !== undefined) return counted
  let found = 0
  for (const _ of match(view, collection, query)) if (++found >= limit) break
  return found
}

/** The first that matches. */
export function matchFirst(view: View, collection: Collection, query: CompiledQuery): Entry | undefined {
  const plan = planFor(view, collection, query)
  const found = matching(view.scan(collection, plan, query.expected), query)
  const order = orderToMake(view, collection, query, plan)
  if (!order) {
    for (const entry of found) return entry
    return undefined
  }
  let best: { entry: Entry; key: SortKey } | undefined
  for (const entry of found) {
    const key = order.keyOf(entry.doc)
    if (!best || order.compare(key, best.key) < 0) best = { entry, key }
  }
  return best?.entry
}

/** The order into which documents must be brought once they are found; undefined where they come in it, or none is asked for. */
function orderToMake(
  view: View,
  collection: Collection,
  { sort, strings, near }: CompiledQuery,
  plan: Plan,
): SortOrder | undefined {
  if (sort.length === 0)
    return near && { keyOf: (doc) => [near.distanceOf(doc) ?? 0], compare: ([a], [b]) => Number(a) - Number(b) }
  const made = plan.kind === 'index' && plan.sorted && view.keepsOrder(collection)
  return made ? undefined : sortOrder(sort, strings)
}

/** @throws MongoError NoQueryExecutionPlans where what is near is asked for and no index holds the places */
export function planFor(view: View, collection: Collection, query: CompiledQuery): Plan {
  if (query.natural) return { kind: 'table', reverse: query.natural === -1 }
  const { filter, sort, variables, strings } = query
  const question = { filter, sort, variables, collated: strings !== undefined }
  const hint = findHinted(collection, query.hint)
  const indexes = view.indexes(collection)
  if (query.near) requirePlaces(query.near, indexes)
  if (hint === '_id_') return hintedPlan(question, undefined)
  return hint && indexes.includes(hint) ? hintedPlan(question, hint) : choosePlan(question, indexes)
}

function requirePlaces({ field, indexes: kinds }: Near, indexes: readonly Index[]): void {
  if (indexes.some(({ fields }) => fields.some(({ name, geo }) => name === field && geo && kinds.includes(geo)))) return
  throw new MongoError(
    'NoQueryExecutionPlans',
    'error processing query: planner returned error :: caused by :: unable to find index for $geoNear query',
  )
}

function expectedOf({ limit, skip }: QuerySpec): number | undefined {
  const count = Math.abs(toNumber(limit ?? 0)) + toNumber(skip ?? 0)
  return limit !== undefined && count > 0 ? count : undefined
}

function* matching(entries: Iterable<Entry>, { filter, matches }: CompiledQuery): Generator<Entry> {
  // Without conditions documents need not even be decoded.
  const all = Object.keys(filter).length === 0
  for (const entry of entries) if (all || matches(entry.doc)) yield entry
}

function naturalOrder(value: unknown): 1 | -1 | undefined {
  if (!isDoc(value) || !('$natural' in value)) return undefined
  return toNumber(value.$natural) < 0 ? -1 : 1
}

/** The index that a hint names, if there is a hint. */
function findHinted(collection: Collection, hint: unknown): Index | '_id_' | undefined {
  if (hint === undefined || (isDoc(hint) && ('$natural' in hint || Object.keys(hint).length === 0))) return undefined
  if (hint === '_id_' || equal(hint, { _id: 1 })) return '_id_'
  const found = collection.indexes.find(({ name, record }) =>
    typeof hint === 'string' ? name === hint : equal(record.spec.key, hint),
  )
  if (found) return found
  throw new MongoError(
    'BadValue',
    'error processing query: planner returned error :: caused by :: hint provided does not correspond to an existing index',
  )
}
