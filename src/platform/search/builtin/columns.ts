import type { FieldValue, SearchDocument } from '../port.js'
import { Int32List } from './growable.js'

/** The values of one filterable or sortable field, by slot; the distinct ones are numbered for counting. */
export class Column {
  private readonly values: (FieldValue | undefined)[] = []
  private readonly numberOf = new Map<string, number>()
  /** Distinct values as text, by number. */
  readonly labels: string[] = []
  private readonly start = new Int32List()
  private readonly labelled = new Int32List()

  push(value: FieldValue | undefined): void {
    this.values.push(value)
    this.start.push(this.labelled.length)
    for (const label of labelsOf(value)) this.labelled.push(this.number(label))
  }

  value(slot: number): FieldValue | undefined {
    return this.values[slot]
  }

  /** The number of a value, undefined where no document ever had it. */
  find(label: string): number | undefined {
    return this.numberOf.get(label)
  }

  /** Whether a document has one of the numbered values. */
  hasAny(slot: number, numbers: ReadonlySet<number>): boolean {
    const end = this.end(slot)
    for (let at = this.start.get(slot); at < end; at++) if (numbers.has(this.labelled.get(at))) return true
    return false
  }

  /** Adds one to the count of each of a document's values. */
  count(slot: number, counts: Int32Array): void {
    const end = this.end(slot)
    for (let at = this.start.get(slot); at < end; at++) {
      const number = this.labelled.get(at)
      counts[number] = (counts[number] ?? 0) + 1
    }
  }

  private end(slot: number): number {
    return slot + 1 < this.start.length ? this.start.get(slot + 1) : this.labelled.length
  }

  private number(label: string): number {
    const known = this.numberOf.get(label)
    if (known !== undefined) return known
    this.numberOf.set(label, this.labels.length)
    return this.labels.push(label) - 1
  }
}

/** A document's values of a field as facets name them: each once, null and missing not at all. */
function labelsOf(value: FieldValue | undefined): string[] {
  if (value === undefined || value === null) return []
  return Array.isArray(value) ? [...new Set(value.map(String))] : [String(value)]
}

/** The columns of an index, by field. */
export function makeColumns(fields: Iterable<string>): Map<string, Column> {
  return new Map([...new Set(fields)].map((field) => [field, new Column()]))
}

/** Adds the document in the next slot. */
export function pushRow(columns: ReadonlyMap<string, Column>, document: SearchDocument): void {
  for (const [field, column] of columns) column.push(document[field])
}
