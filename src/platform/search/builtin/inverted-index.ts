import type { FieldValue, IndexSchema, SearchDocument } from '../port.js'
import { type Column, makeColumns, pushRow } from './columns.js'
import { Dictionary } from './dictionary.js'
import { type FieldTerms, fieldTerms } from './document-terms.js'
import { Int32List } from './growable.js'
import { MAX_FIELDS, Postings } from './postings.js'
import { Spellings } from './spellings.js'
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
  readonly spellings = new Spellings()
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
    this.termsOf(document).forEach((terms, number) => {
      const field = this.fields[number]
      field?.lengths.push(terms.length)
      if (field) field.total += terms.length
      this.eachTerm(terms, (list, frequency) => this.addEntry(list, slot, number, frequency))
      for (const [folded, forms] of terms.spellings) {
        this.vocabulary.add(folded)
        for (const text of forms) this.spellings.count(folded, text, 1)
      }
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
    this.termsOf(document).forEach((terms, number) => {
      const field = this.fields[number]
      if (field) field.total -= terms.length
      this.eachTerm(terms, (list) => lists.add(list))
      for (const [folded, forms] of terms.spellings) for (const text of forms) this.spellings.count(folded, text, -1)
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

  private termsOf(document: SearchDocument): FieldTerms[] {
    return this.fields.map(({ name }) => fieldTerms(document[name] as FieldValue | undefined))
  }

  private addEntry(list: number, slot: number, field: number, frequency: number): void {
    this.postings.append(list, slot, field, frequency)
    if (list < this.lastSlot.length && this.lastSlot.get(list) === slot + 1) return
    this.lastSlot.set(list, slot + 1)
    this.dictionary.documents.set(list, this.dictionary.count(list) + 1)
  }

  private eachTerm(terms: FieldTerms, visit: (list: number, frequency: number) => void): void {
    for (const [key, frequency] of terms.keys) visit(this.dictionary.addKey(key), frequency)
    for (const [exact, frequency] of terms.exacts) visit(this.dictionary.addExact(exact), frequency)
    for (const [first, seconds] of terms.pairs) {
      const list = this.dictionary.addKey(first)
      for (const [second, frequency] of seconds)
        visit(this.dictionary.addPair(list, this.dictionary.addKey(second)), frequency)
    }
  }
}
