import { getOrCreate } from '../get-or-create.js'
import type { FieldValue, SearchDocument } from '../port.js'
import { Int32List } from './growable.js'

export type Item = string | number | boolean | null

/** What a column is made of. */
export interface StoredColumn {
  values: readonly Item[]
  /** By slot, one more than there are: where its items begin. */
  starts: Int32Array
  /** Numbers of values. */
  items: Int32Array
  /** Numbers of texts in Vietnamese order, as far as they have a place in it. */
  sorted: Int32Array
}

/** An empty list: the field is there and has no item. */
const EMPTY = -1
const collator = new Intl.Collator('vi')

/** The values of one filterable or sortable field, by slot; distinct ones are numbered. */
export class Column {
  /** Distinct values by number. */
  readonly values: Item[] = []
  private readonly numberOf = new Map<Item, number>()
  /** By slot, one more than there are: where its items begin; no item twice. */
  private starts = Int32List.of(new Int32Array(1))
  private items = new Int32List()
  private ranks: Ranks | null = null
  /** By number: the slots that have it, of those below `listed`. */
  private readonly holders = new Map<number, Int32List>()
  private listed = 0

  static from({ values, starts, items, sorted }: StoredColumn): Column {
    const column = new Column()
    for (const value of values) column.number(value)
    column.starts = Int32List.of(starts)
    column.items = Int32List.of(items)
    if (sorted.length > 0) column.ranks = new Ranks(column.values, sorted)
    return column
  }

  push(value: FieldValue | undefined): void {
    if (isList(value)) {
      if (value.length === 0) this.items.push(EMPTY)
      for (const number of new Set(value.map((item) => this.number(item)))) this.items.push(number)
    } else if (value !== undefined) this.items.push(this.number(value))
    this.starts.push(this.items.length)
  }

  /** Where a slot's items begin in `numbers`. */
  start(slot: number): number {
    return this.starts.get(slot)
  }

  /** Where a slot's items end in `numbers`; no items where the document lacks the field. */
  end(slot: number): number {
    return this.starts.get(slot + 1)
  }

  /** The numbers of the values of all slots; below 0 for an empty list. */
  get numbers(): Int32Array {
    return this.items.data
  }

  /** Adds, for each of the slots, one to the count of each of its values; `counts` by number of the value. */
  count(slots: Int32Array, counts: Int32Array): void {
    const starts = this.starts.data
    const numbers = this.items.data
    for (let i = 0; i < slots.length; i++) {
      const slot = slots[i] as number
      const end = starts[slot + 1] as number
      for (let at = starts[slot] as number; at < end; at++) {
        const number = numbers[at] as number
        if (number >= 0) counts[number] = (counts[number] as number) + 1
      }
    }
  }

  /** The numbers of the values that are written so. */
  find(label: string): number[] {
    const number = Number(label)
    const candidates: Item[] = [label, label === 'true' || label === 'false' ? label === 'true' : label, number]
    return [...new Set(candidates)]
      .filter((value) => String(value) === label)
      .map((value) => this.numberOf.get(value))
      .filter((found): found is number => found !== undefined)
  }

  /** The slots that have a value that is written so, ascending for each such value, those of removed documents included. */
  slotsWith(label: string): Int32Array[] {
    for (; this.listed < this.starts.length - 1; this.listed++) {
      for (let at = this.start(this.listed); at < this.end(this.listed); at++) {
        const number = this.numbers[at] ?? EMPTY
        if (number >= 0) getOrCreate(this.holders, number, () => new Int32List()).push(this.listed)
      }
    }
    return this.find(label).flatMap((number) => this.holders.get(number)?.view() ?? [])
  }

  /** The first value of a document, by which it is sorted; null without one. */
  first(slot: number): Item {
    const at = this.start(slot)
    return at < this.end(slot) ? (this.values[this.numbers[at] ?? EMPTY] ?? null) : null
  }

  /** The number of the first value; below 0 without one. */
  firstNumber(slot: number): number {
    const at = this.start(slot)
    return at < this.end(slot) ? (this.numbers[at] ?? EMPTY) : EMPTY
  }

