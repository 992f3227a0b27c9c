/** One thing wrong with one row; `code` is a key of the `fields` or `importing` catalogue. */
export interface RowProblem {
  /** From 1, as an editor counts. */
  line: number
  /** The field's name in the product, or null when the whole row cannot be used. */
  field: string | null
  code: string
  params?: Readonly<Record<string, string | number>>
}

/** A row as the file has it: by the file's own column names. */
export interface Row {
  line: number
  values: ReadonlyMap<string, unknown>
}

export type ReadRow = { ok: true; row: Row } | { ok: false; problem: RowProblem }

/** The file as a whole cannot be read as rows. */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile'

  constructor(
    message: string,
    /** Key under `importing.unreadable` of the catalogue. */
    readonly code = 'header',
    readonly params: Readonly<Record<string, string | number>> = {},
  ) {
    super(message)
  }
}

/** What one cell holds that cannot be taken as text: its number from 0, and a key of `importing.errors`. */
export interface CellFault {
  column: number
  code: string
}

/** A row as a table has it, cell by cell. */
export interface TableRow {
  /** From 1, as an editor or a spreadsheet counts. */
  line: number
  cells: string[]
  faults?: CellFault[]
  /** The row as a whole cannot be used. */
  problem?: RowProblem
}
