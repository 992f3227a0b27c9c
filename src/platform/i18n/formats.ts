import { parsePhoneNumberFromString } from 'libphonenumber-js'
import type { PlainDate } from '../../kernel/clock.js'
import type { Lang } from '../../kernel/text.js'

const LOCALE: Record<Lang, string> = { vi: 'vi-VN', en: 'en-GB' }

/** `1.234,5` in Vietnamese, `1,234.5` in English; at most two decimals. */
export function formatNumber(lang: Lang, value: number): string {
  return new Intl.NumberFormat(LOCALE[lang], { maximumFractionDigits: 2 }).format(value)
}

/** A day as `24/11/2026` or `24 Nov 2026`. An instant is read in `timeZone` (an IANA name), a plain date as it stands. */
export function formatDate(lang: Lang, date: PlainDate | Date, timeZone: string): string {
  const plain = typeof date === 'string'
  const instant = plain ? new Date(`${date}T00:00:00Z`) : date
  const zone = plain ? 'UTC' : timeZone
  const shape: Intl.DateTimeFormatOptions =
    lang === 'vi'
      ? { day: '2-digit', month: '2-digit', year: 'numeric' }
      : { day: 'numeric', month: 'short', year: 'numeric' }
  return new Intl.DateTimeFormat(LOCALE[lang], { ...shape, timeZone: zone }).format(instant)
}

/** A moment to the second: `14:03:07 24/11/2026`, `24 Nov 2026, 14:03:07`. */
export function formatMoment(lang: Lang, instant: Date, timeZone: string): string {
  const time = new Intl.DateTimeFormat(LOCALE[lang], { timeStyle: 'medium', timeZone }).format(instant)
  const day = formatDate(lang, instant, timeZone)
  return lang === 'vi' ? `${time} ${day}` : `${day}, ${time}`
}

const STEPS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const

/** How long before `now` it was: `3 ngày trước`, `2 hours ago`; below a minute `bây giờ`, `now`. */
export function formatRelative(lang: Lang, instant: Date, now: Date): string {
  const format = new Intl.RelativeTimeFormat(LOCALE[lang], { numeric: 'auto' })
  const elapsed = instant.getTime() - now.getTime()
  for (const [unit, size] of STEPS) {
    if (Math.abs(elapsed) >= size) return format.format(Math.trunc(elapsed / size), unit)
  }
  return format.format(0, 'second')
}

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
