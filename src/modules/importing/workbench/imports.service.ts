import type { Clock } from '../../../kernel/clock.js'
import { Conflict, type FieldError, NotFound } from '../../../kernel/errors.js'
import { newId } from '../../../kernel/ids.js'
import { DAY_MS, RETENTION } from '../../../kernel/retention.js'
import type { AuditAction } from '../../../platform/audit/audit.actions.js'
import type { Audit } from '../../../platform/audit/audit.repository.js'
import type { Person } from '../../../platform/http/viewer.js'
import { type TableRow, UnreadableFile } from '../importing.types.js'
import { readApart } from '../reading/read-apart.js'
import { TABLES, type TableKind } from '../tables/index.js'
import { guessMapping, mappingId } from './headers.rules.js'
import type { ImportRepository } from './imports.repository.js'
import type { Blanks, ImportKey, ImportMode, ImportRow, ImportState } from './imports.types.js'
import type { ImportWork } from './imports.work.js'
import { ID_COLUMN, mappedTarget } from './judge.js'

export interface ImportServiceDeps {
  imports: ImportRepository
  importWork: Pick<ImportWork, 'poke'>
  audit: Audit
  clock: Clock
}

export interface Upload {
  kind: TableKind
  path: string
  name: string
}

export type Uploaded = { ok: true; id: string } | { ok: false; error: FieldError }

const STAGED_ROWS = 500
const LONG_AGO = new Date(0)

export type ImportService = ReturnType<typeof importService>

/** The steps of an import; what takes long is left to `importWork`. */
export function importService({ imports, importWork, audit, clock }: ImportServiceDeps) {
  // One file after the other: each is read by a process of its own.
  let reading: Promise<unknown> = Promise.resolve()

  async function find(parkId: string, id: string): Promise<ImportRow> {
    const row = await imports.byId(parkId, id)
    if (!row) throw new NotFound('import', id)
    return row
  }

  /** Moves an import on from one of some states, with its audit entry. */
  async function move(
    person: Person,
    row: ImportRow,
    from: readonly ImportState[],
    set: Partial<ImportRow>,
    action?: AuditAction,
  ) {
    if (!from.includes(row.state)) throw new Conflict('import', row._id, 0, 0)
    await imports.inTransaction(async (session) => {
      const expect = { state: row.state, named: row.named }
      const moved = await imports.step(row._id, { set, expect }, { session })
      if (!moved) throw new Conflict('import', row._id, 0, 0)
      if (action) await audit.record(eventOf(person, row, action), session)
    })
    importWork.poke()
  }

  return {
    find,
    list: imports.page,
    rows: imports.rowsPage,
    badRows: imports.badRows,

    /** Reads a file and keeps its rows, to be named and looked at. The file itself is not kept. */
    upload: (person: Person, parkId: string, upload: Upload): Promise<Uploaded> => {
      const mine = reading.then(() => stage(person, parkId, upload))
      reading = mine.catch(() => undefined)
      return mine
    },

    nameColumns: async (person: Person, row: ImportRow, named: Pick<ImportRow, 'mapping' | 'key' | 'blanks'>) => {
      const problem = problemOfMapping(row, named)
      if (problem) return { ok: false, error: problem } as const
      await imports.rememberMapping(mappingId(row.parkId, row.kind, row.columns), named.mapping, clock())
      const fresh = { state: 'checking', counts: noFates(), cursor: 0, ...rested() } as const
      await move(person, row, ['mapping', 'ready'], { ...named, ...fresh, named: row.named + 1 })
      return { ok: true } as const
    },
    /** Begins to write what was looked at: `seen` is the naming of the columns that the curator has looked at. Whether it is still that. */
    commit: async (person: Person, row: ImportRow, { mode, seen }: { mode: ImportMode; seen: number }) => {
      if (seen !== row.named) return false
      const done = { ...noFates(), skipped: 0 }
      const set = { state: 'committing', mode, cursor: 0, done, by: person.personId, ...rested() } as const
      await move(person, row, ['ready'], set, 'import.started')
      return true
    },
    /** Stops what is under way: a check is forgotten, of what is being written the rest is left out. */
    cancel: (person: Person, row: ImportRow) =>
      row.state === 'checking'
        ? move(person, row, ['checking'], { state: 'mapping', worker: null })
        : move(person, row, ['committing'], { state: 'stopped', worker: null, finishedAt: clock() }, 'import.stopped'),
    undo: (person: Person, row: ImportRow) =>
      move(
        person,
        row,
        ['done', 'stopped'],
        { state: 'undoing', by: person.personId, undoCursor: '', undone: 0, left: 0, leftIds: [], ...rested() },
        'import.undo',
      ),
  }

  async function stage(person: Person, parkId: string, { kind, path, name }: Upload): Promise<Uploaded> {
    const row = newImport(person.personId, parkId, kind, name, clock())
    await imports.add(row)
    try {
      const { columns, rows } = await keepRows(row._id, path)
      const remembered = await imports.mapping(mappingId(parkId, kind, columns))
      const mapping = remembered?.mapping ?? guessMapping(columns, TABLES[kind])
      const key: ImportKey =
        !mapping.some((one) => one === ID_COLUMN || one === 'externalId') && mapping.includes('taxCode')
          ? 'taxCode'
          : 'id'
      const eraseAt = new Date(clock().getTime() + RETENTION.importDays * DAY_MS)
      await imports.inTransaction(async (session) => {
        const set = { columns, rows, mapping, key, state: 'mapping', eraseAt } as const
        await imports.step(row._id, { set, expect: { state: 'reading' } }, { session })
        await audit.record(eventOf(person, row, 'import.uploaded'), session)
      })
      return { ok: true, id: row._id }
    } catch (error) {
      await imports.eraseRows(row._id)
      await imports.remove(row._id)
      if (!(error instanceof UnreadableFile)) throw error
      return { ok: false, error: { field: 'file', code: error.code, params: error.params } }
    }
  }

  async function keepRows(id: string, path: string): Promise<{ columns: string[]; rows: number }> {
    let columns: string[] = []
    let rows = 0
    let batch: TableRow[] = []
    const keep = async () => {
      if (batch.length > 0) await imports.addRows(id, rows, batch)
      rows += batch.length
      batch = []
    }
    for await (const part of readApart(path)) {
      if (Array.isArray(part)) columns = part
      else if (batch.push(part) >= STAGED_ROWS) await keep()
    }
    await keep()
    return { columns, rows }
  }
}

