import type { ClientSession, Connection } from 'mongoose'
import type { Clock } from '../../kernel/clock.js'
import { Conflict, NotFound } from '../../kernel/errors.js'
import { newId } from '../../kernel/ids.js'
import { slugify } from '../../kernel/slug.js'
import { AS_THEY_ARE } from '../db/as-they-are.js'
import { inTransaction } from '../db/connection.js'
import { type RecordRow, recordModels } from './record.model.js'
import { toRecord } from './record.repository.js'
import type { Edit, RecordAction, RecordType, StoredRecord } from './record.types.js'

/** Who changes what, and why; the same for all edits of one call. */
export interface ChangeRequest<C> {
  parkId: string
  type: RecordType
  /** Opaque id of the person, or `system:<name>`. */
  by: string
  why: string
  /** What is done; left out: `create` for a new record, `change` for one that is there. */
  action?: RecordAction
  /** The import, merge or other larger act that the edits are part of; stands in their versions. */
  batch?: string
  /** Codes and ids for the audit entries: `{ case: id }`. */
  details?: Readonly<Record<string, string>>
  edits: readonly Edit<C>[]
  /** Writes that must stand or fall with the change, in its transaction (a person, a consent, a mail). */
  alongside?: (session: ClientSession, records: readonly StoredRecord<C>[]) => Promise<void>
  /** A transaction that is under way, to be part of it; readers of the change log see the change once it is committed. */
  within?: ClientSession
}

export type Change = <C>(request: ChangeRequest<C>) => Promise<StoredRecord<C>[]>

/** A record as it was, null when it is new, and as it is now. */
export interface Changed {
  type: RecordType
  before: StoredRecord<unknown> | null
  after: StoredRecord<unknown>
}

/** Keeps rows that are made from records (summaries, keys to compare by) as true as the records, in the same transaction. */
export type Projection = (changed: readonly Changed[], session: ClientSession) => Promise<void>

export interface ChangeOptions {
  onCommitted?(): void
  projections?: readonly Projection[]
  /** Makes the ids of new records; random ones unless told otherwise. */
  recordId?(): string
}

/**
 * The one way to change a record. Record, version, audit entry, address and change-log entry are committed together;
 * up to some hundred edits go in one call. Edits that name the same record twice in one call are a mistake.
 * @throws {NotFound} for an id that does not exist, {Conflict} for a version other than the expected one.
 */
