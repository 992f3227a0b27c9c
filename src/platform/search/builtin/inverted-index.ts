import type { IndexSchema, SearchDocument } from '../port.js'
import { type Column, makeColumns, pushRow } from './columns.js'
import { Dictionary } from './dictionary.js'
import { Int32List } from './growable.js'
import { MAX_FIELDS, Postings } from './postings.js'
import { TermCounter } from './term-counter.js'
import { Vocabulary } from './vocabulary.js'

/** A searched field: its weights and how long it is in each document. */
export interface FieldStats {
  name: string
  weight: number
  b: number
  lengths: Int32List
  /** Words in all live documents. */
  total: number
}

/** Fewer tombstones than this are never worth a compaction. */
const MIN_DEAD = 256

/**
 * The documents of one index and their posting lists. A document has a slot; replacing or removing it leaves a tombstone, and
 * counts (documents by word, lengths) are kept exact, so that scores equal those of an index built afresh.
 */
export class InvertedIndex {
  readonly postings = new Postings()
  readonly dictionary = new Dictionary(() => this.postings.create())
  readonly vocabulary = new Vocabulary()
  private readonly terms = new TermCounter(this.dictionary, (folded) => this.vocabulary.add(folded))
  readonly fields: readonly FieldStats[]
  private columns: ReadonlyMap<string, Column>
  /** By slot; undefined where the document was replaced or removed. */
  private documents: (SearchDocument | undefined)[] = []
  private readonly slots = new Map<string, number>()
  /** By list: the last slot added to it, plus one. */
  private lastSlot = new Int32List()

  constructor(readonly schema: IndexSchema) {
    const fields = Object.entries(schema.text)
    if (fields.length > MAX_FIELDS) throw new RangeError(`at most ${MAX_FIELDS} text fields in an index`)
    this.fields = fields.map(([name, { weight, b }]) => ({ name, weight, b, lengths: new Int32List(), total: 0 }))
    this.columns = this.emptyColumns()
  }

  /** Live documents. */
  get size(): number {
    return this.slots.size
  }

  /** Slots given out, tombstones included. */
  get capacity(): number {
    return this.documents.length
  }

  slot(id: string): number | undefined {
    return this.slots.get(id)
  }

  document(slot: number): SearchDocument | undefined {
    return this.documents[slot]
  }

  column(field: string): Column | undefined {
    return this.columns.get(field)
  }

  /** The slots of live documents. */
  liveSlots(): Iterable<number> {
    return this.slots.values()
  }

  /** Adds a document or replaces the one with its id; does nothing when that one has a higher version. */
  put(document: SearchDocument): void {
    const before = this.slots.get(document.id)
    if (before !== undefined && (this.documents[before]?.version ?? 0) > document.version) return
    this.remove(document.id)
    const slot = this.documents.push(document) - 1
    this.slots.set(document.id, slot)
    pushRow(this.columns, document)
    this.eachField(document, (field, number) => {
      field.lengths.push(this.terms.length)
      field.total += this.terms.length
      for (const list of this.terms.lists) this.addEntry(list, slot, number, this.terms.frequency(list))
    })
  }

  /** Leaves a tombstone in the document's place; does nothing for an unknown id. */
  remove(id: string): void {
    const slot = this.slots.get(id)
    const document = slot === undefined ? undefined : this.documents[slot]
    if (slot === undefined || !document) return
    this.slots.delete(id)
    this.documents[slot] = undefined
    const lists = new Set<number>()
    this.eachField(document, (field) => {
      field.total -= this.terms.length
      for (const list of this.terms.lists) lists.add(list)
    })
    for (const list of lists) this.dictionary.documents.set(list, this.dictionary.count(list) - 1)
  }

  /** Drops the tombstones once there are more of them than half the documents; slots change, so no reading may be under way. */
  compactIfWorthwhile(): void {
    const dead = this.capacity - this.size
    if (dead >= MIN_DEAD && dead * 2 > this.size) this.compact()
  }

  private compact(): void {
    const newSlot = new Int32Array(this.capacity).fill(-1)
    const kept: SearchDocument[] = []
    this.documents.forEach((document, slot) => {
      if (document) newSlot[slot] = kept.push(document) - 1
    })
    this.postings.renumber(newSlot)
    for (const field of this.fields) {
      const lengths = new Int32List(kept.length)
      newSlot.forEach((to, slot) => {
        if (to >= 0) lengths.push(field.lengths.get(slot))
      })
      field.lengths = lengths
    }
    this.columns = this.emptyColumns()
    kept.forEach((document, slot) => {
      this.slots.set(document.id, slot)
      pushRow(this.columns, document)
    })
    this.documents = kept
    this.lastSlot = new Int32List()
  }

  private emptyColumns(): ReadonlyMap<string, Column> {
    return makeColumns([...this.schema.filterable, ...this.schema.sortable])
  }

  /** Counts the terms of each field in turn; `this.terms` holds them during the visit. */
  private eachField(document: SearchDocument, visit: (field: FieldStats, number: number) => void): void {
    this.fields.forEach((field, number) => {
      this.terms.read(document[field.name])
      visit(field, number)
    })
  }

  private addEntry(list: number, slot: number, field: number, frequency: number): void {
    this.postings.append(list, slot, field, frequency)
    if (list < this.lastSlot.length && this.lastSlot.get(list) === slot + 1) return
    this.lastSlot.set(list, slot + 1)
    this.dictionary.documents.set(list, this.dictionary.count(list) + 1)
  }
}
