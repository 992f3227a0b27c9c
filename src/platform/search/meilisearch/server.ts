import { setTimeout as wait } from 'node:timers/promises'
import { Meilisearch, type MultiSearchQuery, type RecordAny, type Settings, type Task } from 'meilisearch'
import { EngineUnavailable, type SearchDocument } from '../port.js'
import { ownKey } from './access.js'
import { byteBatches } from './batches.js'
import { codeOf, raise } from './failures.js'
import type { StoredDocument } from './stored-document.js'

export interface ServerOptions {
  /** e.g. `http://127.0.0.1:7700` */
  url: string
  key?: string | undefined
  /** What the names of the indexes begin with. */
  prefix: string
  /** How long a read may take, milliseconds. */
  timeoutMs: number
}

/** One search among several; the index is named with it. */
export type ServerQuery = MultiSearchQuery

export interface ServerAnswer {
  hits: readonly StoredDocument[]
  total: number
  facets: Readonly<Record<string, Readonly<Record<string, number>>>>
}

/** Sending a batch or changing settings may take longer than any read. Milliseconds. */
const WRITE_TIMEOUT_MS = 30_000
/** The longest the server may take to index one batch. */
const TASK_TIMEOUT_MS = 300_000
const TASK_POLL_MS = 20
const WAITING = { timeout: TASK_TIMEOUT_MS, interval: TASK_POLL_MS }

/** The calls to a Meilisearch server that the engine is made of: each ends in time, and a failed task is an error. */
export class MeilisearchServer {
  private reads: Meilisearch
  private writes: Meilisearch
  /** With the key that was given. */
  private readonly given: Meilisearch

  constructor(private readonly options: ServerOptions) {
    this.given = this.client(options.key, WRITE_TIMEOUT_MS)
    this.writes = this.given
    this.reads = this.client(options.key, options.timeoutMs)
  }

  /** Changes over to a key with no more rights than are needed, where the one that was given can make it. */
  async narrow(): Promise<void> {
    const key = await ownKey(this.given, this.options.prefix)
    if (key === null) return
    this.writes = this.client(key, WRITE_TIMEOUT_MS)
    this.reads = this.client(key, this.options.timeoutMs)
  }

  private client(key: string | undefined, timeout: number): Meilisearch {
    return new Meilisearch({
      host: this.options.url,
      timeout,
      // A compressed answer comes in several small packets, of which each waits 40 ms for the former's acknowledgement.
      requestInit: { headers: { 'Accept-Encoding': 'identity' } },
      ...(key !== undefined && { apiKey: key }),
    })
  }

  /** Throws when the server does not answer that it is well. */
  async check(): Promise<void> {
    const { status } = await this.reads.health()
    if (status !== 'available') throw new Error(`the server says it is ${String(status)}`)
  }

  async search(queries: readonly ServerQuery[]): Promise<ServerAnswer[]> {
    if (queries.length === 0) return []
    const { results } = await this.reads.multiSearch<{ queries: ServerQuery[] }, StoredDocument>({
      queries: [...queries],
    })
    return results.map(({ hits, estimatedTotalHits = 0, facetDistribution = {} }) => ({
      hits,
      total: estimatedTotalHits,
      facets: facetDistribution,
    }))
  }

  /** Values of a facet that start with a text or nearly so, with the number of documents that have each. */
  async facetSearch(uid: string, facet: string, text: string): Promise<{ value: string; count: number }[]> {
    const { facetHits } = await this.reads.index(uid).searchForFacetValues({ facetName: facet, facetQuery: text })
    return facetHits
  }

  /** The stored documents with these keys, as far as there are any; only the asked fields. */
  async byKeys(uid: string, keys: readonly string[], fields: (keyof StoredDocument)[]): Promise<StoredDocument[]> {
    if (keys.length === 0) return []
    const { results } = await this.writes
      .index<StoredDocument>(uid)
      .getDocuments({ ids: [...keys], fields, limit: keys.length })
    return results
  }

  /** Original documents from a place on, in the server's order. */
  async page(uid: string, offset: number, limit: number): Promise<SearchDocument[]> {
    const { results } = await this.writes.index<StoredDocument>(uid).getDocuments({ offset, limit, fields: ['doc'] })
    return results.map(({ doc }) => doc)
  }

  /** All original documents. */
  async *each(uid: string): AsyncGenerator<SearchDocument> {
    const limit = 1000
    for (let offset = 0; ; offset += limit) {
      const documents = await this.page(uid, offset, limit)
      yield* documents
      if (documents.length < limit) return
    }
  }

  async add(uid: string, documents: readonly StoredDocument[]): Promise<void> {
    for await (const task of this.send(uid, documents)) await task()
  }

  /** Hands documents over, a batch at a time; each answer waits until the server has indexed its batch. */
  async *send(uid: string, documents: readonly StoredDocument[]): AsyncGenerator<() => Promise<void>> {
    const index = this.writes.index<RecordAny>(uid)
    for await (const lines of byteBatches(documents)) {
      const task = await index.addDocumentsFromString(lines, 'application/x-ndjson')
      yield () => done(this.writes.tasks.waitForTask(task, WAITING))
    }
  }

  async remove(uid: string, keys: readonly string[]): Promise<void> {
    if (keys.length > 0)
      await done(
        this.writes
          .index(uid)
          .deleteDocuments([...keys])
          .waitTask(WAITING),
      )
  }

  /** The settings of an index, or null when there is no such index. */
  async settings(uid: string): Promise<Settings | null> {
    try {
      return await this.writes.index(uid).getSettings()
    } catch (error) {
      if (codeOf(error) === 'index_not_found') return null
      throw error
    }
  }

  async create(uid: string): Promise<void> {
    await done(this.writes.createIndex(uid, { primaryKey: 'key' }).waitTask(WAITING))
  }

  async configure(uid: string, settings: Settings): Promise<void> {
    await done(this.writes.index(uid).updateSettings(settings).waitTask(WAITING))
  }

  /** Exchanges two indexes at once, so that no search sees anything between. */
  async swap(a: string, b: string): Promise<void> {
    const { createdAt } = await this.writes.getRawIndex(b)
    try {
      await done(this.writes.swapIndexes([{ indexes: [a, b], rename: false }]).waitTask(WAITING))
    } catch (error) {
      // A key for some indexes only does not see this kind of task; what it did is seen by the indexes.
      if (codeOf(error) !== 'task_not_found') throw error
      await until(async () => (await this.writes.getRawIndex(a)).createdAt === createdAt)
    }
  }

  /** Removes the indexes whose names begin so and that are older than `ms`. */
  async dropOlder(prefix: string, ms: number): Promise<void> {
    const { results } = await this.writes.getRawIndexes({ limit: 1000 })
    const old = results.filter(
      ({ uid, createdAt }) => uid.startsWith(prefix) && Date.now() - Date.parse(createdAt) > ms,
    )
    for (const { uid } of old) await this.drop(uid)
  }

  /** Does nothing when there is no such index. */
  async drop(uid: string): Promise<void> {
    await this.writes.deleteIndexIfExists(uid)
  }
}

/** Waits for a task and raises its failure: an answer of the server means only that the task was written down. */
async function done(waited: Promise<Task>): Promise<void> {
  const task = await waited
  if (task.status === 'succeeded') return
  raise(task)
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + TASK_TIMEOUT_MS
  while (!(await holds())) {
    if (performance.now() > end) throw new EngineUnavailable(`indexes were not exchanged within ${TASK_TIMEOUT_MS} ms`)
    await wait(TASK_POLL_MS)
  }
}
