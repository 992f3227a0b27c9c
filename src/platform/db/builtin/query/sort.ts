import { compare, type StringOrder } from '../bson/compare.js'
import { type Doc, isDoc, toNumber } from '../bson/values.js'
import { MongoError, notImplemented } from '../errors.js'
import { EMPTY, type Path, parsePath, valuesAt } from './paths.js'

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

/** Orders documents as MongoDB sorts: an array counts by its least element ascending, by its greatest descending. */
export function sortOrder(fields: readonly SortField[], strings?: StringOrder): (a: Doc, b: Doc) => number {
  return (a, b) => {
    for (const { path, direction } of fields) {
      const order = compareSortKeys(extreme(a, path, direction, strings), extreme(b, path, direction, strings), strings)
      if (order !== 0) return order * direction
    }
    return 0
  }
}

function extreme(doc: Doc, path: Path, direction: 1 | -1, strings: StringOrder | undefined): unknown {
  const { values } = valuesAt(doc, path)
  return values.reduce((best, value) => (compareSortKeys(value, best, strings) * direction < 0 ? value : best))
}

function compareSortKeys(a: unknown, b: unknown, strings: StringOrder | undefined): number {
  if (a === EMPTY || b === EMPTY) return a === b ? 0 : a === EMPTY ? lowerThanNull(b) : -lowerThanNull(a)
  return compare(a ?? null, b ?? null, strings)
}

/** An empty array stands between MinKey and null. */
const lowerThanNull = (other: unknown): number => (compare(other ?? null, null) < 0 ? 1 : -1)
