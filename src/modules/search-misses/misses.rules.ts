import type { PlainDate } from '../../kernel/clock.js'
import type { Phrase } from './phrases.rules.js'

/** One day of a phrase. */
export interface MissDay {
  day: PlainDate
  /** How often it was typed. */
  count: number
  /** By how many different visits. */
  visits: number
  /** As it was typed, with and without accents. */
  forms: { text: string; count: number }[]
}

/** Words that found nothing, with nothing of whoever typed them. */
export interface Miss {
  key: string
  /** Oldest first. */
  days: MissDay[]
}

/** What the days of a phrase come to. */
export interface MissSummary {
  /** As most have typed it. */
  text: string
  count: number
  /** Whether enough have typed it for curators to see it. */
  shown: boolean
  first: PlainDate
  last: PlainDate
}

/** A phrase is shown when typed on this many days or by this many visits: below, it might tell of one person. */
export const ENOUGH = { days: 3, visits: 3 } as const

/** Ways of writing that are told apart on one day; further ones count for the phrase alone. */
const MOST_FORMS = 8

/** The miss with one more search. `fresh`: by a visit that has not typed it on that day. */
export function withSearch(miss: Miss | null, { text, key }: Phrase, day: PlainDate, fresh: boolean): Miss {
  const days = miss?.days ?? []
  const today = days.find((one) => one.day === day) ?? { day, count: 0, visits: 0, forms: [] }
  const known = today.forms.some((form) => form.text === text)
  const forms = known
    ? today.forms.map((form) => (form.text === text ? { ...form, count: form.count + 1 } : form))
    : [...today.forms, { text, count: 1 }].slice(0, MOST_FORMS)
  const next = { day, count: today.count + 1, visits: today.visits + (fresh ? 1 : 0), forms }
  return { key, days: [...days.filter((one) => one.day !== day), next].sort((a, b) => (a.day < b.day ? -1 : 1)) }
}

/** The miss without what was typed before a day; null when nothing is left. */
export function since(miss: Miss, day: PlainDate): Miss | null {
  const days = miss.days.filter((one) => one.day >= day)
  return days.length > 0 ? { ...miss, days } : null
}

export function summaryOf({ key, days }: Miss): MissSummary {
  const forms = new Map<string, number>()
  for (const { text, count } of days.flatMap((day) => day.forms)) forms.set(text, (forms.get(text) ?? 0) + count)
  // Of equally frequent ways to write it the one with accents: more letters differ from their plain form.
  const [most] = [...forms].sort(([a, n], [b, m]) => m - n || accents(b, key) - accents(a, key) || (a < b ? -1 : 1))
  const total = (what: 'count' | 'visits') => days.reduce((sum, day) => sum + day[what], 0)
  return {
    text: most?.[0] ?? key,
    count: total('count'),
    shown: days.length >= ENOUGH.days || total('visits') >= ENOUGH.visits,
    first: days[0]?.day ?? '',
    last: days.at(-1)?.day ?? '',
  }
}

const accents = (text: string, key: string) => [...text].filter((letter, at) => letter !== key[at]).length
