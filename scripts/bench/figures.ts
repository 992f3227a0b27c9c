/** The value below which `share` of the values lie; values in any order. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

export const median = (values: readonly number[]): number => quantile(values, 0.5)

/** Milliseconds for people. */
export const ms = (value: number): string => `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`

/** Lines of equal columns, the first row being their heads. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** What a measurement has found. */
export interface Report {
  /** A table, the first row being its heads. */
  rows: readonly (readonly string[])[]
  /** Whether it is as it should be. */
  fine: boolean
  notes?: readonly string[]
}

/** "12 ms (340)": the 95th percentile, and of how many. */
export const p95Of = (times: readonly number[]): string => `${ms(quantile(times, 0.95))} (${times.length})`
