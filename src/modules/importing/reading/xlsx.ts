import type { CellValue } from 'exceljs'
import { type CellFault, type TableRow, UnreadableFile } from '../importing.types.js'
import { restored } from '../neutral.rules.js'
import { columnNames } from './csv.js'

/** What is read of a cell: the library's cells of both its readers. */
interface SheetCell {
  value: CellValue
  numFmt?: string | undefined
}

interface SheetRow {
  number: number
  eachCell(each: (cell: SheetCell, column: number) => void): void
}

/**
 * The first visible sheet of a workbook that holds something, as a table: the names of its columns, then its rows. Nothing is
 * computed: a cell with a formula, whatever result stands beside it, is a fault of that cell, and so is an error's name.
 * @throws {UnreadableFile} when no sheet has a row, or two columns have one name.
 */
export async function* readXlsxTable(path: string): AsyncIterable<string[] | TableRow> {
  let width: number | null = null
  for await (const row of sheetRows(path)) {
    const { cells, faults } = readRow(row)
    if (width === null) {
      // Names of columns are no data: what a formula would give there is not known either.
      if (faults.length > 0) throw new UnreadableFile('a column is named by a formula', 'header')
      const columns = columnNames(cells)
      width = columns.length
      yield columns
    } else {
      const full = Array.from({ length: Math.max(width, cells.length) }, (_, i) => cells[i] ?? '')
      const beyond = full.slice(width).some((cell) => cell !== '')
      const params = { found: full.length, expected: width }
      yield {
        ...{ line: row.number, cells: full.slice(0, width) },
        ...(faults.length > 0 && { faults }),
        ...(beyond && { problem: { line: row.number, field: null, code: 'columns', params } }),
      }
    }
  }
  if (width === null) throw new UnreadableFile('the workbook holds no row', 'empty')
}

async function* sheetRows(path: string): AsyncIterable<SheetRow> {
  const options = { worksheets: 'emit', sharedStrings: 'cache', hyperlinks: 'ignore', styles: 'cache' } as const
  // Loaded when a workbook comes: it takes as long as a quarter of all the rest.
  const { default: exceljs } = await import('exceljs')
  let begun = false
  try {
    let sheets = 0
    for await (const sheet of new exceljs.stream.xlsx.WorkbookReader(path, { ...options, entries: 'ignore' })) {
      sheets++
      if (isHidden(sheet)) continue
      for await (const row of sheet) {
        if (isEmpty(row)) continue
        if (!begun && hasLostTexts(row)) throw new Error('the texts of the workbook were not read')
        begun = true
        yield row
      }
      if (begun) return
    }
    if (sheets === 0) throw new UnreadableFile('the archive is no workbook', 'damaged')
  } catch (error) {
    if (begun || error instanceof UnreadableFile) throw error
    // Some programs write the parts of a workbook in an order that cannot be read as it comes.
    yield* wholeWorkbook(path)
  }
}

async function* wholeWorkbook(path: string): AsyncIterable<SheetRow> {
  const { default: exceljs } = await import('exceljs')
  const workbook = new exceljs.Workbook()
  try {
    await workbook.xlsx.readFile(path)
  } catch (error) {
    throw new UnreadableFile(`the workbook is damaged: ${String(error)}`, 'damaged')
  }
  const sheet = workbook.worksheets.find((one) => one.state === 'visible' && one.actualRowCount > 0)
  for (let number = 1; sheet && number <= sheet.rowCount; number++) {
    const row = sheet.getRow(number)
    if (!isEmpty(row)) yield row
  }
}

/** Now and then, on a busy machine, the library misses a part as it comes, and gives the places of texts in place of them. */
function hasLostTexts(row: SheetRow): boolean {
  let lost = false
  row.eachCell(({ value }) => {
    if (typeof value === 'object' && value !== null && 'sharedString' in value) lost = true
  })
  return lost
}

const isHidden = (sheet: object) => 'state' in sheet && sheet.state !== undefined && sheet.state !== 'visible'

function isEmpty(row: SheetRow): boolean {
  let empty = true
  row.eachCell(({ value }) => {
    if (value !== null && value !== undefined && !(typeof value === 'string' && value.trim() === '')) empty = false
  })
  return empty
}

function readRow(row: SheetRow): { cells: string[]; faults: CellFault[] } {
  const cells: string[] = []
  const faults: CellFault[] = []
  row.eachCell((cell, number) => {
    const read = readCell(cell)
    const column = number - 1
    while (cells.length < column) cells.push('')
    cells[column] = read.text
    if (read.fault) faults.push({ column, code: read.fault })
  })
  return { cells, faults }
}

/** A cell as text. Leading zeros that only the format shows (`0000000000`) are there for the reader, so they are kept. */
function readCell({ value, numFmt }: SheetCell): { text: string; fault?: string } {
  if (value === null || value === undefined) return { text: '' }
  if (typeof value === 'number') return { text: numberText(value, numFmt) }
  if (typeof value === 'boolean') return { text: String(value) }
  if (value instanceof Date) return dateText(value)
  if (typeof value === 'string') return { text: plainText(value) }
  if ('formula' in value || 'sharedFormula' in value) return { text: '', fault: 'formula' }
  if ('error' in value) return { text: String(value.error), fault: 'cellError' }
  if ('richText' in value) return { text: plainText(value.richText.map(({ text }) => text ?? '').join('')) }
  if ('text' in value) return { text: plainText(String(value.text)) }
  return { text: '', fault: 'cellError' }
}

function numberText(value: number, format: string | undefined): string {
  const zeros = /^0{2,20}$/.exec(format ?? '')?.[0].length ?? 0
  if (!Number.isInteger(value)) return String(value)
  return (Math.abs(value) < 1e21 ? BigInt(value).toString() : String(value)).padStart(zeros, '0')
}

function dateText(date: Date): { text: string; fault?: string } {
  if (Number.isNaN(date.getTime())) return { text: '', fault: 'cellError' }
  return { text: date.toISOString().replace(/T00:00:00\.000Z$/, '') }
}

// The format's own way to write a carriage return.
const plainText = (text: string) => restored(text.replace(/_x000D_\n?/g, '\n'))
