import type { CaseKind } from '../kinds.rules.js'
import type { CaseCount, CaseFilter } from '../waiting.repository.js'

/** Whose cases are shown. */
export const WHOSE = ['mine', 'free'] as const
export type Whose = (typeof WHOSE)[number]

/** What of the queue somebody looks at, as its address says. */
export interface QueueView {
  kind: CaseKind | null
  whose: Whose | null
  /** Only what should have been decided already. */
  late: boolean
}

export const EVERYTHING: QueueView = { kind: null, whose: null, late: false }

/** The part of an address that says so. */
export const addressOf = ({ kind, whose, late }: QueueView) => ({
  kind: kind ?? undefined,
  whose: whose ?? undefined,
  late: late ? 1 : undefined,
})

export function filterOf({ kind, whose, late }: QueueView, me: string, now: Date): CaseFilter {
  const assigned = whose === 'free' ? 'nobody' : whose && me
  return { kind, assigned, dueBefore: late ? now : null }
}

export const sameView = (a: QueueView, b: QueueView): boolean =>
  a.kind === b.kind && a.whose === b.whose && a.late === b.late

/** How many cases a view shows, of counts of all that waits. */
export function countIn(counts: readonly CaseCount[], { kind, whose, late }: QueueView, me: string): number {
  const shown = counts.filter(
    (one) =>
      (kind === null || one.kind === kind) && (whose === null || one.assignedTo === (whose === 'mine' ? me : null)),
  )
  return shown.reduce((sum, { count, overdue }) => sum + (late ? overdue : count), 0)
}
