import { memo } from './memo.js'

/** The present instant; injected wherever time matters, so that tests never sleep. */
export type Clock = () => Date

export const systemClock: Clock = () => new Date()

/** A calendar day without a time, `YYYY-MM-DD`, in the park's time zone. */
export type PlainDate = string

/** The day it is at `instant` in `timeZone` (an IANA name). */
export function plainDateIn(instant: Date, timeZone: string): PlainDate {
  return dayFormat(timeZone).format(instant)
}

const dayFormat = memo((timeZone) => new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }))

/** The instant at which a day begins in `timeZone`. */
export function startOfDay(day: PlainDate, timeZone: string): Date {
  const midnight = new Date(`${day}T00:00:00Z`)
  const there = new Date(midnight.toLocaleString('sv-SE', { timeZone }).replace(' ', 'T').concat('Z'))
  return new Date(2 * midnight.getTime() - there.getTime())
}

/** The hour it is at `instant` in `timeZone`, 0 to 23. */
export function hourIn(instant: Date, timeZone: string): number {
  return Number(hourFormat(timeZone).format(instant))
}

const hourFormat = memo((timeZone) => new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', hourCycle: 'h23' }))
