import type { UUID } from 'bson'
import { type Doc, toNumber } from '../bson/values.js'
import { Index, type IndexRecord } from './indexes.js'

/** How a collection is kept in the catalogue. */
export interface CollectionRecord {
  uuid: UUID
  options: Doc
  indexes: IndexRecord[]
  nextIndexId: number
}

export class Collection {
  readonly table: string
  indexes: readonly Index[] = []
  /** Generation of the catalogue in which it was made, and that of each of its indexes. */
  readonly created: number
  private readonly indexAges: Map<string, number>

  /**
   * @param generation of the catalogue that this is read in
   * @param before the same collection as known until now
   */
  constructor(
    readonly id: number,
    readonly db: string,
    readonly name: string,
    readonly record: CollectionRecord,
    generation: number,
    before?: Collection,
  ) {
    this.table = `documents_${id}`
    this.created = before?.created ?? generation
    this.indexAges = new Map(before?.indexAges)
    record.nextIndexId = toNumber(record.nextIndexId)
    for (const index of record.indexes) index.id = toNumber(index.id)
    this.readIndexes(generation)
  }

  get namespace(): string {
    return `${this.db}.${this.name}`
  }

  /** The indexes that existed in a generation of the catalogue. */
  indexesIn(generation: number): readonly Index[] {
    return this.indexes.filter((index) => (this.indexAges.get(index.table) ?? 0) <= generation)
  }

  /** The record of an index that is to be; whoever has made the index notes it. */
  newIndex(spec: Doc): IndexRecord {
    return { id: this.record.nextIndexId++, spec, multikey: false }
  }

  /** Follows the record after a change of its indexes. */
  readIndexes(generation: number): void {
    this.indexes = this.record.indexes.map((record) => new Index(record, this.id))
    for (const { table } of this.indexes) if (!this.indexAges.has(table)) this.indexAges.set(table, generation)
  }
}
