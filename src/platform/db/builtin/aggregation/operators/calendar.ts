import { MongoError, notImplemented } from '../../errors.js'

const DAY = 86_400_000
const WEEK = 7 * DAY

/** Lengths of the units that always have the same one, in ms. */
const LENGTHS: Readonly<Record<string, number>> = {
  week: WEEK,
  day: DAY,
  hour: 3_600_000,
  minute: 60_000,
  second: 1000,
  millisecond: 1,
}
const MONTHS: Readonly<Record<string, number>> = { month: 1, quarter: 3, year: 12 }

/** From where `$dateTrunc` counts: a Saturday. */
const REFERENCE = Date.UTC(2000, 0, 1)
const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']
/** 1970-01-01. */
const THURSDAY = 4

const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known) return known
  try {
    const numeric = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric' } as const
    const format = new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', {
      ...numeric,
      minute: 'numeric',
      second: 'numeric',
      hourCycle: 'h23',
      timeZone: zone,
    })
    formats.set(zone, format)
    return format
  } catch {
    throw new MongoError('Location40485', `unrecognized time zone identifier: "${zone}"`)
  }
}

/**
 * How far the clocks of a zone are ahead of UTC, in ms.
 * @param zone `UTC`, `GMT`, an offset such as `+07:00`, or a name such as `Asia/Ho_Chi_Minh`; UTC where there is none
 */
export function offsetAt(zone: unknown, ms: number): number {
  if (zone === undefined) return 0
  if (typeof zone !== 'string') throw new MongoError('Location40517', 'timezone must evaluate to a string')
  if (/^(utc|gmt|z)$/i.test(zone)) return 0
  const [, sign, hours, minutes = 0] = /^([+-])(\d\d)(?::?(\d\d))?$/.exec(zone) ?? []
  if (hours) return (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -60_000 : 60_000)
  const parts = Object.fromEntries(
    formatOf(zone)
      .formatToParts(ms)
      .map(({ type, value }) => [type, Number(value)]),
  ) as Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'second', number>
  const local = utc(parts.year, parts.month, parts.day, parts.hour, parts.minute, parts.second)
  return local - Math.floor(ms / 1000) * 1000
}

/** A time on the clocks of a zone, in ms, as the moment that it is. */
export function momentOf(zone: unknown, local: number): Date {
  const offsets = new Set([-1, 1].map((side) => offsetAt(zone, local + side * DAY)))
  const moments = [...offsets].map((offset) => local - offset).filter((ms) => ms + offsetAt(zone, ms) === local)
  if (moments.length !== 1 && !Number.isNaN(local)) throw notImplemented('a time that the clocks show twice or never')
  return new Date(moments[0] ?? Number.NaN)
}

/** As `Date.UTC`, but a year below 100 is that year, and months count from 1. */
export function utc(year: number, month = 1, day = 1, hour = 0, minute = 0, second = 0, ms = 0): number {
  return new Date(Date.UTC(2000, 0, 1, hour, minute, second, ms)).valueOf() - REFERENCE + dayOf(year, month, day)
}

const dayOf = (year: number, month: number, day: number): number => new Date(0).setUTCFullYear(year, month - 1, day)

/** What `$year`, `$isoWeek` and the like say of a time on the clock, in ms. */
export function partsOf(local: number) {
  const date = new Date(local)
  const year = date.getUTCFullYear()
  const weekday = date.getUTCDay()
  const day = Math.floor(local / DAY)
  const dayOfYear = day - dayOf(year, 1, 1) / DAY + 1
  const isoDayOfWeek = weekday || 7
  // The week of ISO 8601 is of the year in which its Thursday lies.
  const thursday = (day + 4 - isoDayOfWeek) * DAY
  const isoWeekYear = new Date(thursday).getUTCFullYear()
  return {
    year,
    month: date.getUTCMonth() + 1,
    dayOfMonth: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    millisecond: date.getUTCMilliseconds(),
    dayOfWeek: weekday + 1,
    dayOfYear,
    week: Math.floor((dayOfYear + 6 - weekday) / 7),
    isoDayOfWeek,
    isoWeek: Math.floor((thursday - dayOf(isoWeekYear, 1, 1)) / WEEK) + 1,
    isoWeekYear,
  }
}

