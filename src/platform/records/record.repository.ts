import type { Connection } from 'mongoose'
import { type RecordRow, recordModels } from './record.model.js'
import type { ChangeEntry, RecordType, StoredRecord } from './record.types.js'

export interface RecordRepository {
  byId<C>(type: RecordType, id: string): Promise<StoredRecord<C> | null>
  /** With `unreadable`, a record that cannot be read is left out and told; without it, one fails the call. */
  byIds<C>(type: RecordType, ids: readonly string[], unreadable?: Unreadable): Promise<StoredRecord<C>[]>
  /** What a record is now part of; itself, where it is merged into none. */
  survivor<C>(type: RecordType, id: string): Promise<StoredRecord<C> | null>
  /** The record that has, or once had, this address, or this id; merges are followed. */
  bySlug<C>(parkId: string, type: RecordType, slug: string): Promise<StoredRecord<C> | null>
  byExternalIds<C>(parkId: string, type: RecordType, source: string, ids: readonly string[]): Promise<StoredRecord<C>[]>
  /** Every record of a type in id order, in constant memory. `unreadable` as above. */
  each<C>(type: RecordType, source?: string, unreadable?: Unreadable): AsyncIterable<StoredRecord<C>>
  /** The records of a park that are in one state, in id order, in constant memory. */
  withStatus<C>(type: RecordType, parkId: string, status: string): AsyncIterable<StoredRecord<C>>
  /** Those that belong to a person, the newest first. */
  ownedBy<C>(type: RecordType, parkId: string, ownerId: string): Promise<StoredRecord<C>[]>
  /** What was being prepared in a version; null when nothing was, or there is no such version. */
  workingAt<C>(id: string, version: number): Promise<C | null>
  count(type: RecordType): Promise<number>
  /** Entries after `seq`, oldest first. */
  changesAfter(seq: number, limit: number): Promise<ChangeEntry[]>
  lastSeq(): Promise<number>
}

/** Told of a record that is there and cannot be made sense of. */
export type Unreadable = (id: string, error: unknown) => void

type AsRead = <R extends StoredRecord<unknown>>(record: R) => R

/** Every read of records and of the change log. `asRead`: how contents are to be read that were written before something changed. */
export function recordRepository(db: Connection, asRead: AsRead = (record) => record): RecordRepository {
  const { records, slugs, changes, versions } = recordModels(db)
  const toRead = <C>(row: RecordRow): StoredRecord<C> => asRead(toRecord<C>(row))

  const byId = async <C>(type: RecordType, id: string) => {
    const row = await records[type].findById(id).lean<RecordRow>()
    return row ? toRead<C>(row) : null
  }

  /** What a record has become part of, however often that went on; a circle, which there is none of, ends. */
  async function survivorOf<C>(type: RecordType, record: StoredRecord<C>): Promise<StoredRecord<C> | null> {
    const passed = new Set<string>()
    let last: StoredRecord<C> | null = record
    while (last?.mergedInto && !passed.has(last.id)) {
      passed.add(last.id)
      last = await byId<C>(type, last.mergedInto)
    }
    return last
  }

  function readOr<C>(row: RecordRow, unreadable: Unreadable | undefined): StoredRecord<C>[] {
    if (!unreadable) return [toRead<C>(row)]
    try {
      return [toRead<C>(row)]
    } catch (error) {
      unreadable(row._id, error)
      return []
    }
  }

  type Narrow = { source?: string; parkId?: string; status?: string }
  async function* stream<C>(type: RecordType, filter: Narrow, unreadable?: Unreadable) {
    const rows = records[type].find(filter).sort({ _id: 1 }).lean<RecordRow>().cursor({ batchSize: 500 })
    for await (const row of rows) yield* readOr<C>(row as RecordRow, unreadable)
  }

  return {
    byId,
    byIds: async <C>(type: RecordType, ids: readonly string[], unreadable?: Unreadable) => {
      const rows = await records[type].find({ _id: { $in: [...ids] } }).lean<RecordRow[]>()
      return rows.flatMap((row) => readOr<C>(row, unreadable))
    },
    survivor: async <C>(type: RecordType, id: string) => {
      const record = await byId<C>(type, id)
      return record && survivorOf(type, record)
    },
    bySlug: async <C>(parkId: string, type: RecordType, slug: string) => {
      const entry = await slugs.findOne({ parkId, type, slug }).lean()
      const found = await byId<C>(type, entry?.recordId ?? slug)
      return found?.parkId === parkId ? survivorOf(type, found) : null
    },
    byExternalIds: async <C>(parkId: string, type: RecordType, source: string, ids: readonly string[]) => {
      // The type stands there for the server's planner: without it a partial index of strings is not considered.
      const externalId = { $in: [...ids], $type: 'string' as const }
      const rows = await records[type].find({ parkId, source, externalId }).lean<RecordRow[]>()
      return rows.map((row) => toRead<C>(row))
    },
    each: (type, source, unreadable) => stream(type, source === undefined ? {} : { source }, unreadable),
    withStatus: (type, parkId, status) => stream(type, { parkId, status }),
    ownedBy: async <C>(type: RecordType, parkId: string, ownerId: string) => {
      const rows = await records[type].find({ parkId, ownerId }).sort({ createdAt: -1 }).lean<RecordRow[]>()
      return rows.map((row) => toRead<C>(row))
    },
    workingAt: async <C>(recordId: string, version: number) => {
      const row = await versions.findOne({ recordId, version }).lean()
      return (row?.working as C | null | undefined) ?? null
    },
    count: (type) => records[type].countDocuments({}),
    changesAfter: async (seq, limit) => {
      const rows = await changes
        .find({ _id: { $gt: seq } })
        .sort({ _id: 1 })
        .limit(limit)
        .lean()
      return rows.map(({ _id, ...rest }) => ({ seq: _id, ...rest }) as ChangeEntry)
    },
    lastSeq: async () => {
      const row = await changes.findOne({}).sort({ _id: -1 }).lean()
      return row?._id ?? 0
    },
  }
}

export function toRecord<C>({ _id, ...row }: RecordRow): StoredRecord<C> {
  // Rows written before these fields were thought of lack them.
  const { withheld = null, featuredAt = null, expiresOn = null } = row
  return { ...row, id: _id, withheld, featuredAt, expiresOn } as StoredRecord<C>
}
