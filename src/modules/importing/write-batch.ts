import type { PlainDate } from '../../kernel/clock.js'
import type { Edit, StoredRecord } from '../../platform/records/record.types.js'
import type { RecordForm } from './forms/record-form.js'
import type { ImportDeps } from './importing.service.js'
import type { RowProblem } from './importing.types.js'
import { canonical, type PreparedRow } from './prepare.rules.js'

export interface Outcome {
  added: number
  changed: number
  unchanged: number
  /** Rows whose record the park has archived or merged; an import does not bring it back. */
  archived: number
}

interface BatchRequest {
  parkId: string
  source: string
  dryRun: boolean
  /** In the park's zone. */
  today: PlainDate
}

type Fail = (problems: readonly RowProblem[]) => void

/** Compares prepared rows, each of another record, with what is stored, and writes the difference in one transaction. */
export async function writeBatch<C>(
  deps: ImportDeps,
  form: RecordForm<C>,
  request: BatchRequest,
  batch: readonly PreparedRow<C>[],
  fail: Fail,
): Promise<Outcome> {
  const { parkId, source, dryRun, today } = request
  const outcome: Outcome = { added: 0, changed: 0, unchanged: 0, archived: 0 }
  if (batch.length === 0) return outcome
  const rows = await withBusinesses(deps, request, batch, fail)
  const ids = rows.map((row) => row.externalId)
  const stored = await deps.records.byExternalIds<C>(parkId, form.type, source, ids)
  const known = new Map(stored.map((record) => [record.externalId, record]))

  const edits = rows.flatMap((row): Edit<C>[] => {
    const record = known.get(row.externalId)
    const status = form.type === 'need' ? needStatus(row, record?.status ?? null, today) : null
    const fate = fateOf(row.content, status, record)
    outcome[fate]++
    if (fate === 'unchanged' || fate === 'archived') return []
    const set = { published: row.content, status }
    const slugFrom = form.slugFrom(row.content)
    return [record ? { id: record.id, set, slugFrom } : { source, externalId: row.externalId, set, slugFrom }]
  })
  if (!dryRun)
    await deps.change<C>({ parkId, type: form.type, by: 'system:import', why: `import from ${source}`, edits })
  return outcome
}

function fateOf<C>(content: C, status: string | null, record: StoredRecord<C> | undefined): keyof Outcome {
  if (!record) return 'added'
  if (record.archivedAt || record.mergedInto) return 'archived'
  const same = canonical(content) === canonical(record.published) && status === record.status
  return same ? 'unchanged' : 'changed'
}

/** What the file says; else a need that was closed stays so, and the deadline decides between open and expired. */
function needStatus(row: PreparedRow<unknown>, present: string | null, today: PlainDate): string {
  if (row.status) return row.status
  if (present === 'closed') return present
  const { deadline } = row.content as { deadline?: PlainDate }
  return deadline !== undefined && deadline < today ? 'expired' : 'published'
}

/** Needs name their business by its `externalId` of the same source; its record's id takes that place. */
async function withBusinesses<C>(
  { records }: ImportDeps,
  { parkId, source }: BatchRequest,
  batch: readonly PreparedRow<C>[],
  fail: Fail,
): Promise<readonly PreparedRow<C>[]> {
  const named = [...new Set(batch.flatMap((row) => row.business ?? []))]
  if (named.length === 0) return batch
  const found = await records.byExternalIds(parkId, 'business', source, named)
  const idOf = new Map(found.map((business) => [business.externalId, business.id]))
  return batch.flatMap((row) => {
    if (row.business === undefined) return [row]
    const id = idOf.get(row.business)
    if (id !== undefined) return [{ ...row, content: { ...row.content, business: id } }]
    fail([{ line: row.line, field: 'business', code: 'unknownBusiness', params: { value: row.business } }])
    return []
  })
}