const lengthOf = (unit: unknown): number => LENGTHS[String(unit)] ?? Number.NaN

function monthsOf(unit: unknown): number | undefined {
  const months = MONTHS[String(unit)]
  if (months === undefined && !Object.hasOwn(LENGTHS, String(unit)))
    throw new MongoError('FailedToParse', `unknown time unit value: ${unit}`)
  return months
}

/** A date some units later; where a month has no such day, its last one. */
export function later(date: Date, unit: unknown, amount: number, zone?: unknown): Date {
  const months = monthsOf(unit)
  const moved = () => {
    const local = +date + offsetAt(zone, +date)
    if (months === undefined) return momentOf(zone, local + amount * lengthOf(unit))
    const { year, month, dayOfMonth } = partsOf(local)
    const to = month + amount * months
    const last = new Date(dayOf(year, to + 1, 0)).getUTCDate()
    return momentOf(zone, dayOf(year, to, Math.min(dayOfMonth, last)) + (local - Math.floor(local / DAY) * DAY))
  }
  const result = lengthOf(unit) < DAY ? new Date(+date + amount * lengthOf(unit)) : moved()
  if (Number.isNaN(+result)) throw new MongoError('Location5166406', 'the date is out of range')
  return result
}

function weekStart(startOfWeek: unknown): number {
  const day = DAYS.findIndex(
    (name) => name === String(startOfWeek).toLowerCase() || name.slice(0, 3) === String(startOfWeek).toLowerCase(),
  )
  if (day < 0) throw new MongoError('FailedToParse', `unknown day of week value: ${startOfWeek}`)
  return day
}

const monthNumber = (local: number): number => {
  const { year, month } = partsOf(local)
  return (year - 2000) * 12 + month - 1
}

/** How many bounds of a unit lie between two dates. */
export function boundsBetween(start: Date, end: Date, unit: unknown, zone: unknown, startOfWeek: unknown): number {
  const months = monthsOf(unit)
  const length = lengthOf(unit)
  const [from, to] = [offsetAt(zone, +start), offsetAt(zone, +end)]
  if (length < DAY) {
    if (from !== to && (from - to) % length !== 0) throw notImplemented('$dateDiff over a change of the clock')
    return Math.floor((+end + from) / length) - Math.floor((+start + from) / length)
  }
  const first = (weekStart(startOfWeek) - THURSDAY) * DAY
  const place = (local: number): number =>
    months !== undefined
      ? Math.floor(monthNumber(local) / months)
      : Math.floor((local - (unit === 'week' ? first : 0)) / length)
  return place(+end + to) - place(+start + from)
}

/** The begin of the `size` units in which a date lies, counted from 2000-01-01 of the zone. */
export function truncated(date: Date, unit: unknown, size: number, zone: unknown, startOfWeek: unknown): Date {
  const months = monthsOf(unit)
  const offset = offsetAt(zone, +date)
  const local = +date + offset
  if (months !== undefined)
    return momentOf(zone, dayOf(2000, Math.floor(monthNumber(local) / (months * size)) * months * size + 1, 1))
  const bin = size * lengthOf(unit)
  const from = REFERENCE + (unit === 'week' ? ((weekStart(startOfWeek) + 1) % 7) * DAY : 0)
  const start = from + Math.floor((local - from) / bin) * bin
  if (lengthOf(unit) >= DAY) return momentOf(zone, start)
  if ((offset - offsetAt(zone, REFERENCE)) % bin !== 0) throw notImplemented('$dateTrunc over a change of the clock')
  return new Date(start - offset)
}
