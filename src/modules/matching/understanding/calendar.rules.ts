import type { PlainDate } from '../../../kernel/clock.js'

/** First day of Tết by the Vietnamese lunar calendar (new moon at UTC+7), computed; a day's error does not matter for a deadline. */
const TET: readonly PlainDate[] = [
  '2026-02-17',
  '2027-02-06',
  '2028-01-26',
  '2029-02-13',
  '2030-02-02',
  '2031-01-23',
  '2032-02-11',
  '2033-01-31',
  '2034-02-19',
  '2035-02-08',
]

const DAY = 86_400_000

const parse = (date: PlainDate) => Date.parse(`${date}T00:00:00Z`)
const print = (time: number): PlainDate => new Date(time).toISOString().slice(0, 10)

/** The next Tết after `today`; null beyond the table. */
export const nextTet = (today: PlainDate): PlainDate | null => TET.find((day) => day > today) ?? null

export const addDays = (date: PlainDate, days: number): PlainDate => print(parse(date) + days * DAY)

/** Whole days from `from` to `to`, negative when `to` is earlier. */
export const daysBetween = (from: PlainDate, to: PlainDate): number => Math.round((parse(to) - parse(from)) / DAY)

/** The same day `months` later, or the month's last day where it has no such day. */
export function addMonths(date: PlainDate, months: number): PlainDate {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number)
  const last = lastDay(year, month + months)
  return print(Date.UTC(year, month - 1 + months, Math.min(day, last)))
}

/** Number of days of a month; `month` counts from 1 and may run over the year. */
export const lastDay = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate()

/** A date as written, in its own year or, without one, the next time it comes; null when there is no such day. */
export function nextDate(today: PlainDate, day: number, month: number, year?: number): PlainDate | null {
  if (month < 1 || month > 12 || day < 1) return null
  const inYear = (y: number) => (day <= lastDay(y, month) ? print(Date.UTC(y, month - 1, day)) : null)
  if (year !== undefined) return inYear(year < 100 ? 2000 + year : year)
  const thisYear = Number(today.slice(0, 4))
  const date = inYear(thisYear)
  return date && date >= today ? date : inYear(thisYear + 1)
}
