import type { PlainDate } from '../../kernel/clock.js'

const DAY_MS = 24 * 60 * 60_000

/** The day that is so many days later. */
export const daysAfter = (day: PlainDate, days: number): PlainDate =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)
