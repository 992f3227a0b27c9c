import type { Logger } from 'pino'
import type { Clock } from '../../kernel/clock.js'
import { every, type Job } from '../../platform/jobs/every.js'
import { type Follower, followChanges } from '../../platform/records/follower.js'
import type { RecordRepository } from '../../platform/records/record.repository.js'
import { type ChangeEntry, RECORD_TYPES, type RecordType } from '../../platform/records/record.types.js'
import { EngineUnavailable, type IndexName, type SearchDocument, type SearchPort } from '../../platform/search/index.js'
import { type Comparison, compareAndRepair, isSame } from './comparing.js'
import { documentWriter } from './document-writer.js'
import type { Offsets } from './offsets.repository.js'
import type { Projection } from './projection.js'
import { type Failure, type Held, setAside } from './set-aside.js'
import type { SetAsideRows } from './set-aside.repository.js'

export interface IndexingDeps {
  /** What it is called in the log, in `/readyz` and on the staff's page. */
  engine: EngineName
  search: SearchPort
  records: RecordRepository
  projections: Readonly<Record<RecordType, Projection>>
  setAsideRows: SetAsideRows
  clock: Clock
  log: Logger
  /** Of an engine that keeps its documents when the product stops; without it every index is filled at the start. */
  kept?: KeptEngine
}

export type EngineName = 'builtin' | 'meilisearch'

export interface KeptEngine {
  offsets: Offsets
  /** What its documents are made by; they are made anew when it differs from what they were made by. */
  form(): string
}

/** An index that was filled from the database. */
export interface BuiltIndex {
  index: IndexName
  documents: number
  /** Records that could not be taken in, and are set aside. */
  left: number
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
  stop(): Promise<void>
}

/** How one engine stands. */
export interface Standing {
  engine: EngineName
  /** Changes it has not taken in. */
  lag: number
  /** Records that it does not have as they are. */
  setAside: readonly Held[]
}

/** The indexing of one engine, and what an operator can have it do. */
export interface EngineIndexing extends Indexing {
  readonly engine: EngineName
  /** Changes that searches do not see yet. */
  lag(): Promise<number>
  /** Whether its indexes lack documents, because it is being filled with nothing there that could answer. */
  filling(): boolean
  standing(): Promise<Standing>
  /** Tries all that is set aside again, now. */
  retry(): Promise<void>
  /** Fills every index anew, beside the old ones, which answer until then. */
  rebuild(onBuilt?: (built: BuiltIndex) => void): Promise<void>
  /** Gives up a fill or a comparison that is under way, and any later one: the product stops. */
  breakOff(): void
  /** Compares every record with what the engine holds, and repairs. */
  verify(onCompared?: (comparison: Comparison) => void): Promise<Comparison[]>
}

const RETRY_MS = 30_000
const BATCH = 500
/** Of many records that are set aside at once, so many are named in the log. */
const LOGGED = 10
/** Documents of each index that are looked at before all are trusted. */
const LOOKED_AT = 10

