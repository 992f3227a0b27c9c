import { taxCode } from '../../../kernel/fields.js'
import type { RecordRepository } from '../../../platform/records/record.repository.js'
import type { Edit, StoredRecord } from '../../../platform/records/record.types.js'
import type { SummaryRepository } from '../../summaries/index.js'
import type { Given, Target } from '../columns.rules.js'
import { targetOf } from '../columns.rules.js'
import type { RowProblem } from '../importing.types.js'
import type { Lookup } from '../lookup.rules.js'
import { type Prepared, type PreparedRow, prepareRow } from '../prepare.rules.js'
import type { ListingTable } from '../tables/listing-table.js'
import type { ImportRepository } from './imports.repository.js'
import type { Fate, ImportRow, StagedRow } from './imports.types.js'
import { type GivenCell, patched } from './patch.rules.js'

export interface JudgeDeps {
  records: RecordRepository
  summaries: SummaryRepository
  imports: ImportRepository
}

/** What becomes of a row, and by which edit. */
export interface Judged {
  row: StagedRow
  fate: Fate
  problems: RowProblem[]
  edit?: Edit<unknown>
}

export interface JudgeContext {
  table: ListingTable<unknown>
  lookup: Lookup
  /** Firms and businesses of whoever imports: he may not change them. */
  own: ReadonlySet<string>
  /** Keys met before, with their lines. */
  seen: Map<string, number>
}

/** Where records of imported tables come from; their `externalId` is unique within it. */
const SOURCE = 'import'

/** The column of the product's own ids, beside the fields of every form. */
export const ID_COLUMN = 'id'

export const mappedTarget = (name: string, table: ListingTable<unknown>): Target | null =>
  name === ID_COLUMN ? { field: ID_COLUMN, lang: null } : targetOf(name, table.form)

/** Says of each row what would become of it now; reads, and writes nothing. */
export async function judge(
  deps: JudgeDeps,
  job: Pick<ImportRow, 'parkId' | 'mapping' | 'key' | 'blanks'>,
  rows: readonly StagedRow[],
  context: JudgeContext,
): Promise<Judged[]> {
  const { table } = context
  const targets = job.mapping.map((name) => (name === null ? null : mappedTarget(name, table)))
  const read = rows.map((row): Read => {
    const cells = cellsOf(row, targets)
    return { row, cells, key: keyOf(job.key, cells) }
  })
  const known = await findRecords(deps, job.parkId, table, read)
  // Rows without an id are known by their words, which have to be read first.
  const fresh = new Map(
    read.filter(({ key }) => !(key && known.byKey.has(key))).map((one) => [one.row._id, prepare(one, context)]),
  )
  const byWords = await deps.records.byExternalIds<unknown>(
    job.parkId,
    table.form.type,
    SOURCE,
    [...fresh.values()].flatMap((prepared) => (prepared.ok ? [prepared.row.externalId] : [])),
  )
  const taken = indexOf(byWords)
  const archived = [...known.all, ...byWords].filter(({ archivedAt }) => archivedAt).map(({ id }) => id)
  const undone = archived.length > 0 ? await deps.imports.undoings(archived) : new Set<string>()

  return read.map((one): Judged => {
    const { row, cells } = one
    const prepared = fresh.get(row._id)
    const key = one.key ?? (prepared?.ok ? `external ${prepared.row.externalId}` : null)
    const wrong = (field: string | null, code: string, params?: RowProblem['params']): Judged => ({
      ...{ row, fate: 'bad', problems: [{ line: row.line, field, code, ...(params && { params }) }] },
    })
    const unread = unreadable(row, targets)
    if (unread.length > 0) return { row, fate: 'bad', problems: unread }
    const first = key === null ? undefined : context.seen.get(key)
    if (first !== undefined && first !== row.line) return wrong(keyField(key), 'duplicate', { line: String(first) })
    if (key) context.seen.set(key, row.line)
    const matches = key ? (known.byKey.get(key) ?? taken.get(key) ?? []) : []
    if (matches.length > 1) return wrong('taxCode', 'severalListings')
    const [record] = matches
    if (key?.startsWith('id ') && !record) return wrong(ID_COLUMN, 'unknownId')
    const revived = record?.archivedAt && undone.has(`${record.id} ${record.version}`)
    if (!record || revived) {
      const ready = prepared ?? prepare(one, context)
      if (!ready.ok) return { row, fate: 'bad', problems: ready.problems }
      if (!record && taken.has(`external ${ready.row.externalId}`)) return wrong('externalId', 'idTaken')
      return added(row, ready.row, record ?? null, context)
    }
    if (record.mergedInto) return wrong(keyField(key), 'mergedListing')
    if (record.archivedAt) return { row, fate: 'archived', problems: [] }
    if (context.own.has(record.id)) return wrong(null, 'ownListing')
    const content = record.published ?? record.working
    if (!content) return wrong(null, 'pendingListing')
    const said = job.blanks === 'keep' ? cells.filter(({ text }) => text.trim() !== '') : cells
    const listed = said.filter(({ field }) => field !== ID_COLUMN && field !== 'externalId')
    const result = patched(table, content, listed, row.line, context.lookup)
    if (!result.ok) return { row, fate: 'bad', problems: result.problems }
    if (!result.changed) return { row, fate: 'unchanged', problems: [] }
    if (!record.published) return wrong(null, 'pendingListing')
    const set = { published: result.content }
    return {
      ...{ row, fate: 'changed', problems: [] },
      edit: { id: record.id, expect: record.version, set, slugFrom: table.form.slugFrom(result.content) },
    }
  })
}