export function createChange(db: Connection, clock: Clock, options: ChangeOptions = {}): Change {
  const { onCommitted, projections = [], recordId = newId } = options
  const models = recordModels(db)

  return async <C>(request: ChangeRequest<C>) => {
    if (request.edits.length === 0) return []
    const write = async (session: ClientSession) => {
      const before = await readCurrent(request, session)
      const at = clock()
      const rows = request.edits.map((edit) => nextRow(request, edit, edit.id ? before.get(edit.id) : undefined, at))
      await giveAddresses(request, rows, before, session)
      await writeRows(request.type, rows, before, session)
      await writeTrail(request, rows, before, at, session)
      await project(request.type, rows, before, session)
      const records = rows.map((row) => toRecord<C>(row))
      await request.alongside?.(session, records)
      return records
    }
    const changed = await (request.within ? write(request.within) : inTransaction(db, write))
    onCommitted?.()
    return changed
  }

  async function readCurrent<C>({ type, parkId, edits }: ChangeRequest<C>, session: ClientSession) {
    const ids = edits.flatMap((edit) => (edit.id ? [edit.id] : []))
    if (ids.length === 0) return new Map<string, RecordRow>()
    const rows = await models.records[type].find({ _id: { $in: ids }, parkId }, null, { session }).lean<RecordRow[]>()
    return new Map(rows.map((row) => [row._id, row]))
  }

  function nextRow<C>(request: ChangeRequest<C>, edit: Edit<C>, before: RecordRow | undefined, at: Date): RecordRow {
    if (edit.id && !before) throw new NotFound(request.type, edit.id)
    if (before && edit.expect !== undefined && edit.expect !== before.version) {
      throw new Conflict(request.type, before._id, edit.expect, before.version)
    }
    const id = before?._id ?? recordId()
    const base = before ?? {
      ...{ _id: id, parkId: request.parkId, version: 0, slug: '', source: edit.source ?? 'unknown' },
      ...{ externalId: edit.externalId ?? null, published: null, working: null, status: null, ownerId: null },
      ...{ createdAt: at, updatedAt: at, publishedAt: null, archivedAt: null, mergedInto: null },
      ...{ withheld: null, featuredAt: null, expiresOn: null },
    }
    const next: RecordRow = { ...base, ...edit.set, version: base.version + 1, updatedAt: at }
    if (next.published && !next.publishedAt) next.publishedAt = at
    if (edit.slugFrom !== undefined) {
      const wanted = slugify(edit.slugFrom, id)
      // An address that differs only by the suffix it got when the plain one was taken stays as it is.
      if (!addressesFor(wanted, id).includes(next.slug)) next.slug = wanted
    }
    return next
  }

  /** Enters new addresses into the history; one that another record has or had gets a part of the record's id behind it. */
  async function giveAddresses<C>(
    { parkId, type }: ChangeRequest<C>,
    rows: RecordRow[],
    before: Map<string, RecordRow>,
    session: ClientSession,
  ) {
    const fresh = rows.filter((row) => row.slug !== before.get(row._id)?.slug)
    if (fresh.length === 0) return
    const candidates = fresh.flatMap((row) => addressesFor(row.slug, row._id))
    const known = await models.slugs.find({ parkId, type, slug: { $in: candidates } }, null, { session }).lean()
    const owner = new Map(known.map((entry) => [entry.slug, entry.recordId]))
    const entries = fresh.flatMap((row) => {
      const free = addressesFor(row.slug, row._id).find((slug) => (owner.get(slug) ?? row._id) === row._id)
      row.slug = free ?? row._id
      if (owner.has(row.slug)) return []
      owner.set(row.slug, row._id)
      return [{ _id: newId(), parkId, type, slug: row.slug, recordId: row._id }]
    })
    if (entries.length > 0) await models.slugs.insertMany(entries, { ...AS_THEY_ARE, session })
  }

  async function writeRows(
    type: RecordType,
    rows: RecordRow[],
    before: Map<string, RecordRow>,
    session: ClientSession,
  ) {
    const fresh = rows.filter((row) => !before.has(row._id))
    const changed = rows.filter((row) => before.has(row._id))
    if (fresh.length > 0) await models.records[type].insertMany(fresh, { ...AS_THEY_ARE, session })
    if (changed.length > 0) {
      await models.records[type].bulkWrite(
        changed.map((row) => ({
          replaceOne: { filter: { _id: row._id, version: row.version - 1 }, replacement: row },
        })),
        { session },
      )
    }
  }

  async function project(type: RecordType, rows: RecordRow[], before: Map<string, RecordRow>, session: ClientSession) {
    const changed = rows.map((row): Changed => {
      const old = before.get(row._id)
      return { type, before: old ? toRecord(old) : null, after: toRecord(row) }
    })
    for (const projection of projections) await projection(changed, session)
  }

  async function writeTrail<C>(
    { parkId, type, by, why, action, batch, details }: ChangeRequest<C>,
    rows: RecordRow[],
    before: Map<string, RecordRow>,
    at: Date,
    session: ClientSession,
  ) {
    const what = (row: RecordRow) => ({ parkId, type, recordId: row._id, version: row.version })
    const actionOf = (row: RecordRow) => action ?? (before.has(row._id) ? 'change' : 'create')
    await models.versions.insertMany(
      rows.map((row) => ({
        ...{ _id: newId(), ...what(row), by, at, why },
        ...{ action: actionOf(row), batch: batch ?? null },
        ...stateOf(row),
      })),
      { ...AS_THEY_ARE, session },
    )
    await models.audit.insertMany(
      rows.map((row) => ({
        ...{ _id: newId(), ...what(row), by, at, action: actionOf(row), batch: batch ?? null },
        ...(details && { details }),
      })),
      { ...AS_THEY_ARE, session },
    )
    // The counter is written last: two changes that overlap conflict here, so sequences are committed in order and a
    // reader that has seen entry n has nothing to come below n.
    const counter = await models.counters.findOneAndUpdate(
      { _id: 'changes' },
      { $inc: { value: rows.length } },
      { session, upsert: true, returnDocument: 'after' },
    )
    const first = (counter?.value ?? rows.length) - rows.length + 1
    await models.changes.insertMany(
      rows.map((row, i) => ({ _id: first + i, ...what(row), at })),
      { ...AS_THEY_ARE, session },
    )
  }
}

/** What a version keeps of a record. */
const stateOf = ({ published, working, status, slug, archivedAt, mergedInto, ...row }: RecordRow) => ({
  ...{ published, working, status, slug, archivedAt, mergedInto },
  // Rows written before these fields were thought of lack them.
  ...{ withheld: row.withheld ?? null, featuredAt: row.featuredAt ?? null, expiresOn: row.expiresOn ?? null },
})

/** The addresses that a record may have for `slug`, the plain one first. A part of the id may be taken too, all of it is not. */
const addressesFor = (slug: string, id: string) => [slug, `${slug}-${id.slice(0, 5)}`, `${slug}-${id}`]
