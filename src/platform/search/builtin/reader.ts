import type { CompiledLexicon } from '../lexicon/compile.js'
import { type Filter, type IndexName, UnknownField } from '../port.js'
import type { Column } from './columns.js'
import { conceptCarriers } from './concept-carriers.js'
import { Evaluator, type Workspace } from './evaluate.js'
import { compileFilter, type Predicate } from './filter.js'
import { IndexCatalogue } from './index-catalogue.js'
import type { InvertedIndex } from './inverted-index.js'
import { Scanner } from './scanner.js'
import type { ScoredList } from './scored-list.js'
import type { Vocabulary } from './vocabulary.js'

/** Most searches come with one of a few filters: what a visitor may see. */
const MAX_PREDICATES = 8

/** One state of an index, ready to be read; made anew after each write. */
export class IndexReader {
  readonly scanner: Scanner
  readonly evaluator: Evaluator
  readonly catalogue: IndexCatalogue
  private readonly predicates = new Map<string, Predicate>()
  private readonly concepts = new Map<string, ScoredList>()

  constructor(
    readonly name: IndexName,
    readonly index: InvertedIndex,
    readonly lexicon: CompiledLexicon,
    lexiconWords: Vocabulary,
    workspace: Workspace,
  ) {
    this.scanner = new Scanner(index)
    this.evaluator = new Evaluator(this.scanner, index.capacity, workspace)
    this.catalogue = new IndexCatalogue(index, lexicon, lexiconWords)
  }

  /** Whether a slot has a live document that passes a filter; without one all do. Throws `UnknownField`. */
  predicate(filter: Filter | undefined): Predicate {
    const { live } = this.index.documents
    if (!filter) return (slot) => live[slot] === 1
    const key = JSON.stringify(filter)
    const known = this.predicates.get(key)
    if (known) return known
    if (this.predicates.size >= MAX_PREDICATES) this.predicates.clear()
    const passes = compileFilter(filter, (field) => this.filterable(field))
    const made = remembered((slot) => live[slot] === 1 && passes(slot), this.index.capacity)
    this.predicates.set(key, made)
    return made
  }

  /** Who carries a concept or tells of it: looked for once, as long as nothing is written. Not while scores are being added up. */
  carriers(concept: string): ScoredList {
    const known = this.concepts.get(concept)
    if (known) return known
    const found = conceptCarriers(this, concept)
    // Ids come from the product's own words, but callers may ask for any.
    if (found.length > 0) this.concepts.set(concept, found)
    return found
  }

  /** The column of a filterable field; throws `UnknownField` for another. */
  filterable(field: string): Column {
    return this.columnOf(field, this.index.schema.filterable)
  }

  /** The column of a sortable field; throws `UnknownField` for another. */
  sortable(field: string): Column {
    return this.columnOf(field, this.index.schema.sortable)
  }

  /** Throws `UnknownField` for a field that is not searched. */
  checkText(field: string): void {
    if (!Object.hasOwn(this.index.schema.text, field)) throw new UnknownField(this.name, field)
  }

  private columnOf(field: string, allowed: readonly string[]): Column {
    const column = allowed.includes(field) ? this.index.column(field) : undefined
    if (!column) throw new UnknownField(this.name, field)
    return column
  }
}

const PASSES = 1
const FAILS = 2

/** A predicate that looks at each slot once. */
function remembered(passes: Predicate, capacity: number): Predicate {
  const known = new Uint8Array(capacity)
  return (slot) => {
    if (known[slot] === 0) known[slot] = passes(slot) ? PASSES : FAILS
    return known[slot] === PASSES
  }
}
