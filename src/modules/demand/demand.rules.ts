import type { Miss } from './misses.repository.js'

/** Demand and supply of one service or sector. */
export interface ScaleRow {
  id: string
  /** Open needs that ask for it. */
  needs: number
  /** Questions of the last weeks for which the matcher found nobody. */
  unmet: number
  /** Firms that do it. */
  firms: number
}

/**
 * The scale of demand against supply: rows that have either, the ones where demand outweighs supply most first; the same
 * lean by more needs, then by id.
 */
export function scaleOf(
  ids: readonly string[],
  needs: Readonly<Record<string, number>>,
  firms: Readonly<Record<string, number>>,
  unmet: Readonly<Record<string, number>>,
): ScaleRow[] {
  return ids
    .map((id) => ({ id, needs: needs[id] ?? 0, unmet: unmet[id] ?? 0, firms: firms[id] ?? 0 }))
    .filter((row) => row.needs + row.unmet + row.firms > 0)
    .sort((a, b) => lean(b) - lean(a) || b.needs - a.needs || a.id.localeCompare(b.id))
}

// The share of demand in all, pulled to the middle by one on each side so that 1 against 0 does not beat 11 against 1.
const lean = ({ needs, unmet, firms }: ScaleRow) => (needs + unmet + 1) / (needs + unmet + firms + 2)

/** Sums misses by one of their keys; those without it are left out. */
export function sumBy(misses: readonly (Miss & { count: number })[], key: keyof Miss): Record<string, number> {
  const sums: Record<string, number> = {}
  for (const miss of misses) {
    const id = miss[key]
    if (id !== null) sums[id] = (sums[id] ?? 0) + miss.count
  }
  return sums
}
