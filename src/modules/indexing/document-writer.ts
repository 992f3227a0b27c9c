import { paceBy } from '../../platform/pace.js'
import type { RecordRepository } from '../../platform/records/record.repository.js'
import type { RecordType, StoredRecord } from '../../platform/records/record.types.js'
import { EngineUnavailable, type IndexName, type SearchDocument, type SearchPort } from '../../platform/search/index.js'
import type { Projection } from './projection.js'
import type { Failure } from './set-aside.js'

export interface DocumentWriterDeps {
  search: SearchPort
  records: Pick<RecordRepository, 'byIds' | 'each'>
  projections: Readonly<Record<RecordType, Projection>>
}

/** What the documents of some records are by now. */
export interface MadeDocuments {
  documents: SearchDocument[]
  failures: Failure[]
}

export interface DocumentWriter {
  /** The documents that these records should have; one that is not to be found, or is not there, has none. */
  made(type: RecordType, ids: readonly string[]): Promise<MadeDocuments>
  /** The documents of all records of a type; those that cannot be made are told instead. */
  all(type: RecordType, onFailure: (failure: Failure) => void): AsyncIterable<SearchDocument>
  /**
   * Brings the engine to what the database holds of these records, and answers which it could not: what it has of those stays.
   * @throws when the database or the engine is away; nothing is then any record's fault.
   */
  refresh(type: RecordType, ids: readonly string[]): Promise<Failure[]>
}

/** The id of no record: an engine that removes it is well. */
const NOBODY = 'no-such-record'

/** Makes documents of records and hands them to one engine, one call at a time. */
export function documentWriter({ search, records, projections }: DocumentWriterDeps): DocumentWriter {
  let last: Promise<unknown> = Promise.resolve()

  function madeOf(type: RecordType, record: StoredRecord<never>): MadeDocuments {
    try {
      const document = projections[type].document(record)
      return { documents: document ? [document] : [], failures: [] }
    } catch (error) {
      return { documents: [], failures: [{ type, recordId: record.id, cause: 'document', error }] }
    }
  }

  async function made(type: RecordType, ids: readonly string[]): Promise<MadeDocuments> {
    const failures: Failure[] = []
    const found = await records.byIds<never>(type, ids, (recordId, error) => {
      failures.push({ type, recordId, cause: 'document', error })
    })
    const each: ReturnType<typeof madeOf>[] = []
    // A firm's text is read in milliseconds, a batch of them in a second, for which nobody is to wait.
    const pace = paceBy()
    for (const record of found) {
      each.push(madeOf(type, record))
      await pace()
    }
    return {
      documents: each.flatMap(({ documents }) => documents),
      failures: [...failures, ...each.flatMap((one) => one.failures)],
    }
  }

  async function refreshNow(type: RecordType, ids: readonly string[]): Promise<Failure[]> {
    const { index } = projections[type]
    const { documents, failures } = await made(type, ids)
    const refused = await upsert(search, index, documents)
    const kept = new Set([...documents.map(({ id }) => id), ...failures.map(({ recordId }) => recordId)])
    const token = await search.remove(
      index,
      ids.filter((id) => !kept.has(id)),
    )
    await search.flush(index, token)
    return [...failures, ...refused.map(([recordId, error]) => ({ type, recordId, cause: 'engine' as const, error }))]
  }

  return {
    made,
    all: async function* (type, onFailure) {
      const unreadable = (recordId: string, error: unknown) =>
        onFailure({ type, recordId, cause: 'document' as const, error })
      for await (const record of records.each<never>(type, undefined, unreadable)) {
        const { documents, failures } = madeOf(type, record)
        failures.forEach(onFailure)
        yield* documents
      }
    },
    refresh: (type, ids) => {
      // In turn: of two at once, the one that read the older record might write last.
      const mine = last.then(() => refreshNow(type, ids))
      last = mine.catch(() => undefined)
      return mine
    },
  }
}

/** Hands over documents, in ever smaller parts where the whole is refused; answers which are, each by itself, and why. */
async function upsert(
  search: SearchPort,
  index: IndexName,
  documents: readonly SearchDocument[],
): Promise<[string, unknown][]> {
  const [first] = documents
  if (!first) return []
  try {
    await search.upsert(index, documents)
    return []
  } catch (error) {
    if (error instanceof EngineUnavailable) throw error
    if (documents.length > 1) {
      const half = documents.length >> 1
      const refused = await upsert(search, index, documents.slice(0, half))
      return [...refused, ...(await upsert(search, index, documents.slice(half)))]
    }
    // An engine that does not take any other write either has a fault of its own.
    await search.remove(index, [NOBODY])
    return [[first.id, error]]
  }
}