interface Read {
  row: StagedRow
  cells: GivenCell[]
  key: string | null
}

/** The row as a new listing. */
function prepare({ row, cells }: Read, { table, lookup }: JudgeContext): Prepared<unknown> {
  const given = new Map<string, Given>()
  for (const { field, lang, text } of cells) {
    if (field !== ID_COLUMN) given.set(field, { ...given.get(field), [lang ?? 'plain']: text })
  }
  return prepareRow(table.form, row.line, given, lookup)
}

/** A row that makes a new listing, or brings one back that an undo took out. */
function added(
  row: StagedRow,
  { content, externalId }: PreparedRow<unknown>,
  gone: StoredRecord<unknown> | null,
  { table }: JudgeContext,
): Judged {
  const set = { published: JSON.parse(JSON.stringify(content)) as unknown }
  const slugFrom = table.form.slugFrom(content)
  const edit = gone
    ? { id: gone.id, expect: gone.version, set: { ...set, archivedAt: null }, slugFrom }
    : { source: SOURCE, externalId, set, slugFrom }
  return { row, fate: 'added', problems: [], edit }
}

function cellsOf(row: StagedRow, targets: readonly (Target | null)[]): GivenCell[] {
  return targets.flatMap((target, i) => (target ? [{ ...target, text: row.cells[i] ?? '' }] : []))
}

/** What could not be read of the cells that are used. */
function unreadable(row: StagedRow, targets: readonly (Target | null)[]): RowProblem[] {
  const lost = row.problems.filter(({ field, code }) => field === null && OF_THE_FILE.has(code))
  const cells = row.faults.flatMap(({ column, code }) => {
    const target = targets[column]
    return target ? [{ line: row.line, field: target.field, code }] : []
  })
  return [...lost, ...cells]
}

const OF_THE_FILE = new Set(['encoding', 'nul', 'lineTooLong', 'quote', 'columns'])

/** By what a row's listing is found: `id …`, `external …` or `tax …`; null when it gives none. */
function keyOf(key: ImportRow['key'], cells: readonly GivenCell[]): string | null {
  const text = (field: string) => cells.find((cell) => cell.field === field)?.text.trim() ?? ''
  if (key === 'taxCode') {
    const code = taxCode.safeParse(text('taxCode').replace(/^\d{9}(?=(-?\d{3})?$)/, '0$&'))
    return code.success ? `tax ${code.data}` : null
  }
  if (text(ID_COLUMN)) return `id ${text(ID_COLUMN)}`
  return text('externalId') ? `external ${text('externalId')}` : null
}

const keyField = (key: string | null) =>
  key === null ? null : key.startsWith('tax ') ? 'taxCode' : key.startsWith('id ') ? ID_COLUMN : 'externalId'

async function findRecords(
  { records, summaries }: JudgeDeps,
  parkId: string,
  { form }: ListingTable<unknown>,
  read: readonly Read[],
): Promise<{ all: StoredRecord<unknown>[]; byKey: ReadonlyMap<string, StoredRecord<unknown>[]> }> {
  const values = (kind: string) =>
    read.flatMap(({ key }) => (key?.startsWith(`${kind} `) ? [key.slice(kind.length + 1)] : []))
  const codes = values('tax')
  const coded = codes.length > 0 ? await summaries.byTaxCodes(parkId, codes) : []
  const ids = [...values('id'), ...coded.filter(({ type }) => type === form.type).map(({ _id }) => _id)]
  const externals = values('external')
  const [byIds, byExternal] = await Promise.all([
    ids.length > 0 ? records.byIds<unknown>(form.type, ids) : [],
    externals.length > 0 ? records.byExternalIds<unknown>(parkId, form.type, SOURCE, externals) : [],
  ])
  const all = [...byIds, ...byExternal].filter((one) => one.parkId === parkId)
  return { all, byKey: indexOf(all) }
}

function indexOf(found: readonly StoredRecord<unknown>[]): ReadonlyMap<string, StoredRecord<unknown>[]> {
  const index = new Map<string, StoredRecord<unknown>[]>()
  const add = (key: string, record: StoredRecord<unknown>) => index.set(key, [...(index.get(key) ?? []), record])
  for (const record of found) {
    add(`id ${record.id}`, record)
    if (record.source === SOURCE && record.externalId !== null) add(`external ${record.externalId}`, record)
    const { taxCode: code } = (record.published ?? {}) as { taxCode?: string }
    if (code) add(`tax ${code}`, record)
  }
  return index
}
