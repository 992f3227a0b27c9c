import { encodeKey, invert } from '../bson/key.js'
import { type Doc, isTruthy, toNumber } from '../bson/values.js'
import { checkPlaces, isGeo } from '../geo/indexed.js'
import { type Collation, parseCollation } from '../query/collation.js'
import { compileFilter } from '../query/filter.js'
import type { Matcher } from '../query/matcher.js'
import { type Path, parsePath } from '../query/paths.js'
import { tuplesOf } from '../query/tuples.js'

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
    const { tuples, array } = tuplesOf(
      doc,
      this.fields.map(({ path }) => path),
    )
    const held = this.sparse ? tuples.filter((tuple) => tuple.some((value) => value !== undefined)) : tuples
    const keys = held.map((tuple) => Buffer.concat(tuple.map((value, i) => this.component(i, value))))
    return { keys: distinct(keys), array }
  }

  /** The encoding of one field's value as it stands in keys. */
  component(position: number, value: unknown): Buffer {
    const key = encodeKey(value, this.collation?.fold)
    return this.fields[position]?.direction === -1 ? invert(key) : key
  }
}

function distinct(keys: Buffer[]): Buffer[] {
  return keys.length < 2 ? keys : [...new Map(keys.map((key) => [key.toString('latin1'), key])).values()]
}
