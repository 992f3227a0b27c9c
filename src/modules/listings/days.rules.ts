import type { PlainDate } from '../../kernel/clock.js'
import { DAY_MS } from '../../kernel/retention.js'

/** The day that is so many days later. */
export const daysAfter = (day: PlainDate, days: number): PlainDate =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)