const eventOf = ({ personId }: Person, { parkId, _id, kind }: ImportRow, action: AuditAction) => ({
  ...({ parkId, by: personId, action, type: 'import', recordId: _id, batch: _id } as const),
  details: { kind },
})

/** Of an import that the work may take up, whatever was before. */
const rested = () => ({ workUntil: LONG_AGO, failures: 0, gaveUp: false })

export const noFates = () => ({ added: 0, changed: 0, unchanged: 0, archived: 0, bad: 0 })

/** Time after which an upload that did not come to its end is swept away, in ms. */
const UNREAD_MS = 60 * 60_000

function newImport(by: string, parkId: string, kind: TableKind, fileName: string, now: Date): ImportRow {
  return {
    ...{
      _id: newId(),
      parkId,
      kind,
      fileName,
      by,
      createdAt: now,
      columns: [],
      rows: 0,
      state: 'reading',
      mapping: [],
    },
    ...{
      key: 'id',
      blanks: 'keep',
      named: 0,
      mode: 'both',
      counts: noFates(),
      done: { ...noFates(), skipped: 0 },
      cursor: 0,
    },
    ...{ undoCursor: '', undone: 0, left: 0, leftIds: [], worker: null, ...rested(), finishedAt: null },
    ...{ eraseAt: new Date(now.getTime() + UNREAD_MS), erased: false },
  }
}

/** What makes columns unusable together; each names the field of the form. */
function problemOfMapping(
  row: ImportRow,
  { mapping, key }: { mapping: (string | null)[]; key: ImportKey; blanks: Blanks },
): FieldError | null {
  const table = TABLES[row.kind]
  const named = mapping.filter((name) => name !== null)
  const twice = mapping.findIndex((name, i) => name !== null && mapping.indexOf(name) !== i)
  if (twice >= 0) return { field: `column-${twice}`, code: 'columnTwice' }
  if (mapping.length !== row.columns.length || named.some((name) => !mappedTarget(name, table)))
    return { field: 'column-0', code: 'choice' }
  if (named.length === 0) return { field: 'column-0', code: 'noColumn' }
  if (key === 'taxCode' && !named.includes('taxCode')) return { field: 'key', code: 'noKeyColumn' }
  return null
}
