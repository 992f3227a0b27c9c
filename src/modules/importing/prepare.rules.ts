import { createHash } from 'node:crypto'
import { fieldErrors } from '../../platform/http/issues.js'
import { Cells } from './cells.js'
import type { Given } from './columns.rules.js'
import { originOf, type RecordForm } from './forms/record-form.js'
import type { RowProblem } from './importing.types.js'
import type { Lookup } from './lookup.rules.js'

/** A row that fits its record. */
export interface PreparedRow<Content> {
  line: number
  externalId: string
  content: Content
  /** What the row says about status and business; both concern the record beside its content. */
  status: string | undefined
  business: string | undefined
  /** Characters it is made of, roughly; a measure for batches. */
  size: number
}

export type Prepared<Content> = { ok: true; row: PreparedRow<Content> } | { ok: false; problems: RowProblem[] }

const MAX_ID = 200

/** Reads and validates one row. */
export function prepareRow<Content>(
  form: RecordForm<Content>,
  line: number,
  values: ReadonlyMap<string, Given>,
  lookup: Lookup,
): Prepared<Content> {
  const problems: RowProblem[] = []
  const cells = new Cells(values, form.texts, (field, code, params) => {
    // A text that two values are told from is read, and found wrong, more than once.
    if (problems.some((p) => p.field === field && p.code === code)) return
    problems.push({ line, field, code, ...(params && { params }) })
  })
  const candidate = form.assemble(cells, lookup) ?? {}
  const externalId = cells.word('externalId')
  if (externalId !== undefined && externalId.length > MAX_ID) cells.report('externalId', 'tooLong', { maximum: MAX_ID })
  const parsed = form.schema.safeParse(candidate)
  if (!parsed.success) {
    for (const { field, code, params } of fieldErrors(parsed.error.issues, candidate)) {
      const origin = originOf(field, form.origins, cells)
      // What could not be read has been reported, and is not missing besides.
      if (!problems.some((p) => p.field === origin)) cells.report(origin, code, params)
    }
  }
  const status = form.type === 'need' ? cells.word('status')?.toLowerCase() : undefined
  if (status !== undefined && !STATUSES.includes(status)) cells.report('status', 'choice')
  if (problems.length > 0 || !parsed.success) return { ok: false, problems }
  const content = parsed.data
  return {
    ok: true,
    row: {
      ...{ line, content, status, externalId: externalId ?? derivedId(form.identity(content)) },
      business: form.type === 'need' ? cells.word('business') : undefined,
      size: JSON.stringify(content).length,
    },
  }
}

// A file brings what others have published; drafts and guests' needs come about in the product.
const STATUSES: readonly string[] = ['published', 'closed', 'expired']

/** The id of a row that brings none: the same words give the same id, so that a repeated import finds its records again. */
function derivedId(words: readonly unknown[]): string {
  return `words:${createHash('sha256').update(canonical(words)).digest('hex').slice(0, 24)}`
}

/** JSON with the keys in order and nothing undefined: equal for equal content, wherever it was read from. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}
