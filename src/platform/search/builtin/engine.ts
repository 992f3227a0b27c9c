import { setImmediate as breathe } from 'node:timers/promises'
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
import { applyFacets } from './facets.js'
import { lexiconVocabulary } from './index-catalogue.js'
import { InvertedIndex } from './inverted-index.js'
import { matchText } from './match-text.js'
import { compareIds } from './ranking.js'
import { IndexReader } from './reader.js'
import { runSearch } from './run-search.js'
import { similarTo } from './similar.js'
import type { Vocabulary } from './vocabulary.js'

/** A write to an index, kept while a rebuild is under way so that it is not lost with the old one. */
type Write = { documents: readonly SearchDocument[] } | { ids: readonly string[] }

interface State {
  index: InvertedIndex
  /** Missing after a write; made by the next read. */
  reader?: IndexReader
  /** Writes since the rebuild under way began; null when none is. */
  journal: Write[] | null
  /** Rebuilds run one after another. */
  rebuilding: Promise<void>
}

/** Documents taken in before other work gets its turn. */
const BATCH = 50
const MAX_FACET_VALUES = 20

/**
 * The search engine inside the process: everything in memory, every write visible to the next read. Arguments and answers are plain
 * data, so that a worker thread can host it.
 */
export class BuiltinEngine implements SearchPort, TrialSearch {
  private readonly states = new Map<IndexName, State>()
  private lexicon = compileLexicon(EMPTY_LEXICON)
  private lexiconWords: Vocabulary = lexiconVocabulary(this.lexicon)
  private writes = 0
  private closed = false

  async ensureIndex(name: IndexName, schema: IndexSchema): Promise<void> {
    const known = this.states.get(name)
    if (known && JSON.stringify(known.index.schema) === JSON.stringify(schema)) return
    const index = new InvertedIndex(structuredClone(schema))
    for (const slot of known?.index.liveSlots() ?? []) {
      const document = known?.index.document(slot)
      if (document) index.put(document)
    }
    this.states.set(name, { index, journal: null, rebuilding: Promise.resolve() })
  }

  async useLexicon(lexicon: Lexicon): Promise<void> {
    this.lexicon = compileLexicon(lexicon)
    this.lexiconWords = lexiconVocabulary(this.lexicon)
    for (const state of this.states.values()) delete state.reader
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
    const state = this.state(name)
    const before = state.rebuilding
    const mine = before.then(() => this.rebuildNow(state, documents))
    state.rebuilding = mine.catch(() => undefined)
    await mine
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
    const { counts } = applyFacets(reader.index.liveSlots(), {}, [field], (facet) => reader.filterable(facet))
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
    const { index } = this.state(name)
    return ids.flatMap((id) => {
      const slot = index.slot(id)
      const document = slot === undefined ? undefined : index.document(slot)
      return document ? [structuredClone(document)] : []
    })
  }

  async page(name: IndexName, { from, limit }: PageOfDocuments): Promise<DocumentPage> {
    const { index } = this.state(name)
    const documents: SearchDocument[] = []
    for (let slot = from === null ? 0 : Number(from); slot < index.capacity; slot++) {
      if (documents.length === limit) return { documents, next: String(slot) }
      const document = index.document(slot)
      if (document) documents.push(structuredClone(document))
    }
    return { documents, next: null }
  }

  async trial(lexicon: Lexicon, documents: Parameters<TrialSearch['trial']>[1] = {}): ReturnType<TrialSearch['trial']> {
    const compiled = compileLexicon(lexicon)
    const vocabulary = lexiconVocabulary(compiled)
    const built = new Map<IndexName, InvertedIndex>()
    for (const [name, others] of Object.entries(documents) as [IndexName, ReadonlyMap<string, SearchDocument | null>][])
      if (others.size > 0) built.set(name, await withOthers(this.state(name).index, others))
    const readers = new Map<InvertedIndex, IndexReader>()
    return {
      search: async (name, query) => {
        const index = built.get(name) ?? this.state(name).index
        // A reader is good for one state of its index, and the living one may have been written to meanwhile.
        const living = !built.has(name)
        const reader = (!living && readers.get(index)) || new IndexReader(name, index, compiled, vocabulary)
        readers.set(index, reader)
        return runSearch(reader, query)
      },
    }
  }

  async health(): Promise<EngineHealth> {
    if (this.closed) return { state: 'unavailable', reason: 'closed' }
    const building = [...this.states].filter(([, { journal }]) => journal !== null).map(([name]) => name)
    return building.length > 0
      ? { state: 'building', reason: `rebuilding ${building.join(', ')}` }
      : { state: 'ready', reason: '' }
  }

  async close(): Promise<void> {
    this.closed = true
    this.states.clear()
  }

  private state(name: IndexName): State {
    const state = this.states.get(name)
    if (!state) throw new UnknownIndex(name)
    return state
  }

  private reader(name: IndexName): IndexReader {
    const state = this.state(name)
    state.reader ??= new IndexReader(name, state.index, this.lexicon, this.lexiconWords)
    return state.reader
  }

  private write(name: IndexName, write: Write): WriteToken {
    const state = this.state(name)
    state.journal?.push(write)
    apply(state.index, write)
    state.index.compactIfWorthwhile()
    delete state.reader
    return ++this.writes
  }

  private async rebuildNow(state: State, documents: AsyncIterable<SearchDocument>): Promise<void> {
    const journal: Write[] = []
    state.journal = journal
    try {
      const index = new InvertedIndex(state.index.schema)
      let taken = 0
      for await (const document of documents) {
        index.put(structuredClone(document))
        if (++taken % BATCH === 0) await breathe()
      }
      for (const write of journal) apply(index, write)
      state.index = index
      delete state.reader
    } finally {
      state.journal = null
    }
  }
}

function apply(index: InvertedIndex, write: Write): void {
  if ('ids' in write) for (const id of write.ids) index.remove(id)
  else for (const document of write.documents) index.put(structuredClone(document))
}

/** A copy of an index in which some documents are others. */
async function withOthers(
  index: InvertedIndex,
  others: ReadonlyMap<string, SearchDocument | null>,
): Promise<InvertedIndex> {
  const copy = new InvertedIndex(index.schema)
  let taken = 0
  for (const slot of [...index.liveSlots()]) {
    const document = index.document(slot)
    const other = document && others.get(document.id)
    if (document && other !== null) copy.put(other ? structuredClone(other) : document)
    if (++taken % BATCH === 0) await breathe()
  }
  return copy
}

/** Makes an empty engine that runs in this process. */
export const createBuiltinEngine = (): SearchPort & TrialSearch => new BuiltinEngine()
