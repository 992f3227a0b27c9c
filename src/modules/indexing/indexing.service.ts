import type { Logger } from 'pino'
import { type Follower, followChanges } from '../../platform/records/follower.js'
import type { RecordRepository } from '../../platform/records/record.repository.js'
import {
  type ChangeEntry,
  RECORD_TYPES,
  type RecordType,
  type StoredRecord,
} from '../../platform/records/record.types.js'
import type { IndexName, IndexSchema, SearchDocument, SearchPort } from '../../platform/search/index.js'
import type { Offsets } from './offsets.repository.js'

/** How the records of one type become search documents. */
export interface Projection {
  index: IndexName
  schema: IndexSchema
  /** Null when the record is not to be found; it then leaves the index. */
  document(record: StoredRecord<never>): SearchDocument | null
}

export interface IndexingDeps {
  search: SearchPort
  records: RecordRepository
  projections: Readonly<Record<RecordType, Projection>>
  log: Logger
  /** Of an engine that keeps its documents when the product stops; without it every index is filled at the start. */
  kept?: KeptEngine
}

export interface KeptEngine {
  offsets: Offsets
  /** What its documents are made by; they are made anew when it differs from what they were made by. */
  form(): string
}

/** An index that was filled from the database. */
export interface BuiltIndex {
  index: IndexName
  documents: number
  /** Milliseconds it took. */
  ms: number
}

export interface StaleDocuments {
  type: RecordType
  ids: readonly string[]
}

export interface Indexing {
  /**
   * Fills every index from the database, telling of each, then follows the change log. An engine that kept its documents goes on
   * where it stood. Called again, it sets up what the engine has lost since.
   */
  start(onBuilt?: (built: BuiltIndex) => void): Promise<void>
  poke(): void
  /** Resolves when searches see every change committed before the call. */
  caughtUp(): Promise<void>
  /**
   * Makes the documents of records anew that have not changed themselves: what documents are made by has. A kept engine need not
   * make all of them at its next start then.
   */
  remake(stale: () => AsyncIterable<StaleDocuments>): Promise<void>
  /** Changes that searches do not see yet. */
  lag(): Promise<number>
  stop(): Promise<void>
}

/** Keeps one search engine true to the database: it rereads records by id and never trusts the log for their content. */
export function createIndexing({ search, records, projections, log, kept }: IndexingDeps): Indexing {
  let follower: Follower | null = null
  let stopped = false
  /** The last change taken in. */
  let position = 0

  async function* documents(type: RecordType): AsyncIterable<SearchDocument> {
    for await (const record of records.each<never>(type)) {
      const document = projections[type].document(record)
      if (document) yield document
    }
  }

  async function apply(entries: readonly ChangeEntry[]) {
    for (const type of RECORD_TYPES) {
      const ids = [...new Set(entries.filter((e) => e.type === type).map((e) => e.recordId))]
      if (ids.length > 0) await refresh(type, ids)
    }
  }

  async function refresh(type: RecordType, ids: readonly string[]) {
    const { index, document } = projections[type]
    const found = await records.byIds<never>(type, ids)
    const upserts = found.map(document).filter((d): d is SearchDocument => d !== null)
    const kept = new Set(upserts.map((d) => d.id))
    await search.upsert(index, upserts)
    const token = await search.remove(
      index,
      ids.filter((id) => !kept.has(id)),
    )
    await search.flush(index, token)
  }

  /** Where the engine stands when its documents are to be trusted, else null. */
  async function keptOffset(): Promise<number | null> {
    const offset = (await kept?.offsets.load(kept.form())) ?? null
    if (offset === null) return null
    for (const type of RECORD_TYPES) {
      const { total } = await search.search(projections[type].index, { limit: 0 })
      if (total === 0 && !(await isEmpty(documents(type)))) return null
    }
    return offset
  }

  async function fill(onBuilt?: (built: BuiltIndex) => void): Promise<number> {
    // Taken before the first record is read: what changes meanwhile is read again from the log.
    const startAt = await records.lastSeq()
    for (const type of RECORD_TYPES) {
      const { index } = projections[type]
      const begun = performance.now()
      let count = 0
      await search.rebuild(
        index,
        counted(documents(type), () => count++),
      )
      onBuilt?.({ index, documents: count, ms: performance.now() - begun })
    }
    await kept?.offsets.reset(kept.form(), startAt)
    return startAt
  }

  return {
    start: async (onBuilt) => {
      for (const type of RECORD_TYPES) await search.ensureIndex(projections[type].index, projections[type].schema)
      const offset = await keptOffset()
      if (offset !== null && follower) {
        follower.poke()
        return
      }
      await follower?.stop()
      // Should filling fail, the next start must not take the stopped one for a running one.
      follower = null
      const startAt = offset ?? (await fill(onBuilt))
      position = startAt
      if (stopped) return
      follower = followChanges({
        changesAfter: records.changesAfter,
        lastSeq: records.lastSeq,
        apply: async (entries) => {
          await apply(entries)
          const last = entries.at(-1)
          if (last) position = last.seq
          if (last) await kept?.offsets.save(kept.form(), last.seq)
        },
        onError: (error) => log.error({ err: error }, 'search index could not follow the change log; trying again'),
        startAt,
      })
    },
    poke: () => follower?.poke(),
    caughtUp: async () => follower?.caughtUp(),
    remake: async (stale) => {
      if (!follower) return
      for await (const { type, ids } of stale()) {
        if (stopped) return
        await refresh(type, ids)
      }
      await kept?.offsets.reset(kept.form(), position)
    },
    lag: async () => follower?.lag() ?? 0,
    stop: async () => {
      stopped = true
      await follower?.stop()
    },
  }
}

async function isEmpty(documents: AsyncIterable<unknown>): Promise<boolean> {
  for await (const _document of documents) return false
  return true
}

async function* counted<T>(entries: AsyncIterable<T>, count: () => void): AsyncIterable<T> {
  for await (const entry of entries) {
    count()
    yield entry
  }
}