  /** By number of a text: its place in Vietnamese order. Looking it up is quick, comparing texts is not. */
  order(): Float64Array {
    this.ranks ??= new Ranks(this.values)
    return this.ranks.all()
  }

  /** Numbers of texts that have no place in the order yet. */
  unordered(): number[] {
    this.ranks ??= new Ranks(this.values)
    return this.ranks.missing()
  }

  /** Gives texts their place: many at once take long. */
  putInOrder(numbers: readonly number[]): void {
    this.ranks?.place(numbers)
  }

  /** The column of the kept slots; values that nobody has any more are dropped. */
  kept(slots: Int32Array): Column {
    const column = new Column()
    const moved = new Int32Array(this.values.length).fill(EMPTY)
    for (const slot of slots) {
      for (let at = this.start(slot); at < this.end(slot); at++) {
        const number = this.numbers[at] ?? EMPTY
        if (number === EMPTY) column.items.push(EMPTY)
        else {
          if (moved[number] === EMPTY) moved[number] = column.number(this.values[number] ?? null)
          column.items.push(moved[number] ?? EMPTY)
        }
      }
      column.starts.push(column.items.length)
    }
    const sorted = this.ranks?.sorted.map((number) => moved[number] ?? EMPTY).filter((number) => number >= 0)
    column.ranks = sorted ? new Ranks(column.values, sorted) : null
    return column
  }

  /** To be stored. */
  stored(): StoredColumn {
    const sorted = Int32Array.from(this.ranks?.sorted ?? [])
    return { values: this.values, starts: this.starts.view(), items: this.items.view(), sorted }
  }

  private number(value: Item): number {
    const known = this.numberOf.get(value)
    if (known !== undefined) return known
    this.numberOf.set(value, this.values.length)
    return this.values.push(value) - 1
  }
}

const isList = (value: FieldValue | undefined): value is readonly string[] | readonly number[] => Array.isArray(value)

/** The texts of a column in order. Those that came since are put where they belong. */
class Ranks {
  sorted: readonly number[]
  private ranks = new Float64Array(0)

  constructor(
    private readonly values: readonly Item[],
    sorted: Iterable<number> = [],
  ) {
    this.sorted = [...sorted]
  }

  /** The numbers of texts that have no place yet. */
  missing(): number[] {
    const placed = new Uint8Array(this.values.length)
    for (const number of this.sorted) placed[number] = 1
    const missing: number[] = []
    this.values.forEach((value, number) => {
      if (typeof value === 'string' && placed[number] === 0) missing.push(number)
    })
    return missing
  }

  place(numbers: readonly number[]): void {
    // Texts that look alike (composed and decomposed) have an order of their own, so that it does not hang on who came first.
    const compare = (a: number, b: number) => {
      const [left, right] = [String(this.values[a]), String(this.values[b])]
      return collator.compare(left, right) || (left < right ? -1 : 1)
    }
    this.sorted = merged(this.sorted, [...numbers].sort(compare), compare)
  }

  /** By number. */
  all(): Float64Array {
    if (this.ranks.length === this.values.length) return this.ranks
    this.place(this.missing())
    this.ranks = new Float64Array(this.values.length)
    this.sorted.forEach((number, rank) => {
      this.ranks[number] = rank
    })
    return this.ranks
  }
}

/** Two sorted lists as one: each of the few is looked up among the many. */
function merged(many: readonly number[], few: readonly number[], compare: (a: number, b: number) => number): number[] {
  const out: number[] = []
  let from = 0
  for (const item of few) {
    let low = from
    let high = many.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (compare(many[middle] ?? 0, item) < 0) low = middle + 1
      else high = middle
    }
    for (let at = from; at < low; at++) out.push(many[at] ?? 0)
    out.push(item)
    from = low
  }
  for (let at = from; at < many.length; at++) out.push(many[at] ?? 0)
  return out
}

/** The columns of an index, by field. */
export function makeColumns(fields: Iterable<string>): Map<string, Column> {
  return new Map([...new Set(fields)].map((field) => [field, new Column()]))
}

/** Adds the document in the next slot. */
export function pushRow(columns: ReadonlyMap<string, Column>, document: SearchDocument): void {
  for (const [field, column] of columns) column.push(document[field])
}
