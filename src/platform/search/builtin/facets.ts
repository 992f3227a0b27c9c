import type { Column } from './columns.js'

/** Chosen values of one field. */
interface Chosen {
  field: string
  column: Column
  /** By number of a value: 1 where it is chosen. */
  wanted: Uint8Array
  /** The slots that meet all choices but this one. */
  missed: number[]
}

interface Counted {
  field: string
  column: Column
  counts: Int32Array
}

export interface Faceted {
  /** Slots that meet all choices. */
  hits: Int32Array
  /** By field, then value. */
  counts: Record<string, Record<string, number>>
}

/**
 * Applies the chosen values (any of one field's, all fields together) and counts the values of the asked fields. A field's
 * own choice does not narrow its counts, so that its other values show what choosing them would give.
 */
export function applyFacets(
  slots: Int32Array,
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
  if (chosen.length === 0) {
    for (const { column: own, counts } of counted) own.count(slots, counts)
    return { hits: slots, counts: namedCounts(counted) }
  }
  const hits = new Int32Array(slots.length)
  let found = 0
  for (let i = 0; i < slots.length; i++) {
    const slot = slots[i] as number
    const missed = missedOf(chosen, slot)
    if (missed === null) hits[found++] = slot
    else if (missed !== SEVERAL) missed.missed.push(slot)
  }
  const all = hits.subarray(0, found)
  for (const { field, column: own, counts } of counted) {
    own.count(all, counts)
    const missed = chosen.find((choice) => choice.field === field)?.missed ?? []
    own.count(Int32Array.from(missed), counts)
  }
  return { hits: all, counts: namedCounts(counted) }
}

const SEVERAL = Symbol('several')

/** The one choice that a slot does not meet; null when it meets all. */
function missedOf(chosen: readonly Chosen[], slot: number): Chosen | typeof SEVERAL | null {
  let missed: Chosen | null = null
  for (const choice of chosen) {
    if (hasAny(choice, slot)) continue
    if (missed) return SEVERAL
    missed = choice
  }
  return missed
}

function choose(field: string, column: Column, values: readonly string[]): Chosen {
  const wanted = new Uint8Array(column.values.length)
  for (const number of values.flatMap((value) => column.find(value))) wanted[number] = 1
  return { field, column, wanted, missed: [] }
}

function hasAny({ column, wanted }: Chosen, slot: number): boolean {
  const { numbers } = column
  const end = column.end(slot)
  for (let at = column.start(slot); at < end; at++) if (wanted[numbers[at] as number] === 1) return true
  return false
}

const namedCounts = (counted: readonly Counted[]) =>
  Object.fromEntries(counted.map((facet) => [facet.field, named(facet)]))

function named({ column, counts }: Counted): Record<string, number> {
  const found = new Map<string, number>()
  counts.forEach((times, number) => {
    const value = column.values[number]
    if (times === 0 || value === null || value === undefined) return
    found.set(String(value), (found.get(String(value)) ?? 0) + times)
  })
  return Object.fromEntries(found)
}
