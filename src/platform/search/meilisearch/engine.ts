import { fold } from '../analyser/fold.js'
import { lexiconVocabulary } from '../builtin/index-catalogue.js'
import { compareIds } from '../builtin/ranking.js'
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
  UnknownField,
  UnknownIndex,
  type WriteToken,
} from '../port.js'
import { documentKey } from './encoding.js'
import { countsOf, facetQueries } from './facets.js'
import { inPortTerms } from './failures.js'
import { EVERYTHING } from './filter.js'
import { matchRemote, similarRemote } from './match.js'
import { RemoteIndex, type Words } from './remote-index.js'
import { runRemoteSearch } from './search.js'
import { MeilisearchServer } from './server.js'
import { changesAliases, settingsDiff, settingsFor } from './settings.js'
import { IndexWriter } from './writer.js'

export interface MeilisearchOptions {
  /** e.g. `http://127.0.0.1:7700` */
  url: string
  /** One that may manage keys, the master key, is only used to make another with less rights. */
  key?: string | undefined
  /** Put before the names of indexes, so that several products can share a server: letters, digits, `-` and `_`. */
  prefix?: string
  /** How long one call for a search may take; writes may take longer. Milliseconds. */
  timeoutMs?: number
}

interface State {
  remote: RemoteIndex
  writer: IndexWriter
}

const DEFAULT_TIMEOUT_MS = 1_000
const MAX_FACET_VALUES = 20

/**
 * The search engine on a Meilisearch server. The server finds by the analyser's aliases, as filters; the reading of queries, the
 * ranking of the best 200 and the highlights are those of the engine inside the process.
 */
export class MeilisearchEngine implements SearchPort {
  private readonly states = new Map<IndexName, State>()
  private readonly server: MeilisearchServer
  private readonly prefix: string
  private words: Words = wordsOf(EMPTY_LEXICON)
  private writes = 0
  private closed = false

  constructor({ url, key, prefix = '', timeoutMs = DEFAULT_TIMEOUT_MS }: MeilisearchOptions) {
    this.server = new MeilisearchServer({ url, key, prefix, timeoutMs })
    this.prefix = prefix
  }

  /** Makes the index with its settings, or changes what differs; documents that are there are read anew when the schema did. */
  ensureIndex(name: IndexName, schema: IndexSchema): Promise<void> {
    return inPortTerms(this.setUp(name, schema))
  }

  private async setUp(name: IndexName, schema: IndexSchema): Promise<void> {
    await this.server.narrow()
    const uid = `${this.prefix}${name}`
    const wanted = settingsFor(schema)
    const present = await this.server.settings(uid)
    if (!present) await this.server.create(uid)
    const diff = settingsDiff(present ?? {}, wanted)
    const writer = new IndexWriter(this.server, uid, structuredClone(schema))
    if (present && changesAliases(diff)) await writer.rebuild(this.server.each(uid))
    else if (Object.keys(diff).length > 0) await this.server.configure(uid, diff)
    this.states.set(name, { writer, remote: this.remote(name, uid, schema) })
  }

  async useLexicon(lexicon: Lexicon): Promise<void> {
    this.words = wordsOf(lexicon)
    for (const state of this.states.values())
      state.remote = this.remote(state.remote.name, state.remote.uid, state.remote.schema)
  }

  async upsert(name: IndexName, documents: readonly SearchDocument[]): Promise<WriteToken> {
    return this.write(name, (writer) => writer.apply({ documents: structuredClone(documents) }))
  }

  async remove(name: IndexName, ids: readonly string[]): Promise<WriteToken> {
    return this.write(name, (writer) => writer.apply({ ids: [...ids] }))
  }

  /** Writes are awaited one by one, so there is nothing left but those under way. */
  async flush(name: IndexName): Promise<void> {
    await this.state(name).writer.settled()
  }

  async rebuild(name: IndexName, documents: AsyncIterable<SearchDocument>): Promise<void> {
    await this.write(name, (writer) => writer.rebuild(documents))
  }

  async search(name: IndexName, query: Query): Promise<SearchResult> {
    return runRemoteSearch(this.state(name).remote, query)
  }

  async multi(queries: readonly { index: IndexName; query: Query }[]): Promise<SearchResult[]> {
    return Promise.all(queries.map(({ index, query }) => this.search(index, query)))
  }

  async matchText(name: IndexName, query: MatchQuery): Promise<Scored[]> {
    return matchRemote(this.state(name).remote, query)
  }

  async facetValues(name: IndexName, field: string, prefix: string): Promise<{ value: string; count: number }[]> {
    const { remote } = this.state(name)
    if (!remote.schema.filterable.includes(field)) throw new UnknownField(name, field)
    const counts = countsOf(await remote.search(facetQueries(EVERYTHING, {}, [field])), [field])
    const wanted = fold(prefix)
    return Object.entries(counts[field] ?? {})
      .filter(([value]) => fold(value).startsWith(wanted))
      .map(([value, count]) => ({ value, count }))
      .sort((a, b) => b.count - a.count || compareIds(a.value, b.value))
      .slice(0, MAX_FACET_VALUES)
  }

  async similar(name: IndexName, id: string, limit: number, filter?: Filter): Promise<Scored[]> {
    return similarRemote(this.state(name).remote, id, limit, filter)
  }

  async documents(name: IndexName, ids: readonly string[]): Promise<SearchDocument[]> {
    const stored = await inPortTerms(this.server.byKeys(this.state(name).remote.uid, ids.map(documentKey), ['doc']))
    return stored.map(({ doc }) => doc)
  }

  async page(name: IndexName, { from, limit }: PageOfDocuments): Promise<DocumentPage> {
    const offset = Number(from ?? 0)
    const documents = await inPortTerms(this.server.page(this.state(name).remote.uid, offset, limit))
    return { documents, next: documents.length < limit ? null : String(offset + limit) }
  }

  async health(): Promise<EngineHealth> {
    if (this.closed) return { state: 'unavailable', reason: 'closed' }
    try {
      await this.server.check()
    } catch (error) {
      return {
        state: 'unavailable',
        reason: `Meilisearch does not answer: ${error instanceof Error ? error.message : error}`,
      }
    }
    const building = [...this.states].filter(([, { writer }]) => writer.rebuilding).map(([name]) => name)
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

  private remote(name: IndexName, uid: string, schema: IndexSchema): RemoteIndex {
    return new RemoteIndex(name, uid, structuredClone(schema), this.words, this.server)
  }

  private async write(name: IndexName, write: (writer: IndexWriter) => Promise<void>): Promise<WriteToken> {
    const state = this.state(name)
    await inPortTerms(write(state.writer))
    state.remote.forget()
    return ++this.writes
  }
}

const wordsOf = (lexicon: Lexicon): Words => {
  const compiled = compileLexicon(lexicon)
  return { lexicon: compiled, lexiconWords: lexiconVocabulary(compiled) }
}

/** Makes an engine on a Meilisearch server (1.15 or later). Nothing is asked of the server before the first index is set up. */
export const createMeilisearchEngine = (options: MeilisearchOptions): SearchPort => new MeilisearchEngine(options)
