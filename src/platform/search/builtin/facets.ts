import type { Column } from './columns.js'

/** Chosen values of one field. */
interface Chosen {
  field: string
  column: Column
  numbers: ReadonlySet<number>
}

export interface Faceted {
  /** Slots that meet all choices. */
  hits: number[]
  /** By field, then value. */
  counts: Record<string, Record<string, number>>
}

/**
 * Applies the chosen values (any of one field's, all fields together) and counts the values of the asked fields. A field's
 * own choice does not narrow its counts, so that its other values show what choosing them would give.
 */
export function applyFacets(
  slots: Iterable<number>,
  selected: Readonly<Record<string, readonly string[]>>,
  facets: readonly string[],
  column: (field: string) => Column,
): Faceted {
  const chosen = Object.entries(selected)
    .filter(([, values]) => values.length > 0)
    .map(([field, values]) => choose(field, column(field), values))
  const counted = facets.map((field) => ({
    field,
    column: column(field),
    counts: new Int32Array(column(field).labels.length),
  }))
  const hits: number[] = []
  for (const slot of slots) {
    const missed = chosen.filter(({ column: own, numbers }) => !own.hasAny(slot, numbers))
    if (missed.length > 1) continue
    if (missed.length === 0) hits.push(slot)
    for (const facet of counted) {
      if (missed.length === 0 || missed[0]?.field === facet.field) facet.column.count(slot, facet.counts)
    }
  }
  return {
    hits,
    counts: Object.fromEntries(counted.map(({ field, column: own, counts }) => [field, named(own, counts)])),
  }
}

function choose(field: string, column: Column, values: readonly string[]): Chosen {
  const numbers = values.map((value) => column.find(value)).filter((number): number is number => number !== undefined)
  return { field, column, numbers: new Set(numbers) }
}

function named(column: Column, counts: Int32Array): Record<string, number> {
  const entries: [string, number][] = []
  counts.forEach((count, number) => {
    if (count > 0) entries.push([column.labels[number] ?? '', count])
  })
  return Object.fromEntries(entries)
}
