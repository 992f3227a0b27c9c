import type { PlainDate } from '../../kernel/clock.js'
import type { Phrase } from './phrases.rules.js'

/** One day of a phrase. */
export interface TermDay {
  day: PlainDate
  /** By how many different visits it was searched for, as far as each run of each instance could tell them apart. */
  count: number
  /** How many of them found nothing. */
  missed: number
  /** As it was typed, with and without accents. */
  forms: { text: string; count: number }[]
}

/** Words that were searched for, with nothing of whoever typed them. */
export interface SearchTerm {
  key: string
  /** Oldest first. */
  days: TermDay[]
}

/** What the days of a phrase come to. */
export interface TermSummary {
  /** As most have typed it. */
  text: string
  count: number
  missed: number
  /** Whether enough have searched for it for curators to see it. */
  shown: boolean
  /** Whether enough have searched for it in vain for curators to see that. */
  missing: boolean
  first: PlainDate
  last: PlainDate
}

/** A phrase is shown when searched for on this many days or by this many visits: below, it would more often tell of one person. */
export const ENOUGH = { days: 3, visits: 3 } as const

/** Ways of writing that are told apart on one day; further ones count for the phrase alone. */
const MOST_FORMS = 8

/** The phrase with one more visit that searched for it. */
export function withSearch(term: SearchTerm | null, { text, key }: Phrase, day: PlainDate, found: boolean): SearchTerm {
  const days = term?.days ?? []
  const today = days.find((one) => one.day === day) ?? { day, count: 0, missed: 0, forms: [] }
  const known = today.forms.some((form) => form.text === text)
  const forms = known
    ? today.forms.map((form) => (form.text === text ? { ...form, count: form.count + 1 } : form))
    : [...today.forms, { text, count: 1 }].slice(0, MOST_FORMS)
  const next = { day, count: today.count + 1, missed: today.missed + (found ? 0 : 1), forms }
  return { key, days: [...days.filter((one) => one.day !== day), next].sort((a, b) => (a.day < b.day ? -1 : 1)) }
}

/** The phrase without what was searched for before a day; null when nothing is left. */
export function since(term: SearchTerm, day: PlainDate): SearchTerm | null {
  const days = term.days.filter((one) => one.day >= day)
  return days.length > 0 ? { ...term, days } : null
}

/** The phrase as one that finds something: what it found nothing for before was put right. */
export const answered = (term: SearchTerm): SearchTerm => ({
  ...term,
  days: term.days.map((day) => ({ ...day, missed: 0 })),
})

export function summaryOf({ key, days }: SearchTerm): TermSummary {
  const forms = new Map<string, number>()
  for (const { text, count } of days.flatMap((day) => day.forms)) forms.set(text, (forms.get(text) ?? 0) + count)
  // Of equally frequent ways to write it the one with accents: more letters differ from their plain form.
  const [most] = [...forms].sort(([a, n], [b, m]) => m - n || accents(b, key) - accents(a, key) || (a < b ? -1 : 1))
  const inVain = days.filter(({ missed }) => missed > 0)
  const count = sumOf(days.map((day) => day.count))
  const missed = sumOf(days.map((day) => day.missed))
  return {
    text: most?.[0] ?? key,
    count,
    missed,
    shown: days.length >= ENOUGH.days || count >= ENOUGH.visits,
    missing: inVain.length >= ENOUGH.days || missed >= ENOUGH.visits,
    first: days[0]?.day ?? '',
    last: days.at(-1)?.day ?? '',
  }
}

const sumOf = (numbers: readonly number[]) => numbers.reduce((sum, n) => sum + n, 0)

const accents = (text: string, key: string) => [...text].filter((letter, at) => letter !== key[at]).length
