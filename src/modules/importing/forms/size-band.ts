import type { Cells } from '../cells.js'
import type { Lookup } from '../lookup.rules.js'

/** The size band named, else that of the number of people. */
export function sizeBand(cells: Cells, lookup: Lookup): string | undefined {
  const named = cells.found('sizeBand', lookup.sizeBand)
  const people = cells.integer('employees')
  if (named !== undefined || people === undefined) return named
  const band = lookup.sizeBandOf(people)
  if (band === null) cells.report('employees', 'number')
  return band ?? undefined
}
