import type { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { stringify } from 'csv-stringify'
import type { StoredRecord } from '../../../platform/records/record.types.js'
import { neutral } from '../neutral.rules.js'
import { TABLES, type TableKind } from '../tables/index.js'

/** How a list leaves the product. */
export const EXPORT_FORMATS = ['csv', 'xlsx'] as const
export type ExportFormat = (typeof EXPORT_FORMATS)[number]

export const EXPORT_TYPES: Record<ExportFormat, string> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

/** The columns of an export, as an import of it understands them. */
export const exportHeader = (kind: TableKind): string[] => [
  'id',
  'externalId',
  ...TABLES[kind].columns.map(({ name }) => name),
]

/** A listing as a row; one that nobody has approved yet as its people wrote it. */
export function exportRow(kind: TableKind, { id, externalId, published, working }: StoredRecord<unknown>): string[] {
  const content = published ?? working
  return [id, externalId ?? '', ...TABLES[kind].columns.map((column) => (content ? column.write(content) : ''))]
}

/** Writes rows as they come, each cell so that no spreadsheet takes it for a formula. A workbook's strings are held until its end. */
export function writeTable(format: ExportFormat, rows: AsyncIterable<readonly string[]>, to: Writable): Promise<void> {
  return format === 'csv' ? writeCsv(rows, to) : writeXlsx(rows, to)
}

async function writeCsv(rows: AsyncIterable<readonly string[]>, to: Writable): Promise<void> {
  const cells = async function* () {
    for await (const row of rows) yield row.map(neutral)
  }
  // The mark makes spreadsheets read it as UTF-8.
  await pipeline(cells, stringify({ bom: true, record_delimiter: 'windows', quoted_match: /[\r\n]/ }), to)
}

async function writeXlsx(rows: AsyncIterable<readonly string[]>, to: Writable): Promise<void> {
  // Loaded when a workbook is asked for, not at the start of the product.
  const { default: exceljs } = await import('exceljs')
  // Strings that stand in the cells themselves are unescaped twice by the library's reader.
  const book = new exceljs.stream.xlsx.WorkbookWriter({ stream: to, useStyles: false, useSharedStrings: true })
  const sheet = book.addWorksheet('1')
  for await (const row of rows) {
    sheet.addRow(row.map(neutral)).commit()
    if (to.destroyed) return
  }
  sheet.commit()
  await book.commit()
}
