import type { Compared } from '../../src/platform/db/archive/fill-database.js'
import type { CollectionTotals } from '../../src/platform/db/archive/format.js'

/** Of a checksum, enough to tell two apart at a glance. */
const SHOWN_DIGITS = 12

/** What was written, collection by collection; beside what was found where it was read again. Empty collections are counted. */
export function table(all: readonly (CollectionTotals | Compared)[]): string {
  const rows = all.filter(({ documents }) => documents > 0)
  const empty = all.length - rows.length
  const cells = rows.map((row) => {
    const own = [row.name, row.documents, row.indexes, row.sha256.slice(0, SHOWN_DIGITS)]
    return 'there' in row ? [...own, row.there.documents, row.there.sha256.slice(0, SHOWN_DIGITS)] : own
  })
  const there = rows.some((row) => 'there' in row) ? ['found', 'checksum'] : []
  const lines = [['collection', 'documents', 'indexes', 'checksum', ...there], ...cells].map((line) => line.map(String))
  const widths = (lines[0] ?? []).map((_, i) => Math.max(...lines.map((line) => line[i]?.length ?? 0)))
  const text = lines
    .map((line) =>
      line.map((cell, i) => (/^\d+$/.test(cell) ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0))),
    )
    .map((line) => `${line.join('  ').trimEnd()}\n`)
    .join('')
  return empty > 0 ? `${text}and ${empty} empty collections\n` : text
}

export interface Sums {
  collections: number
  documents: number
  bytes: number
}

export function sumsOf(collections: readonly CollectionTotals[]): Sums {
  const sum = (of: (totals: CollectionTotals) => number) => collections.reduce((all, each) => all + of(each), 0)
  return { collections: collections.length, documents: sum((each) => each.documents), bytes: sum((each) => each.bytes) }
}

export const inWords = ({ collections, documents, bytes }: Sums): string =>
  `${collections} collections, ${documents} documents, ${megabytes(bytes)}`

export const megabytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MB`

/** Seconds since the start of a measurement, and the most memory that this process has had since its own. */
export function cost(started: number): { seconds: number; memoryMb: number } {
  const seconds = Math.round((performance.now() - started) / 100) / 10
  return { seconds, memoryMb: Math.round(process.resourceUsage().maxRSS / 1024) }
}
