import { paceBy } from '../../pace.js'
import { fold } from '../analyser/fold.js'
import { compileLexicon, EMPTY_LEXICON } from '../lexicon/compile.js'
import {
  type DocumentPage,
  type EngineHealth,
  type Filter,
  type IndexName,
  type IndexSchema,
  type Lexicon,
  type MatchQuery,
  type PageOfDocuments,
  type Query,
  type Scored,
  type SearchDocument,
  type SearchPort,
  type SearchResult,
  type TrialSearch,
  UnknownIndex,
  type WriteToken,
} from '../port.js'
import { Workspace } from './evaluate.js'
import { applyFacets } from './facets.js'
import { lexiconVocabulary } from './index-catalogue.js'
import { InvertedIndex } from './inverted-index.js'
import { LivingIndex, type Write } from './living-index.js'
import { matchText } from './match-text.js'
import { compareIds } from './ranking.js'
import { IndexReader } from './reader.js'
import { runSearch } from './run-search.js'
import { similarTo } from './similar.js'
import { type Mark, Snapshots } from './snapshots.js'
import { trialOf } from './trial.js'
import type { Vocabulary } from './vocabulary.js'

interface State {
  living: LivingIndex
  /** Missing after a write; made by the next read. */
  reader: IndexReader | null
}

const MAX_FACET_VALUES = 20

/** An engine that keeps its indexes in files and says where they stand. */
export interface KeptIndexes {
  /** Where the documents of a form that were found in files stand in the change log; null when they cannot be used. */
  restored(form: string): Promise<number | null>
  /** What is kept from now on is of this form and has the changes up to `seq`. */
  moveTo(mark: Mark): Promise<void>
  /** What is kept goes up to `seq`, if it is of this form already. */
  advance(mark: Mark): Promise<void>
  /** All documents are of the form now: indexes whose files are of another one are kept anew. */
  renew(): Promise<void>
}

export interface LocalEngineOptions {
  /** Where indexes are kept; without it they are gone when the process ends. */
  folder?: string | undefined
  /** Told of a file that could not be written. */
  onError?: (error: unknown) => void
}

/** The search engine itself, in the thread that makes it: everything in memory, every write visible to the next read. */
export class LocalEngine implements SearchPort, TrialSearch, KeptIndexes {
  private readonly states = new Map<IndexName, State>()
  private readonly workspace = new Workspace()
  private readonly snapshots: Snapshots | null
  private readonly onError: (error: unknown) => void
  private lexicon = compileLexicon(EMPTY_LEXICON)
  private lexiconWords: Vocabulary = lexiconVocabulary(this.lexicon)
  private writes = 0
  private closed = false

  constructor({ folder, onError = () => {} }: LocalEngineOptions = {}) {
    this.onError = onError
    this.snapshots = folder === undefined ? null : new Snapshots(folder, onError)
  }

  async ensureIndex(name: IndexName, schema: IndexSchema): Promise<void> {
    const known = this.states.get(name)?.living
    if (known && JSON.stringify(known.schema) === JSON.stringify(schema)) return
    if (this.states.size === 0) await this.snapshots?.tidy()
    const index = (!known && (await this.snapshots?.load(name, schema))) || new InvertedIndex(structuredClone(schema))
    await index.warm(paceBy())
    for (const slot of known?.current.liveSlots() ?? []) {
      const document = known?.current.document(slot)
      if (document) index.put(document)
    }
    const keeper = this.snapshots?.keeper(name, schema)
    this.states.set(name, { living: new LivingIndex(index, keeper, this.onError), reader: null })
  }

  async useLexicon(lexicon: Lexicon): Promise<void> {
    this.lexicon = compileLexicon(lexicon)
    this.lexiconWords = lexiconVocabulary(this.lexicon)
    for (const state of this.states.values()) state.reader = null
  }

  async upsert(name: IndexName, documents: readonly SearchDocument[]): Promise<WriteToken> {
    return this.write(name, { documents })
  }

  async remove(name: IndexName, ids: readonly string[]): Promise<WriteToken> {
    return this.write(name, { ids })
  }

  async flush(name: IndexName): Promise<void> {
    this.state(name)
  }

