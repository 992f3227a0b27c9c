import { type PlainDate, plainDateIn, startOfDay } from '../../kernel/clock.js'
import { DAY_MS, daysBefore } from '../../kernel/retention.js'

/** What the overview counts, and whose rows can be looked at. */
export const WHATS = ['cases', 'listings', 'needs', 'introductions'] as const
export type What = (typeof WHATS)[number]

/** Ages in whole days: from the first up to, not including, the second. */
export const AGES = {
  cases: [
    [0, 1],
    [1, 3],
    [3, 7],
    [7, null],
  ],
  listings: [
    [0, 30],
    [30, 90],
    [90, 180],
    [180, 365],
    [365, null],
  ],
  needs: [
    [0, 7],
    [7, 30],
    [30, null],
  ],
} as const satisfies Partial<Record<What, readonly (readonly [number, number | null])[]>>

export type Age = readonly [from: number, to: number | null]

/** As it stands in an address: `3-7`, `7-`. */
export const writtenAge = ([from, to]: Age): string => `${from}-${to ?? ''}`

export function readAge(text: string | null, what: What): Age | null {
  const ages: readonly Age[] = what === 'introductions' ? [] : AGES[what]
  return ages.find((age) => writtenAge(age) === text) ?? null
}

/** The instants at which something of this age began. */
export function began([from, to]: Age, now: Date): { $gt?: Date; $lte: Date } {
  return { $lte: daysBefore(now, from), ...(to !== null && { $gt: daysBefore(now, to) }) }
}

export const WEEKS = 12

/** Mondays of the last weeks in a time zone, the present one last. */
export function lastWeeks(now: Date, timeZone: string): PlainDate[] {
  const today = new Date(`${plainDateIn(now, timeZone)}T00:00:00Z`)
  const monday = today.getTime() - ((today.getUTCDay() + 6) % 7) * DAY_MS
  return Array.from({ length: WEEKS }, (_, i) => dayOf(monday - (WEEKS - 1 - i) * 7 * DAY_MS))
}

export function withinWeek(monday: PlainDate, timeZone: string): { $gte: Date; $lt: Date } {
  const next = dayOf(Date.parse(`${monday}T00:00:00Z`) + 7 * DAY_MS)
  return { $gte: startOfDay(monday, timeZone), $lt: startOfDay(next, timeZone) }
}

const dayOf = (instant: number): PlainDate => new Date(instant).toISOString().slice(0, 10)
