import { MongoError, notImplemented } from '../../errors.js'
import { momentOf, offsetAt, partsOf, utc } from './calendar.js'

const MONTH_NAMES = 'January February March April May June July August September October November December'.split(' ')

/** A date as a text by the letters of `$dateToString`. */
export function formatted(date: Date, format: unknown, zone: unknown): string {
  const offset = offsetAt(zone, +date)
  const at = partsOf(+date + offset)
  const usual = `%Y-%m-%dT%H:%M:%S.%L${zone === undefined || /^(utc|gmt|z)$/i.test(String(zone)) ? 'Z' : ''}`
  const text = format ?? usual
  if (typeof text !== 'string')
    throw new MongoError('Location18533', '$dateToString requires a format that is a string')
  if (at.year < 0 || at.year > 9999)
    throw new MongoError(
      'Location18537',
      `Could not convert date to string: date component was outside the supported range`,
    )
  const digits = (value: number, count: number) => String(value).padStart(count, '0')
  const minutes = Math.abs(offset) / 60_000
  const letters: Readonly<Record<string, () => string>> = {
    Y: () => digits(at.year, 4),
    G: () => digits(at.isoWeekYear, 4),
    m: () => digits(at.month, 2),
    b: () => (MONTH_NAMES[at.month - 1] ?? '').slice(0, 3),
    B: () => MONTH_NAMES[at.month - 1] ?? '',
    d: () => digits(at.dayOfMonth, 2),
    j: () => digits(at.dayOfYear, 3),
    H: () => digits(at.hour, 2),
    M: () => digits(at.minute, 2),
    S: () => digits(at.second, 2),
    L: () => digits(at.millisecond, 3),
    w: () => String(at.dayOfWeek),
    u: () => String(at.isoDayOfWeek),
    U: () => digits(at.week, 2),
    V: () => digits(at.isoWeek, 2),
    z: () => `${offset < 0 ? '-' : '+'}${digits(Math.floor(minutes / 60), 2)}${digits(Math.floor(minutes % 60), 2)}`,
    Z: () => {
      throw notImplemented('%Z of $dateToString')
    },
    '%': () => '%',
  }
  return text.replace(/%(.?)/gs, (_, letter: string) => {
    const made = Object.hasOwn(letters, letter) ? letters[letter] : undefined
    if (made) return made()
    throw letter === ''
      ? new MongoError('Location18535', "Unmatched '%' at end of format string")
      : new MongoError('Location18536', `Invalid format character '%${letter}' in format string`)
  })
}

const ISO =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,3}))?)?)? ?(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?$/i

/**
 * The date that a text of ISO 8601 tells. One without a zone is of the zone that is given, else of UTC, wherever this runs.
 * @throws MongoError ConversionFailure for another text, and for a day or an hour that there is not
 */
export function parsed(text: unknown, zone?: unknown): Date {
  const failed = (why: string) => new MongoError('ConversionFailure', `Error parsing date string '${text}'; ${why}`)
  if (typeof text !== 'string') throw failed('it is no text')
  const match = ISO.exec(text)
  if (!match) throw failed('it is not of the form YYYY-MM-DDThh:mm:ss.sssZ')
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map((each) => Number(each ?? 0))
  const own = match[8]
  if (own !== undefined && zone !== undefined) throw failed('it has a time zone of its own')
  const local = utc(year, month, day, hour, minute, second, Number((match[7] ?? '').padEnd(3, '0')))
  if (
    utc(year, month, day) !== utc(year, month) + (day - 1) * 86_400_000 ||
    partsOf(utc(year, month, day)).month !== month
  )
    throw failed('there is no such day')
  if (hour > 23 || minute > 59 || second > 59) throw failed('there is no such time')
  return momentOf(own ?? zone, local)
}
