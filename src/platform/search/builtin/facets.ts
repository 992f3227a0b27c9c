import type { Column } from './columns.js'

/** Chosen values of one field. */
interface Chosen {
  field: string
  column: Column
  /** By number of a value: 1 where it is chosen. */
  wanted: Uint8Array
}

interface Counted {
  field: string
  column: Column
  counts: Int32Array
}

export interface Faceted {
  /** Slots that meet all choices. */
  hits: readonly number[]
  /** By field, then value. */
  counts: Record<string, Record<string, number>>
}

/**
 * Applies the chosen values (any of one field's, all fields together) and counts the values of the asked fields. A field's
 * own choice does not narrow its counts, so that its other values show what choosing them would give.
 */
export function applyFacets(
  slots: readonly number[],
  selected: Readonly<Record<string, readonly string[]>>,
  facets: readonly string[],
  column: (field: string) => Column,
): Faceted {
  const chosen = Object.entries(selected)
    .filter(([, values]) => values.length > 0)
    .map(([field, values]) => choose(field, column(field), values))
  const counted = facets.map((field): Counted => {
    const own = column(field)
    return { field, column: own, counts: new Int32Array(own.values.length) }
  })
  if (chosen.length === 0 && counted.length === 0) return { hits: slots, counts: {} }
  const hits: number[] = []
  for (const slot of slots) {
    let missed: Chosen | null = null
    let misses = 0
    for (const choice of chosen) {
      if (hasAny(choice, slot)) continue
      missed = choice
      if (++misses > 1) break
    }
    if (misses > 1) continue
    if (misses === 0) hits.push(slot)
    for (const facet of counted) if (misses === 0 || missed?.field === facet.field) count(facet, slot)
  }
  return { hits, counts: Object.fromEntries(counted.map((facet) => [facet.field, named(facet)])) }
}

function choose(field: string, column: Column, values: readonly string[]): Chosen {
  const wanted = new Uint8Array(column.values.length)
  for (const number of values.flatMap((value) => column.find(value))) wanted[number] = 1
  return { field, column, wanted }
}

function hasAny({ column, wanted }: Chosen, slot: number): boolean {
  const { numbers } = column
  const end = column.end(slot)
  for (let at = column.start(slot); at < end; at++) if (wanted[numbers[at] as number] === 1) return true
  return false
}

/** Adds one to the count of each of a document's values, once for each. */
function count({ column, counts }: Counted, slot: number): void {
  const { numbers } = column
  const start = column.start(slot)
  const end = column.end(slot)
  for (let at = start; at < end; at++) {
    const number = numbers[at] as number
    if (number < 0) continue
    let before = start
    while (before < at && numbers[before] !== number) before++
    if (before === at) counts[number] = (counts[number] as number) + 1
  }
}

function named({ column, counts }: Counted): Record<string, number> {
  const found = new Map<string, number>()
  counts.forEach((times, number) => {
    const value = column.values[number]
    if (times === 0 || value === null || value === undefined) return
    found.set(String(value), (found.get(String(value)) ?? 0) + times)
  })
  return Object.fromEntries(found)
}
