import { EMPTY_ARRAY_KEY, encodeKey, invert } from '../bson/key.js'
import { type Doc, isTruthy, toNumber } from '../bson/values.js'
import { MongoError } from '../errors.js'
import { checkPlaces, isGeo } from '../geo/indexed.js'
import { type Collation, parseCollation } from '../query/collation.js'
import { compileFilter } from '../query/filter.js'
import type { Matcher } from '../query/matcher.js'
import { EMPTY, type Path, parsePath, valuesAt } from '../query/paths.js'

export interface IndexField {
  name: string
  path: Path
  direction: 1 | -1
  /** `2d` or `2dsphere`, where it holds places. */
  geo: string | undefined
}

/** How an index is kept in the catalogue. */
export interface IndexRecord {
  id: number
  spec: Doc
  /** Whether some document has more than one key in it: then bounds on one field cannot be combined. */
  multikey: boolean
}

/** A secondary index: which documents it holds, and under which keys. */
export class Index {
  readonly name: string
  readonly fields: readonly IndexField[]
  readonly unique: boolean
  readonly sparse: boolean
  readonly partial: Doc | undefined
  readonly collation: Collation | undefined
  readonly table: string
  private readonly covers: Matcher | undefined

  constructor(
    readonly record: IndexRecord,
    collectionId: number,
  ) {
    const { spec } = record
    this.name = String(spec.name)
    this.fields = Object.entries(spec.key as Doc).map(([name, direction]) => ({
      name,
      path: parsePath(name),
      direction: toNumber(direction) < 0 ? -1 : 1,
      geo: isGeo(direction) ? direction : undefined,
    }))
    this.unique = isTruthy(spec.unique)
    this.sparse = isTruthy(spec.sparse)
    this.partial = spec.partialFilterExpression as Doc | undefined
    this.collation = parseCollation(spec.collation)
    this.covers = this.partial && compileFilter(this.partial)
    this.table = `index_${collectionId}_${record.id}`
  }

  /** Whether some field holds places. */
  get geographic(): boolean {
    return this.fields.some(({ geo }) => geo !== undefined)
  }

  /** Seconds after which documents expire, for a TTL index. */
  get expireAfterSeconds(): number | undefined {
    const { expireAfterSeconds } = this.record.spec
    return expireAfterSeconds === undefined ? undefined : toNumber(expireAfterSeconds)
  }

  /**
   * The distinct keys of a document, and whether it makes the index multikey. A geographic index sees to it that its field holds
   * places, and has no keys.
   * @throws MongoError CannotIndexParallelArrays where two fields are arrays of their own, Location16755 for what is no place
   */
  keysOf(doc: Doc): { keys: Buffer[]; array: boolean } {
    if (this.covers && !this.covers(doc)) return { keys: [], array: false }
    if (this.geographic) {
      for (const { path, geo } of this.fields) if (geo) checkPlaces(doc, path, geo, this.record.spec)
      return { keys: [], array: false }
    }
    const { tuples, array } = this.tuplesOf(doc)
    if (this.sparse && tuples.every((tuple) => tuple.every((value) => value === undefined))) return { keys: [], array }
    const keys = tuples.map((tuple) => Buffer.concat(tuple.map((value, i) => this.component(i, value))))
    return { keys: distinct(keys), array }
  }

  /** The encoding of one field's value as it stands in keys. */
  component(position: number, value: unknown): Buffer {
    const key = value === EMPTY ? EMPTY_ARRAY_KEY : encodeKey(value, this.collation?.fold)
    return this.fields[position]?.direction === -1 ? invert(key) : key
  }

  private tuplesOf(doc: Doc): { tuples: unknown[][]; array: boolean } {
    const columns = this.fields.map(({ path }) => valuesAt(doc, path))
    const arrays = columns.flatMap((column, i) => (column.array ? [i] : []))
    const [first] = arrays
    if (first === undefined) return { tuples: [columns.map((column) => column.values[0])], array: false }
    if (arrays.length === 1) {
      const many = columns[first]?.values ?? []
      return {
        tuples: many.map((value) => columns.map((column, i) => (i === first ? value : column.values[0]))),
        array: true,
      }
    }
    return { tuples: this.tuplesOfSharedArray(doc, arrays), array: true }
  }

  /** Several fields of the elements of one array: a key for each element, not for each combination. */
  private tuplesOfSharedArray(doc: Doc, arrays: readonly number[]): unknown[][] {
    const shared = commonPrefix(arrays.map((i) => this.fields[i]?.path ?? []))
    const prefix = longestArrayPrefix(doc, shared)
    if (!prefix) {
      const [a = 0, b = 0] = arrays
      throw new MongoError(
        'CannotIndexParallelArrays',
        `cannot index parallel arrays [${this.fields[b]?.path.at(-1)}] [${this.fields[a]?.path.at(-1)}]`,
      )
    }
    return prefix.elements.flatMap((element) => {
      const rows = this.fields.map(({ path }) =>
        prefix.path.every((name, i) => path[i] === name)
          ? valuesAt(element, path.slice(prefix.path.length)).values
          : valuesAt(doc, path).values,
      )
      return cartesian(rows)
    })
  }
}

function commonPrefix(paths: readonly Path[]): Path {
  const [first = [], ...rest] = paths
  const length = first.findIndex((name, i) => rest.some((path) => path[i] !== name))
  return length < 0 ? first : first.slice(0, length)
}

function longestArrayPrefix(doc: Doc, path: Path): { path: Path; elements: unknown[] } | undefined {
  let node: unknown = doc
  for (const [i, name] of path.entries()) {
    node = (node as Doc | undefined)?.[name]
    if (Array.isArray(node)) return { path: path.slice(0, i + 1), elements: node.length > 0 ? node : [undefined] }
  }
  return undefined
}

function cartesian(columns: readonly unknown[][]): unknown[][] {
  return columns.reduce<unknown[][]>(
    (rows, column) => rows.flatMap((row) => column.map((value) => [...row, value])),
    [[]],
  )
}

function distinct(keys: Buffer[]): Buffer[] {
  return keys.length < 2 ? keys : [...new Map(keys.map((key) => [key.toString('latin1'), key])).values()]
}
