import type { PlainDate } from '../../../kernel/clock.js'
import holidays from '../data/holidays.json' with { type: 'json' }

const DAY_MS = 86_400_000

/**
 * The `count`th working day after `day`: neither a weekend nor a public holiday of Vietnam. After the last year of the
 * data (`data/holidays.json`) weekends alone count as free; a holiday missed gives a firm a day less to answer, no more.
 */
export function workingDaysAfter(day: PlainDate, count: number): PlainDate {
  let at = day
  for (let left = count; left > 0; ) {
    at = new Date(Date.parse(at) + DAY_MS).toISOString().slice(0, 10)
    if (isWorkingDay(at)) left--
  }
  return at
}

export function isWorkingDay(day: PlainDate): boolean {
  const weekday = new Date(day).getUTCDay()
  return weekday !== 0 && weekday !== 6 && !Object.hasOwn(holidays.days, day)
}