  async rebuild(name: IndexName, documents: AsyncIterable<SearchDocument>): Promise<void> {
    await this.state(name).living.rebuild(documents)
  }

  async search(name: IndexName, query: Query): Promise<SearchResult> {
    return runSearch(this.reader(name), query)
  }

  async multi(queries: readonly { index: IndexName; query: Query }[]): Promise<SearchResult[]> {
    return queries.map(({ index, query }) => runSearch(this.reader(index), query))
  }

  async matchText(name: IndexName, query: MatchQuery): Promise<Scored[]> {
    return matchText(this.reader(name), query)
  }

  async facetValues(name: IndexName, field: string, prefix: string): Promise<{ value: string; count: number }[]> {
    const reader = this.reader(name)
    const { counts } = applyFacets(Int32Array.from(reader.index.liveSlots()), {}, [field], (facet) =>
      reader.filterable(facet),
    )
    const wanted = fold(prefix)
    return Object.entries(counts[field] ?? {})
      .filter(([value]) => fold(value).startsWith(wanted))
      .map(([value, count]) => ({ value, count }))
      .sort((a, b) => b.count - a.count || compareIds(a.value, b.value))
      .slice(0, MAX_FACET_VALUES)
  }

  async similar(name: IndexName, id: string, limit: number, filter?: Filter): Promise<Scored[]> {
    return similarTo(this.reader(name), id, limit, filter)
  }

  async documents(name: IndexName, ids: readonly string[]): Promise<SearchDocument[]> {
    const index = this.state(name).living.current
    return ids.flatMap((id) => {
      const slot = index.slot(id)
      return (slot !== undefined && index.document(slot)) || []
    })
  }

  async page(name: IndexName, { from, limit }: PageOfDocuments): Promise<DocumentPage> {
    const { current: index, generation } = this.state(name).living
    const [of, at] = (from ?? '').split(' ').map(Number)
    const documents: SearchDocument[] = []
    // Slots that were numbered anew since the former part are begun with again: better twice than not at all.
    for (let slot = of === generation ? (at ?? 0) : 0; slot < index.capacity; slot++) {
      if (documents.length === limit) return { documents, next: `${generation} ${slot}` }
      const document = index.document(slot)
      if (document) documents.push(document)
    }
    return { documents, next: null }
  }

  trial(lexicon: Lexicon, documents: Parameters<TrialSearch['trial']>[1] = {}): ReturnType<TrialSearch['trial']> {
    return trialOf((name) => this.state(name).living.current, this.workspace, lexicon, documents)
  }

  async restored(form: string): Promise<number | null> {
    return this.snapshots?.seqOf(this.states.keys(), form) ?? null
  }

  async moveTo(mark: Mark): Promise<void> {
    this.snapshots?.moveTo(mark)
  }

  async advance(mark: Mark): Promise<void> {
    this.snapshots?.advance(mark)
  }

  async renew(): Promise<void> {
    for (const [name, { living }] of this.states) if (this.snapshots?.isOutdated(name)) await living.tidy()
  }

  async health(): Promise<EngineHealth> {
    if (this.closed) return { state: 'unavailable', reason: 'closed' }
    const building = [...this.states].filter(([, { living }]) => living.rebuilding).map(([name]) => name)
    return building.length > 0
      ? { state: 'building', reason: `rebuilding ${building.join(', ')}` }
      : { state: 'ready', reason: '' }
  }

  async close(): Promise<void> {
    this.closed = true
    this.snapshots?.close()
    for (const { living } of this.states.values()) living.close()
    this.states.clear()
  }

  private state(name: IndexName): State {
    const state = this.states.get(name)
    if (!state) throw new UnknownIndex(name)
    return state
  }

  /** A reader is good for one state of its index. */
  private reader(name: IndexName): IndexReader {
    const state = this.state(name)
    const index = state.living.current
    if (state.reader?.index !== index) {
      state.reader = new IndexReader(name, index, this.lexicon, this.lexiconWords, this.workspace)
    }
    return state.reader
  }

  private write(name: IndexName, write: Write): WriteToken {
    const state = this.state(name)
    state.living.write(write)
    state.reader = null
    return ++this.writes
  }
}