/** Keeps one search engine true to the database: it rereads records by id and never trusts the log for their content. */
export function createIndexing(deps: IndexingDeps): EngineIndexing {
  const { engine, search, records, projections, setAsideRows, clock, log, kept } = deps
  const writer = documentWriter(deps)
  const aside = setAside(setAsideRows, clock, (failures) => {
    for (const { type, recordId, cause, error } of failures.slice(0, LOGGED))
      log.error({ err: error, engine, type, recordId, cause }, 'a record was set aside by the search index')
    if (failures.length > LOGGED) log.error({ engine, records: failures.length }, 'more records were set aside')
  })
  let follower: Follower | null = null
  let retries: Job | null = null
  let stopped = false
  /** What reads all records is given up. */
  let ending = false
  let filling = false
  /** The last change taken in. */
  let position = 0

  async function apply(entries: readonly ChangeEntry[]) {
    const seq = entries.at(-1)?.seq ?? position
    for (const type of RECORD_TYPES) {
      const ids = [...new Set(entries.filter((e) => e.type === type).map((e) => e.recordId))]
      if (ids.length > 0) await refresh(type, ids, seq)
    }
    position = seq
    await kept?.offsets.save(kept.form(), seq)
  }

  async function refresh(type: RecordType, ids: readonly string[], seq = position) {
    const failures = await writer.refresh(type, ids)
    await aside.note(
      ids.map((recordId) => ({ type, recordId })),
      failures,
      seq,
    )
  }

  /** Where the engine stands when its documents are to be trusted, else null. */
  async function keptOffset(): Promise<number | null> {
    const offset = (await kept?.offsets.load(kept.form())) ?? null
    // A database that is behind the engine was restored from an older copy.
    if (offset === null || offset > (await records.lastSeq())) return null
    for (const type of RECORD_TYPES) {
      if (!(await isMadeAlike(type))) return null
      const { total } = await search.search(projections[type].index, { limit: 0 })
      if (total === 0 && !(await isEmpty(writer.all(type, () => {})))) return null
    }
    return offset
  }

  /** Whether documents are what this program makes of their records: some are looked at. */
  async function isMadeAlike(type: RecordType): Promise<boolean> {
    const { documents } = await search.page(projections[type].index, { from: null, limit: LOOKED_AT })
    const ids = documents.map(({ id }) => id)
    const made = new Map((await writer.made(type, ids)).documents.map((document) => [document.id, document]))
    return documents.every((held) => {
      const document = made.get(held.id)
      return !document || document.version !== held.version || isSame(held, document)
    })
  }

  async function fill(onBuilt?: (built: BuiltIndex) => void): Promise<number> {
    // Taken before the first record is read: what changes meanwhile is read again from the log.
    const startAt = await records.lastSeq()
    await kept?.offsets.begin(kept.form(), startAt)
    for (const type of RECORD_TYPES) {
      const { index } = projections[type]
      const begun = performance.now()
      const filled = await fillIndex(type, index, startAt)
      onBuilt?.({ index, ...filled, ms: performance.now() - begun })
    }
    await kept?.offsets.reset(kept.form(), startAt)
    return startAt
  }

  async function fillIndex(
    type: RecordType,
    index: IndexName,
    seq: number,
  ): Promise<Pick<BuiltIndex, 'documents' | 'left'>> {
    const failures: Failure[] = []
    const earlier = aside.list().filter((row) => row.type === type)
    let count = 0
    try {
      await search.rebuild(
        index,
        counted(unlessEnding(writer.all(type, (failure) => failures.push(failure))), () => count++),
      )
      await aside.note(earlier, failures, seq)
      return { documents: count, left: failures.length }
    } catch (error) {
      if (error instanceof EngineUnavailable) throw error
      log.warn({ err: error, engine, index }, 'an index could not be filled at once; filling it record by record')
      const { documents, left } = await compare(type, async () => {})
      return { documents: documents - left, left }
    }
  }

  const compare = (type: RecordType, caughtUp: () => Promise<void>) =>
    compareAndRepair({ search, writer: endingWriter, refresh, caughtUp }, type, projections[type].index)

  const endingWriter: typeof writer = {
    ...writer,
    all: (type, onFailure) => unlessEnding(writer.all(type, onFailure)),
  }

  /** The documents, unless the product stops before all were read. */
  async function* unlessEnding(documents: AsyncIterable<SearchDocument>) {
    for await (const document of documents) {
      if (ending) throw new EngineUnavailable('the product stops')
      yield document
    }
  }

  const caughtUp = async () => follower?.caughtUp()

  /** An engine that was not set up has none of the changes. */
  const lag = () => follower?.lag() ?? records.lastSeq()

  async function retry(only?: 'due') {
    for (const type of RECORD_TYPES) {
      const ids = aside.list(only).flatMap((row) => (row.type === type ? [row.recordId] : []))
      for (let at = 0; at < ids.length && !stopped; at += BATCH) await refresh(type, ids.slice(at, at + BATCH))
    }
  }

  function begin(startAt: number) {
    position = startAt
    if (stopped) return
    follower = followChanges({
      changesAfter: records.changesAfter,
      lastSeq: records.lastSeq,
      apply,
      onError: (error) =>
        log.error({ err: error, engine }, 'search index could not follow the change log; trying again'),
      startAt,
    })
    retries ??= every(
      RETRY_MS,
      () => retry('due'),
      (error) => log.warn({ err: error, engine }, 'what was set aside could not be tried again'),
    )
  }

  function mustBeSetUp() {
    if (!follower) throw new EngineUnavailable('the engine has not been set up yet')
  }

  return {
    engine,
    filling: () => filling,
    start: async (onBuilt) => {
      if (!follower) await aside.load()
      for (const type of RECORD_TYPES) await search.ensureIndex(projections[type].index, projections[type].schema)
      const offset = await keptOffset()
      if (offset !== null && follower) {
        follower.rewind(offset)
        position = offset
        return
      }
      await follower?.stop()
      // Should filling fail, the next start must not take the stopped one for a running one.
      follower = null
      filling = offset === null
      begin(offset ?? (await fill(onBuilt)))
      filling = false
    },
    poke: () => follower?.poke(),
    caughtUp,
    remake: async (stale) => {
      if (!follower) return
      for await (const { type, ids } of stale()) {
        if (stopped) return
        await refresh(type, ids)
      }
      await kept?.offsets.reset(kept.form(), position)
    },
    lag,
    standing: async () => ({ engine, lag: await lag(), setAside: aside.list() }),
    retry: () => retry(),
    rebuild: async (onBuilt) => {
      mustBeSetUp()
      const startAt = await fill(onBuilt)
      // What another process wrote to the former indexes meanwhile is in the log, too.
      follower?.rewind(startAt)
      await caughtUp()
    },
    verify: async (onCompared) => {
      mustBeSetUp()
      const compared: Comparison[] = []
      for (const type of RECORD_TYPES) {
        const comparison = await compare(type, caughtUp)
        compared.push(comparison)
        onCompared?.(comparison)
      }
      return compared
    },
    breakOff: () => {
      ending = true
    },
    stop: async () => {
      stopped = true
      ending = true
      await Promise.all([follower?.stop(), retries?.stop()])
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
