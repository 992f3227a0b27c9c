import { CsvError } from 'csv-parse'
import { parse } from 'csv-parse/sync'
import { type ReadRow, type Row, type RowProblem, type TableRow, UnreadableFile } from '../importing.types.js'
import { restored } from '../neutral.rules.js'
import { type Line, MAX_LINE_BYTES } from './lines.js'

const DELIMITERS = [',', ';', '\t'] as const

/** The delimiter that splits the header into most parts; a comma when none does. */
export function detectDelimiter(header: string): string {
  const outsideQuotes = header.replace(/"[^"]*"/g, '')
  const count = (delimiter: string) => outsideQuotes.split(delimiter).length
  return DELIMITERS.reduce((best, next) => (count(next) > count(best) ? next : best))
}

/**
 * Rows of a CSV file with a header (RFC 4180; comma, semicolon or tab). Each record is parsed by itself, so that a stray
 * quote costs its own line and not the rows after it: when a quoted value does not close properly, reading goes on at the
 * line after the one that opened it.
 * @throws {UnreadableFile} when the header cannot be read.
 */
export async function* readCsv(lines: AsyncIterable<Line>): AsyncIterable<ReadRow> {
  let header: Header | null = null
  for await (const record of records(lines, () => header?.delimiter)) {
    if (!header) header = readHeader(record)
    else yield toRow(record, header)
  }
  if (!header) throw new UnreadableFile('the file is empty; its first line names the columns', 'empty')
}

/**
 * The same as a table: the names of its columns, then its rows.
 * @throws {UnreadableFile} when the header cannot be read.
 */
export async function* readCsvTable(lines: AsyncIterable<Line>): AsyncIterable<string[] | TableRow> {
  let header: Header | null = null
  for await (const record of records(lines, () => header?.delimiter)) {
    if (!header) {
      header = readHeader(record)
      yield header.columns
    } else {
      const problem = problemOf(record, header)
      // What lies beyond the columns belongs to none of them; it is told as a problem, and not kept.
      const cells = record.fields.slice(0, header.columns.length).map(restored)
      yield { line: record.line, cells, ...(problem && { problem }) }
    }
  }
  if (!header) throw new UnreadableFile('the file is empty; its first line names the columns', 'empty')
}

interface Header {
  delimiter: string
  columns: string[]
}

type Fault = NonNullable<Line['fault']> | 'quote'

interface CsvRecord {
  line: number
  fields: string[]
  fault: Fault | null
  delimiter: string
}

function readHeader({ fields, fault, delimiter }: CsvRecord): Header {
  if (fault) throw new UnreadableFile('the first line, which names the columns, cannot be read as CSV in UTF-8')
  return { delimiter, columns: columnNames(fields) }
}

/**
 * The names of a table's columns.
 * @throws {UnreadableFile} when one stands there twice.
 */
export function columnNames(fields: readonly string[]): string[] {
  const columns = fields.map((name) => restored(name).normalize('NFC').trim())
  const met = new Set<string>()
  for (const name of columns) {
    if (name !== '' && met.has(name))
      throw new UnreadableFile(`the column "${name}" stands in the header twice`, 'twice', { name })
    met.add(name)
  }
  return columns
}

function problemOf({ line, fields, fault }: CsvRecord, { columns }: Header): RowProblem | null {
  if (fault) return { line, field: null, code: fault }
  if (fields.length === columns.length) return null
  return { line, field: null, code: 'columns', params: { found: fields.length, expected: columns.length } }
}

function toRow(record: CsvRecord, header: Header): ReadRow {
  const problem = problemOf(record, header)
  if (problem) return { ok: false, problem }
  const values: Row['values'] = new Map(header.columns.map((name, i) => [name, restored(record.fields[i] ?? '')]))
  return { ok: true, row: { line: record.line, values } }
}

/** Joins physical lines into records; blank lines between records are passed over. */
async function* records(lines: AsyncIterable<Line>, known: () => string | undefined): AsyncIterable<CsvRecord> {
  const ahead = new LinesAhead(lines)
  for (let line = await ahead.next(); line; line = await ahead.next()) {
    if (!line.fault && line.text.trim() === '') continue
    const delimiter = known() ?? detectDelimiter(line.text)
    const fields = line.fault ? null : await fieldsFrom(line, delimiter, ahead)
    yield { line: line.number, delimiter, fields: fields ?? [], fault: fields ? null : (line.fault ?? 'quote') }
  }
}

// More line breaks than one cell holds; a quote still open after them was never meant to close.
const MAX_LINES_AHEAD = 1_000
const LOOK_AGAIN = 10

/** Lines in order, of which some that were read can be given back: those read ahead for a quoted value that did not close. */
class LinesAhead {
  readonly #source: AsyncIterator<Line>
  #held: Line[] = []
  /** Of `#held`, how many are passed. */
  #passed = 0

  constructor(lines: AsyncIterable<Line>) {
    this.#source = lines[Symbol.asyncIterator]()
  }

  async next(): Promise<Line | undefined> {
    const held = this.#held[this.#passed]
    if (held) {
      this.#passed++
      return held
    }
    const read = await this.#source.next()
    return read.done ? undefined : read.value
  }

  /** Gives lines back that were read one after the other, the last of them just now. */
  giveBack(lines: readonly Line[]): void {
    this.#held = [...lines, ...this.#held.slice(this.#passed)]
    this.#passed = 0
  }
}

/** The fields of the record that begins at `first`; null, with the lines after it given back, when its quote does not close. */
async function fieldsFrom(first: Line, delimiter: string, ahead: LinesAhead): Promise<string[] | null> {
  const alone = parseFields(first.text, delimiter, true)
  if (Array.isArray(alone)) return alone
  const taken: Line[] = []
  const texts = [first.text]
  let size = first.text.length
  while (taken.length < MAX_LINES_AHEAD) {
    const line = await ahead.next()
    if (!line) break
    taken.push(line)
    size += line.text.length
    if (line.fault || size > MAX_LINE_BYTES) break
    // Opened only when read leniently, it never closes; seldom worth a look, since most values close soon or break at once.
    if (taken.length === LOOK_AGAIN && parseFields(first.text, delimiter, false) !== 'open') break
    texts.push(line.text)
    // A value is open after an odd number of quotes, so only a line with another odd number can end it: the record is
    // parsed once, however long it is.
    if (quotesIn(line.text) % 2 === 0) continue
    const fields = parseFields(texts.join('\n'), delimiter, false)
    if (Array.isArray(fields)) return fields
    break
  }
  ahead.giveBack(taken)
  return null
}

function quotesIn(text: string): number {
  let count = 0
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) count++
  return count
}

/**
 * One record's fields. A stray quote within a single line (`3" pipe`) is taken as written (`relaxed`); over several lines
 * it means that rows were swallowed.
 */
function parseFields(text: string, delimiter: string, relaxed: boolean): string[] | 'open' | 'broken' {
  try {
    const [fields] = parse(text, { delimiter, relax_column_count: true, relax_quotes: relaxed, record_delimiter: '\n' })
    return fields ?? []
  } catch (error) {
    if (error instanceof CsvError) return error.code === 'CSV_QUOTE_NOT_CLOSED' ? 'open' : 'broken'
    throw error
  }
}
