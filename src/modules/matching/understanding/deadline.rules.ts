import type { PlainDate } from '../../../kernel/clock.js'
import type { Span } from '../../../platform/search/index.js'
import { addDays, addMonths, daysBetween, lastDay, nextDate, nextTet } from './calendar.rules.js'
import { FILLER, NAMED_MONTHS } from './english-month.rules.js'
import { readNumberWords } from './number-words.rules.js'

/** When the work has to be usable. */
export interface Deadline {
  date: PlainDate
  /** Whole weeks that are left; null once the day has passed. */
  weeks: number | null
  /** Where the text says it; missing when it was given as a field. */
  span?: Span
}

interface Found {
  date: PlainDate | null
  span: Span
}

/** `typed` is what matched as it was typed. */
type Reader = (match: RegExpMatchArray, today: PlainDate, typed: string) => PlainDate | null

const COUNT = '(?<n>\\d{1,3}|mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi|vai|may|one|two|three|four|five|six|a few|a)'
const UNIT = '(?<unit>ngay|tuan(?: le)?|thang|days?|weeks?|months?)'
const ENGLISH_COUNT: Readonly<Record<string, number>> = {
  one: 1,
  a: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  'a few': 3,
}
/** Ways to say "not later than". */
const BY = `(?:truoc|kip|cham nhat|tre nhat|muon nhat|han(?: chot| cuoi)?|den het|xong|hoan thanh|trong|vao|by|before|until|no later than|due|deadline|ready for)`

/** What follows a span of time that is over or that comes round again: no deadline. */
const PAST = /^\s*(?:(?:nam (?:ngoai|truoc|roi|kia)|qua|gan day|vua roi|truoc day|nay|ago|past|mot lan)\b|\/)/
/** Guarantees, trials, experience: spans of time that are no deadline. */
const OTHER_SPAN =
  /(?:bao hanh|bao tri|dung thu|thu viec|mien phi|kinh nghiem|thue|moi|cu|warranty|trial|free|every|last|past)\s*(?:trong|for|the)?\s*(?:vong\s*)?$/

const READERS: readonly { pattern: RegExp; read: Reader }[] = [
  {
    pattern: new RegExp(
      `(?:trong(?: vong)?|within|in|toi da|khong qua|mat)\\s+(?:khoang |chung |tam |toi da |the next |about |around )?${COUNT}\\s?${UNIT}\\b`,
      'g',
    ),
    read: duration,
  },
  { pattern: new RegExp(`\\b${COUNT}\\s?${UNIT}\\s+(?:nua|toi la|from now|at most|toi phai)\\b`, 'g'), read: duration },
  {
    pattern: new RegExp(`\\b${BY}${FILLER}(?<d>\\d{1,2})[/.-](?<m>\\d{1,2})(?:[/.-](?<y>\\d{4}|\\d{2}))?\\b`, 'g'),
    read: dayAndMonth,
  },
  {
    pattern: new RegExp(`\\b${BY}${FILLER}(?<y>20\\d{2})-(?<m>\\d{2})-(?<d>\\d{2})\\b`, 'g'),
    read: dayAndMonth,
  },
  {
    pattern: new RegExp(
      `\\b(?:${BY}${FILLER})?(?<part>cuoi|giua|dau)\\s+thang\\s+(?<m>\\d{1,2}|gieng|chap|mot)(?:[/\\s-]+(?:nam\\s+)?(?<y>20\\d{2}))?\\b`,
      'g',
    ),
    read: partOfMonth,
  },
  {
    pattern: new RegExp(`\\b${BY}${FILLER}thang\\s+(?<m>\\d{1,2})(?:[/\\s-]+(?:nam\\s+)?(?<y>20\\d{2}))?\\b`, 'g'),
    read: partOfMonth,
  },
  {
    pattern: new RegExp(
      `\\b(?:${BY}|den|toi)${FILLER}(?<d>\\d{1,2})\\s+thang\\s+(?<m>\\d{1,2})(?:[/\\s-]+(?:nam\\s+)?(?<y>20\\d{2}))?\\b`,
      'g',
    ),
    read: dayAndMonth,
  },
  ...NAMED_MONTHS.map(({ pattern, read }) => ({
    pattern,
    read: (match: RegExpMatchArray, today: PlainDate, typed: string) => {
      const named = read(match, typed)
      return named && monthEnd(today, named.month, named.year, named.day)
    },
  })),
  {
    pattern: /\b(?:truoc|kip|xong|before|by|until)\s+(?:dip\s+|khi\s+)?(?:tet|lunar new year)\b/g,
    read: (_, today) => beforeTet(today),
  },
  {
    pattern: new RegExp(`\\b(?:truoc|kip|xong|het|by|before)${FILLER}(?:cuoi nam|year end|end of the year)\\b`, 'g'),
    read: (_, today) => `${today.slice(0, 4)}-12-31`,
  },
  {
    pattern:
      /\b(?:(?<part>cuoi|giua)\s+thang\s+(?<which>nay|sau|toi)|(?:by|before|until|no later than|due|ready for)\s+(?:the\s+)?end\s+of\s+(?<month>the|this|next)\s+month)\b/g,
    read: partOfThisMonth,
  },
  { pattern: /\b(?:trong|ngay|by|truoc|dau|xong)\s+(?<next>thang|tuan)\s+(?:sau|toi)\b/g, read: nextUnit },
]

