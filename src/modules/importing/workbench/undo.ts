import type { VersionRow } from '../../../platform/records/record.model.js'
import type { Edit, StoredRecord } from '../../../platform/records/record.types.js'
import { TABLES } from '../tables/index.js'
import type { ImportRow } from './imports.types.js'
import type { WorkDeps } from './imports.work.js'

const UNDO_RECORDS = 100
/** Listings that were changed since are named up to so many; all are counted. */
const MOST_NAMED = 200

/** The batch of an undo's versions: not that of the import, whose versions are what it walks along. */
const batchOf = (job: ImportRow) => `undo-${job._id}`

/**
 * Takes back what an import did to its next listings: new ones are archived, changed ones get back what they said before. One that
 * was changed since, or is the curator's own, is left as it is, and named. Returns whether there may be more.
 */
export async function undoBatch(deps: WorkDeps, job: ImportRow, own: ReadonlySet<string>): Promise<boolean> {
  const { imports, records, change, clock } = deps
  const { form } = TABLES[job.kind]
  const written = await imports.written(job._id, job.undoCursor, UNDO_RECORDS)
  const expect = { state: 'undoing', undoCursor: job.undoCursor } as const
  if (written.length === 0) {
    await imports.inTransaction(async (session) => {
      if (!(await imports.step(job._id, { set: { state: 'undone', worker: null }, expect }, { session }))) return
      const details = { undone: String(job.undone), left: String(job.left) }
      const event = {
        parkId: job.parkId,
        by: job.by,
        action: 'import.undone',
        type: 'import',
        recordId: job._id,
      } as const
      await deps.audit.record({ ...event, batch: job._id, details }, session)
    })
    return false
  }
  const found = await records.byIds<unknown>(
    form.type,
    written.map(({ recordId }) => recordId),
  )
  const recordOf = new Map(found.map((record) => [record.id, record]))
  const edits: Edit<unknown>[] = []
  const left: string[] = []
  for (const version of written) {
    const record = recordOf.get(version.recordId)
    if (!record || record.version !== version.version || own.has(record.id)) left.push(version.recordId)
    else edits.push(await backTo(version, record, clock()))
  }
  const set = {
    undoCursor: written.at(-1)?._id ?? job.undoCursor,
    undone: job.undone + edits.length,
    left: job.left + left.length,
    leftIds: [...job.leftIds, ...left].slice(0, MOST_NAMED),
  }
  await imports.inTransaction(async (session) => {
    if (!(await imports.step(job._id, { set, expect }, { session }))) return
    await change({
      ...{ parkId: job.parkId, type: form.type, by: job.by, why: 'undo of an import', action: 'undo-import' },
      ...{ batch: batchOf(job), edits, within: session },
    })
  })
  deps.onWritten()
  return true

  /** The edit that makes of a listing what it was before the import's version of it. */
  async function backTo(
    { recordId, version }: VersionRow,
    record: StoredRecord<unknown>,
    now: Date,
  ): Promise<Edit<unknown>> {
    const before = version > 1 ? await imports.version(recordId, version - 1) : null
    if (!before) return { id: record.id, expect: version, set: { archivedAt: now } }
    const { published, working, status, archivedAt, mergedInto, withheld, featuredAt, expiresOn } = before
    return {
      ...{ id: record.id, expect: version },
      set: { published, working, status, archivedAt, mergedInto, withheld, featuredAt, expiresOn },
      ...(published !== null && published !== undefined && { slugFrom: form.slugFrom(published) }),
    }
  }
}
