import { compare, type StringOrder } from '../bson/compare.js'
import { type Doc, isDoc, toNumber } from '../bson/values.js'
import { MongoError, notImplemented } from '../errors.js'
import { type Path, parsePath } from './paths.js'
import { tuplesOf } from './tuples.js'

export interface SortField {
  name: string
  path: Path
  direction: 1 | -1
}

/**
 * The fields of a sort document, in order.
 * @throws MongoError BadValue for a direction other than 1 and -1
 */
export function parseSort(sort: unknown): SortField[] {
  if (sort === undefined || sort === null) return []
  if (!isDoc(sort)) throw new MongoError('TypeMismatch', "BSON field 'sort' is the wrong type, expected type 'object'")
  return Object.entries(sort).map(([name, value]) => {
    if (isDoc(value)) throw notImplemented(`sort by ${Object.keys(value)[0] ?? 'document'}`)
    const direction = toNumber(value)
    if (direction !== 1 && direction !== -1) {
      throw new MongoError('Location15975', '$sort key ordering must be 1 (for ascending) or -1 (for descending)')
    }
    return { name, path: parsePath(name), direction }
  })
}

/** What a document is sorted by, a value for each field of the sort. */
export type SortKey = readonly unknown[]

export interface SortOrder {
  /** @throws MongoError BadValue where two fields lead into arrays of their own */
  keyOf(doc: Doc): SortKey
  compare(a: SortKey, b: SortKey): number
}

/**
 * How MongoDB sorts: an array counts by its least element ascending, by its greatest descending; several fields of one array's
 * elements count by those of one element.
 */
export function sortOrder(fields: readonly SortField[], strings?: StringOrder): SortOrder {
  const paths = fields.map(({ path }) => path)
  const compareKeys = (a: SortKey, b: SortKey): number => {
    for (const [i, { direction }] of fields.entries()) {
      const order = compare(a[i] ?? null, b[i] ?? null, strings)
      if (order !== 0) return order * direction
    }
    return 0
  }
  const least = (best: unknown[], key: unknown[]) => (compareKeys(key, best) < 0 ? key : best)
  return { keyOf: (doc) => tuplesOf(doc, paths, parallel).tuples.reduce(least), compare: compareKeys }
}

const parallel = () => new MongoError('BadValue', 'cannot sort with keys that are parallel arrays')

export function sortBy<T>(items: Iterable<T>, docOf: (item: T) => Doc, { keyOf, compare }: SortOrder): T[] {
  return Array.from(items, (item) => ({ item, key: keyOf(docOf(item)) }))
    .sort((a, b) => compare(a.key, b.key))
    .map(({ item }) => item)
}
