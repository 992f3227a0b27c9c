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
}
