import { equal, type StringOrder } from '../bson/compare.js'
import { type Doc, isDoc, toNumber } from '../bson/values.js'
import { MongoError } from '../errors.js'
import { parseCollation } from '../query/collation.js'
import { compileFilter, type Matcher } from '../query/filter.js'
import { parseSort, type SortField, sortOrder } from '../query/sort.js'
import type { Collection } from './collection.js'
import type { Entry } from './documents.js'
import type { Index } from './indexes.js'
import { choosePlan, type Plan } from './planner.js'
import type { View } from './view.js'

/** What to look for: the parts of commands that say so, as they came. */
export interface QuerySpec {
  filter?: unknown
  sort?: unknown
  collation?: unknown
  hint?: unknown
  /** Variables for `$expr`. */
  let?: unknown
}

/** A compiled query; it can be asked of any view. */
export interface CompiledQuery {
  matches: Matcher
  filter: Doc
  sort: readonly SortField[]
  /** `$natural`: in the order of insertion, or against it. */
  natural?: 1 | -1
  strings: StringOrder | undefined
  hint: unknown
}

export function compileQuery(spec: QuerySpec): CompiledQuery {
  const filter = spec.filter ?? {}
  const strings = parseCollation(spec.collation)?.order
  const matches = compileFilter(filter, { strings, variables: spec.let as Doc | undefined })
  const natural = naturalOrder(spec.sort) ?? naturalOrder(spec.hint)
  const sort = naturalOrder(spec.sort) ? [] : parseSort(spec.sort)
  return { matches, filter: filter as Doc, sort, strings, hint: spec.hint, ...(natural ? { natural } : {}) }
}

/** The documents that match, in the order asked for. Without a sort they come as they are found, one page at a time. */
export function* match(view: View, collection: Collection, query: CompiledQuery): Generator<Entry> {
  const plan = planFor(view, collection, query)
  const found = matching(view.scan(collection, plan), query.matches)
  const ordered = plan.kind === 'index' && plan.sorted && view.keepsOrder(collection)
  if (query.sort.length === 0 || ordered) return yield* found
  const order = sortOrder(query.sort, query.strings)
  yield* [...found].sort((a, b) => order(a.doc, b.doc))
}

/** The first that matches. */
export function matchFirst(view: View, collection: Collection, query: CompiledQuery): Entry | undefined {
  const plan = planFor(view, collection, query)
  const found = matching(view.scan(collection, plan), query.matches)
  if (query.sort.length === 0 || (plan.kind === 'index' && plan.sorted && view.keepsOrder(collection))) {
    for (const entry of found) return entry
    return undefined
  }
  const order = sortOrder(query.sort, query.strings)
  let best: Entry | undefined
  for (const entry of found) if (!best || order(entry.doc, best.doc) < 0) best = entry
  return best
}

export function planFor(view: View, collection: Collection, query: CompiledQuery): Plan {
  if (query.natural) return { kind: 'table', reverse: query.natural === -1 }
  const indexes = hinted(collection, view.indexes(collection), query.hint)
  return choosePlan({ filter: query.filter, sort: query.sort, collated: query.strings !== undefined }, indexes)
}

function* matching(entries: Iterable<Entry>, matches: Matcher): Generator<Entry> {
  for (const entry of entries) if (matches(entry.doc)) yield entry
}

function naturalOrder(value: unknown): 1 | -1 | undefined {
  if (!isDoc(value) || !('$natural' in value)) return undefined
  return toNumber(value.$natural) < 0 ? -1 : 1
}

function hinted(collection: Collection, indexes: readonly Index[], hint: unknown): readonly Index[] {
  if (hint === undefined || (isDoc(hint) && ('$natural' in hint || Object.keys(hint).length === 0))) return indexes
  if (hint === '_id_' || (isDoc(hint) && Object.keys(hint).join() === '_id')) return []
  const fits = ({ name, record }: Index): boolean =>
    typeof hint === 'string' ? name === hint : equal(record.spec.key, hint)
  if (!collection.indexes.some(fits)) {
    throw new MongoError(
      'BadValue',
      'error processing query: planner returned error :: caused by :: hint provided does not correspond to an existing index',
    )
  }
  return indexes.filter(fits)
}
