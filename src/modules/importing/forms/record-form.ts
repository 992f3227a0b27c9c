import type { ZodType } from 'zod'
import type { LocalText } from '../../../kernel/text.js'
import type { RecordType } from '../../../platform/records/record.types.js'
import type { Cells } from '../cells.js'
import type { ColumnNames } from '../columns.rules.js'
import type { Lookup } from '../lookup.rules.js'

/** How a file's rows become records of one type. */
export interface RecordForm<Content> extends ColumnNames {
  type: RecordType
  schema: ZodType<Content>
  /** The record's content as the row gives it, still to be validated. */
  assemble(cells: Cells, lookup: Lookup): unknown
  /** By the path of a value in the content, the fields it may come from; the others have their first segment's name. */
  origins: Readonly<Record<string, readonly string[]>>
  /** The words by which a row without an `externalId` is known again. */
  identity(content: Content): readonly (LocalText | undefined)[]
  slugFrom(content: Content): string
}

/** A record's first text, for its address. */
export const anyText = (text: LocalText): string => text.vi ?? text.en ?? ''

/** The row's field that the value at `path` came from. */
export function originOf(path: string, origins: RecordForm<unknown>['origins'], cells: Cells): string {
  const start = Object.keys(origins).find((origin) => path === origin || path.startsWith(`${origin}.`))
  const fields = start === undefined ? [path.split('.')[0] ?? path] : (origins[start] ?? [])
  return fields.find((field) => cells.has(field)) ?? fields.at(-1) ?? path
}
