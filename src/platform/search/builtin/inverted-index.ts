import type { Pace } from '../../pace.js'
import type { IndexSchema, SearchDocument } from '../port.js'
import { type Column, makeColumns, pushRow } from './columns.js'
import { Dictionary } from './dictionary.js'
import { DocumentStore } from './documents.js'
import { MAX_FIELDS } from './entries.js'
import { NO_POSTINGS } from './frozen-postings.js'
import { Int32List } from './growable.js'
import { HotLists } from './hot-lists.js'
import { Norms } from './norms.js'
import type { Scoring } from './scored-list.js'
import { TermCounter } from './term-counter.js'
import { Vocabulary } from './vocabulary.js'

/** A searched field: its weights and how many words it has in all live documents. */
export interface FieldStats {
  name: string
  weight: number
  b: number
  total: number
}

/** What an index is made of. */
export interface IndexParts {
  documents: DocumentStore
  dictionary: Dictionary
  vocabulary: Vocabulary
  columns: ReadonlyMap<string, Column>
  /** By slot and field: how many words. */
  lengths: Int32List
  /** Documents of which all is frozen; later slots are in growing lists. */
  frozen: number
}

/** From which sizes on an index spares work. */
export interface Sizes {
  /** Documents of a frozen list that is kept as it is scored. */
  hotList: number
  /** Documents of an index whose scores need not be exact to the last digit (see `Norms`). */
  large: number
}

const SIZES: Sizes = { hotList: 4_096, large: 10_000 }

/**
 * The documents of one index and their posting lists. A document has a slot; replacing or removing it leaves a tombstone, and
 * counts (documents by word, lengths) are kept exact, so that scores equal those of an index built afresh; in a large one nearly, since
 * average lengths may lag behind a little.
 */
export class InvertedIndex {
  readonly fields: readonly FieldStats[]
  readonly dictionary: Dictionary
  readonly vocabulary: Vocabulary
  readonly documents: DocumentStore
  readonly columns: ReadonlyMap<string, Column>
  readonly lengths: Int32List
  readonly frozen: number
  readonly hot: HotLists
  private readonly norms: Norms
  private readonly terms: TermCounter
  /** By growing list: the last slot added to it, plus one. */
  private readonly lastSlot = new Int32List()

  constructor(
    readonly schema: IndexSchema,
    parts: IndexParts = emptyParts(schema),
    readonly sizes: Sizes = SIZES,
  ) {
    const fields = Object.entries(schema.text)
    if (fields.length > MAX_FIELDS) throw new RangeError(`at most ${MAX_FIELDS} text fields in an index`)
    this.dictionary = parts.dictionary
    this.vocabulary = parts.vocabulary
    this.documents = parts.documents
    this.columns = parts.columns
    this.lengths = parts.lengths
    this.frozen = parts.frozen
    this.hot = new HotLists(this.dictionary.frozen, sizes.hotList)
    this.norms = new Norms(sizes.large)
    this.terms = new TermCounter(this.dictionary, (folded, key) => this.vocabulary.add(folded, key))
    this.fields = fields.map(([name, { weight, b }], number) => ({ name, weight, b, total: this.totalLength(number) }))
  }

  /** Live documents. */
  get size(): number {
    return this.documents.size
  }

  /** Slots given out, tombstones included. */
  get capacity(): number {
    return this.documents.capacity
  }

  /** What entries are scored by until the next write. */
  scoring(): Scoring {
    return { lengths: this.lengths.data, width: this.fields.length, worth: this.norms.of(this.fields, this.size) }
  }

  /** Reads what searches will need most. */
  warm(pace: Pace): Promise<void> {
    return this.hot.read(this.scoring(), pace)
  }

  slot(id: string): number | undefined {
    return this.documents.slot(id)
  }

  document(slot: number): SearchDocument | undefined {
    return this.documents.read(slot)
  }

  column(field: string): Column | undefined {
    return this.columns.get(field)
  }

  /** The slots of live documents. */
  liveSlots(): Iterable<number> {
    return this.documents.liveSlots()
  }

  /** Adds a document or replaces the one with its id; does nothing when that one has a higher version. */
  put(document: SearchDocument): void {
    const before = this.documents.slot(document.id)
    if (before !== undefined && this.documents.version(before) > document.version) return
    this.remove(document.id)
    const slot = this.documents.add(document)
    pushRow(this.columns, document)
    this.eachField(document, (field, number) => {
      this.lengths.push(this.terms.length)
      field.total += this.terms.length
      for (const list of this.terms.lists) this.addEntry(list, slot, number, this.terms.frequency(list))
    })
  }

  /** Leaves a tombstone in the document's place; does nothing for an unknown id. */
  remove(id: string): void {
    const slot = this.documents.slot(id)
    const document = slot === undefined ? undefined : this.documents.read(slot)
    if (slot === undefined || !document) return
    this.documents.remove(slot)
    const lists = new Set<number>()
    this.eachField(document, (field) => {
      field.total -= this.terms.length
      for (const list of this.terms.lists) lists.add(list)
    })
    for (const list of lists) {
      if (slot < this.frozen) this.dictionary.leaveFrozen(list)
      else this.dictionary.changeFresh(list, -1)
    }
  }

  /** Counts the terms of each field in turn; `this.terms` holds them during the visit. */
  private eachField(document: SearchDocument, visit: (field: FieldStats, number: number) => void): void {
    this.fields.forEach((field, number) => {
      this.terms.read(document[field.name])
      visit(field, number)
    })
  }

  private addEntry(list: number, slot: number, field: number, frequency: number): void {
    this.dictionary.fresh.append(list, slot, field, frequency)
    if (list < this.lastSlot.length && this.lastSlot.get(list) === slot + 1) return
    this.lastSlot.set(list, slot + 1)
    this.dictionary.changeFresh(list, 1)
  }

  private totalLength(field: number): number {
    const count = Object.keys(this.schema.text).length
    let total = 0
    for (const slot of this.documents.liveSlots()) total += this.lengths.get(slot * count + field)
    return total
  }
}

function emptyParts({ filterable, sortable }: IndexSchema): IndexParts {
  return {
    documents: new DocumentStore(),
    dictionary: new Dictionary(NO_POSTINGS),
    vocabulary: new Vocabulary(),
    columns: makeColumns([...filterable, ...sortable]),
    lengths: new Int32List(),
    frozen: 0,
  }
}
