import { parsePhoneNumberFromString } from 'libphonenumber-js'
import type { PlainDate } from '../../kernel/clock.js'
import { memo } from '../../kernel/memo.js'
import type { Lang } from '../../kernel/text.js'

const LOCALE: Record<Lang, string> = { vi: 'vi-VN', en: 'en-GB' }

/** `1.234,5` in Vietnamese, `1,234.5` in English; at most two decimals. */
export function formatNumber(lang: Lang, value: number): string {
  return numberFormat(lang).format(value)
}

// A format takes a hundred times as long to make as to use.
const numberFormat = memo((lang) => new Intl.NumberFormat(LOCALE[lang as Lang], { maximumFractionDigits: 2 }))

/** A day as `24/11/2026` or `24 Nov 2026`. An instant is read in `timeZone` (an IANA name), a plain date as it stands. */
export function formatDate(lang: Lang, date: PlainDate | Date, timeZone: string): string {
  const plain = typeof date === 'string'
  const instant = plain ? new Date(`${date}T00:00:00Z`) : date
  const zone = plain ? 'UTC' : timeZone
  return DATE_FORMAT[lang](zone).format(instant)
}

const DATE_FORMAT: Record<Lang, (timeZone: string) => Intl.DateTimeFormat> = {
  vi: memo((timeZone) => dateFormat('vi', { day: '2-digit', month: '2-digit', year: 'numeric', timeZone })),
  en: memo((timeZone) => dateFormat('en', { day: 'numeric', month: 'short', year: 'numeric', timeZone })),
}

const dateFormat = (lang: Lang, shape: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(LOCALE[lang], shape)

/** A moment to the second: `14:03:07 24/11/2026`, `24 Nov 2026, 14:03:07`. */
export function formatMoment(lang: Lang, instant: Date, timeZone: string): string {
  return inOrder(lang, TIME_FORMAT[lang](timeZone).format(instant), formatDate(lang, instant, timeZone))
}

/** A moment to the minute: `14:03 24/11/2026`, `24 Nov 2026, 14:03`. */
export function formatMinute(lang: Lang, instant: Date, timeZone: string): string {
  return inOrder(lang, MINUTE_FORMAT[lang](timeZone).format(instant), formatDate(lang, instant, timeZone))
}

const inOrder = (lang: Lang, time: string, day: string) => (lang === 'vi' ? `${time} ${day}` : `${day}, ${time}`)

const MINUTE_FORMAT: typeof DATE_FORMAT = {
  vi: memo((timeZone) => dateFormat('vi', { timeStyle: 'short', timeZone })),
  en: memo((timeZone) => dateFormat('en', { timeStyle: 'short', timeZone })),
}

const TIME_FORMAT: typeof DATE_FORMAT = {
  vi: memo((timeZone) => dateFormat('vi', { timeStyle: 'medium', timeZone })),
  en: memo((timeZone) => dateFormat('en', { timeStyle: 'medium', timeZone })),
}

const STEPS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const

/** How long before `now` it was: `3 ngày trước`, `2 hours ago`; below a minute `bây giờ`, `now`. */
export function formatRelative(lang: Lang, instant: Date, now: Date): string {
  const format = relativeFormat(lang)
  const elapsed = instant.getTime() - now.getTime()
  for (const [unit, size] of STEPS) {
    if (Math.abs(elapsed) >= size) return format.format(Math.trunc(elapsed / size), unit)
  }
  return format.format(0, 'second')
}

const relativeFormat = memo((lang) => new Intl.RelativeTimeFormat(LOCALE[lang as Lang], { numeric: 'auto' }))

/** A length of time in its largest unit: `3 ngày`, `2 hours`; below a minute `0 phút`. */
export function formatDuration(lang: Lang, ms: number): string {
  const [unit, size] = STEPS.find(([, length]) => ms >= length) ?? STEPS[2]
  return new Intl.NumberFormat(LOCALE[lang], { style: 'unit', unit, unitDisplay: 'long' }).format(Math.trunc(ms / size))
}

/** A number as it is dialled in Vietnam, one from elsewhere with its country code; what is no number stays as it is. */
export function formatPhone(value: string): string {
  const number = parsePhoneNumberFromString(value, 'VN')
  if (!number) return value
  return number.country === 'VN' ? number.formatNational() : number.formatInternational()
}
