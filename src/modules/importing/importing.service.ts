import { type Clock, plainDateIn } from '../../kernel/clock.js'
import type { ParkContext } from '../../kernel/park.js'
import type { Change } from '../../platform/records/change.repository.js'
import type { RecordRepository } from '../../platform/records/record.repository.js'
import type { Taxonomy } from '../taxonomy/index.js'
import { columnReader, type Mapping } from './columns.rules.js'
import type { RecordForm } from './forms/record-form.js'
import type { ReadRow, RowProblem } from './importing.types.js'
import { createLookup } from './lookup.rules.js'
import { type PreparedRow, prepareRow } from './prepare.rules.js'
import { type Outcome, writeBatch } from './write-batch.js'

export interface ImportDeps {
  change: Change
  records: RecordRepository
  clock: Clock
}

export interface ImportRequest {
  park: ParkContext
  taxonomy: Taxonomy
  rows: AsyncIterable<ReadRow>
  mappings: readonly Mapping[]
  /** Where the records come from: `externalId` is unique within it. */
  source: string
  /** Reads, checks and compares everything, and writes nothing. */
  dryRun: boolean
  /** Stops after the batch that is being written. */
  signal?: AbortSignal
  onProblem(problem: RowProblem): void
  onProgress(rows: number): void
}

export interface ImportSummary extends Outcome {
  /** Rows read, blank lines left out. */
  rows: number
  failed: number
  /** Columns that stand for no field, in the order met. */
  unknownColumns: string[]
  /** Mapped columns that no row has. */
  unusedMappings: string[]
  /** False when it was stopped before the end. */
  complete: boolean
}

// Small enough for one transaction and for constant memory, whatever the rows' length.
const BATCH_ROWS = 250
const BATCH_CHARACTERS = 1_000_000

/**
 * Brings rows into the directory, batch by batch, each in one transaction: new ones are added and published, known ones
 * (by source and `externalId`) updated where they differ. Repeating an import, finished or broken off, changes nothing
 * that is there already. Apart from the ids of the rows read, memory does not grow with the file.
 */
export async function importRows<C>(
  deps: ImportDeps,
  form: RecordForm<C>,
  request: ImportRequest,
): Promise<ImportSummary> {
  const { park, source, dryRun, mappings } = request
  const columns = columnReader(form, mappings)
  const lookup = createLookup(request.taxonomy, park)
  const lineOf = new Map<string, number>()
  const summary = { rows: 0, added: 0, changed: 0, unchanged: 0, archived: 0, failed: 0 }
  const fail = (problems: readonly RowProblem[]) => {
    summary.failed++
    problems.forEach(request.onProblem)
  }
  let batch: PreparedRow<C>[] = []
  let size = 0

  const write = async () => {
    const today = plainDateIn(deps.clock(), park.timeZone)
    const outcome = await writeBatch(deps, form, { parkId: park.id, source, dryRun, today }, batch, fail)
    for (const key of ['added', 'changed', 'unchanged', 'archived'] as const) summary[key] += outcome[key]
    batch = []
    size = 0
    request.onProgress(summary.rows)
  }

  const take = (read: ReadRow) => {
    if (!read.ok) return fail([read.problem])
    const { line } = read.row
    const prepared = prepareRow(form, line, columns.read(read.row), lookup)
    if (!prepared.ok) return fail(prepared.problems)
    const { row } = prepared
    const first = lineOf.get(row.externalId)
    if (first !== undefined)
      return fail([{ line, field: 'externalId', code: 'duplicate', params: { line: String(first) } }])
    lineOf.set(row.externalId, line)
    batch.push(row)
    size += row.size
  }

  for await (const read of request.rows) {
    if (request.signal?.aborted) break
    summary.rows++
    take(read)
    if (batch.length >= BATCH_ROWS || size >= BATCH_CHARACTERS) await write()
  }
  if (!request.signal?.aborted) await write()
  return {
    ...summary,
    unknownColumns: [...columns.unknown],
    unusedMappings: mappings.map((m) => m.theirs).filter((theirs) => !columns.met.has(theirs)),
    complete: !request.signal?.aborted,
  }
}
