import type { Connection } from 'mongoose'
import { type AuditRow, recordModels } from '../../platform/records/record.model.js'

/** What of the log is asked for; null stands for all. */
export interface LogFilter {
  action: string | null
  /** Opaque id of who did it. */
  by: string | null
  /** Id of what it was done to. */
  record: string | null
  batch: string | null
  from: Date | null
  /** Not included. */
  to: Date | null
}

/** A place between two entries: everything on one side of this one. */
export interface Cursor {
  at: Date
  id: string
}

export interface LogPage {
  /** The newest first. */
  entries: AuditRow[]
  newer: Cursor | null
  older: Cursor | null
}

export interface LogRepository {
  /** A page of the log, the newest first: what is older than `before`, or the next newer than `after`. */
  page(
    parkId: string,
    filter: LogFilter,
    at: { before: Cursor | null; after: Cursor | null; size: number },
  ): Promise<LogPage>
  /** All that is asked for, the newest first. */
  each(parkId: string, filter: LogFilter): AsyncIterable<AuditRow>
}

const BY_TIME = { at: -1, _id: -1 } as const
const FORWARD = { at: 1, _id: 1 } as const

/** Every question has an index that yields it in order; which one is said, since no planner knows how rare a person or an act is. */
const INDEXES = {
  record: { parkId: 1, recordId: 1, at: 1, _id: 1 },
  batch: { parkId: 1, batch: 1, at: 1, _id: 1 },
  byAction: { parkId: 1, by: 1, action: 1, at: 1, _id: 1 },
  by: { parkId: 1, by: 1, at: 1, _id: 1 },
  action: { parkId: 1, action: 1, at: 1, _id: 1 },
  all: { parkId: 1, at: 1, _id: 1 },
} as const

const PARTIAL = { batch: { $type: 'string' } } as const

/** Indexes of the audit log's page; called by a migration. */
export async function createLogIndexes(db: Connection): Promise<void> {
  const { audit } = recordModels(db)
  for (const [name, index] of Object.entries(INDEXES))
    await audit.collection.createIndex({ ...index }, name === 'batch' ? { partialFilterExpression: PARTIAL } : {})
}

export function logRepository(db: Connection): LogRepository {
  const { audit } = recordModels(db)

  const read = (filter: object, hint: object, size: number, order: typeof BY_TIME | typeof FORWARD) =>
    audit
      .find(filter)
      .sort({ ...order })
      .limit(size)
      .hint({ ...hint })
      .lean<AuditRow[]>()

  return {
    page: async (parkId, filter, { before, after, size }) => {
      const hint = indexFor(filter)
      const found = await read(conditions(parkId, filter, { before, after }), hint, size + 1, after ? FORWARD : BY_TIME)
      const more = found.length > size
      const entries = found.slice(0, size)
      if (after) entries.reverse()
      const [first, last] = [entries[0], entries.at(-1)]
      return {
        entries,
        newer: first && (after ? more : before !== null) ? cursorOf(first) : null,
        older: last && (after ? true : more) ? cursorOf(last) : null,
      }
    },
    each: async function* (parkId, filter) {
      const rows = audit
        .find(conditions(parkId, filter, { before: null, after: null }))
        .sort({ ...BY_TIME })
        .hint({ ...indexFor(filter) })
        .lean<AuditRow>()
        .cursor({ batchSize: 1_000 })
      for await (const row of rows) yield row as AuditRow
    },
  }
}

const cursorOf = ({ at, _id }: AuditRow): Cursor => ({ at, id: _id })

function indexFor({ record, batch, by, action }: LogFilter): object {
  if (record) return INDEXES.record
  if (batch) return INDEXES.batch
  if (by) return action ? INDEXES.byAction : INDEXES.by
  return action ? INDEXES.action : INDEXES.all
}

function conditions(
  parkId: string,
  { action, by, record, batch, from, to }: LogFilter,
  { before, after }: { before: Cursor | null; after: Cursor | null },
): object {
  const at = {
    ...(from && { $gte: from }),
    ...(to && { $lt: to }),
    ...(before && { $lte: before.at }),
    // Of two lower ends the later one counts.
    ...(after && (!from || after.at > from) && { $gte: after.at }),
  }
  return {
    parkId,
    ...(action && { action }),
    ...(by && { by }),
    ...(record && { recordId: record }),
    ...(batch && { batch }),
    ...(Object.keys(at).length > 0 && { at }),
    ...(before && { $or: [{ at: { $lt: before.at } }, { _id: { $lt: before.id } }] }),
    ...(after && { $or: [{ at: { $gt: after.at } }, { _id: { $gt: after.id } }] }),
  }
}