/** The deadline a text names, null when none; with several the earliest. `plain` is the text folded unit by unit. */
export function findDeadline(text: string, plain: string, today: PlainDate): Deadline | null {
  const found = READERS.flatMap(({ pattern, read }) =>
    [...plain.matchAll(pattern)].map((match): Found => {
      const span = { start: match.index, end: match.index + match[0].length }
      const past =
        PAST.test(plain.slice(span.end)) || OTHER_SPAN.test(plain.slice(Math.max(0, span.start - 24), span.start))
      return { date: past ? null : read(match, today, text.slice(span.start, span.end)), span }
    }),
  )
  const ahead = found.flatMap(({ date, span }) => (date && date > today ? [{ ...deadlineOn(date, today), span }] : []))
  return ahead.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : a.span.start - b.span.start))[0] ?? null
}

/** A deadline on a given day. */
export function deadlineOn(date: PlainDate, today: PlainDate): Deadline {
  return { date, weeks: date < today ? null : Math.floor(daysBetween(today, date) / 7) }
}

/** What was understood on an earlier day as it is today: less time is left to the same deadline. */
export function asOf<T extends { deadline?: Deadline }>(understood: T, today: PlainDate): T {
  const { deadline } = understood
  return deadline ? { ...understood, deadline: { ...deadline, ...deadlineOn(deadline.date, today) } } : understood
}

function duration(match: RegExpMatchArray, today: PlainDate): PlainDate | null {
  const { n = '', unit = '' } = match.groups ?? {}
  const count = Number(n) || ENGLISH_COUNT[n] || readNumberWords([n])?.to || 0
  // Within a day or two is how long a task takes, not when the work is due.
  if (count <= 0 || (/^(?:ngay|day)/.test(unit) && count < 5)) return null
  if (/^(?:ngay|day)/.test(unit)) return addDays(today, count)
  return /^(?:tuan|week)/.test(unit) ? addDays(today, count * 7) : addMonths(today, count)
}

function dayAndMonth(match: RegExpMatchArray, today: PlainDate): PlainDate | null {
  const { d, m, y } = match.groups ?? {}
  return nextDate(today, Number(d), Number(m), y ? Number(y) : undefined)
}

function partOfMonth(match: RegExpMatchArray, today: PlainDate): PlainDate | null {
  const { part, m = '', y } = match.groups ?? {}
  const month = m === 'gieng' ? 1 : m === 'chap' ? 12 : m === 'mot' ? 11 : Number(m)
  return monthEnd(today, month, y ? Number(y) : undefined, part === 'dau' ? 10 : part === 'giua' ? 15 : 31)
}

function monthEnd(today: PlainDate, month: number, year: number | undefined, day: number): PlainDate | null {
  if (month < 1 || month > 12) return null
  return nextDate(today, Math.min(day, lastDay(year ?? Number(today.slice(0, 4)), month)), month, year)
}

function beforeTet(today: PlainDate): PlainDate | null {
  const tet = nextTet(today)
  return tet && addDays(tet, -1)
}

function partOfThisMonth(match: RegExpMatchArray, today: PlainDate): PlainDate {
  const { part, which, month } = match.groups ?? {}
  const first = addMonths(`${today.slice(0, 7)}-01`, which === 'sau' || which === 'toi' || month === 'next' ? 1 : 0)
  return part === 'giua' ? addDays(first, 14) : addDays(addMonths(first, 1), -1)
}

function nextUnit(match: RegExpMatchArray, today: PlainDate): PlainDate {
  if (match.groups?.next === 'tuan') return addDays(today, 14)
  const next = addMonths(`${today.slice(0, 7)}-01`, 1)
  return addDays(addMonths(next, 1), -1)
}
