import type { LocalText } from '../../../kernel/text.js'
import type { Profile } from './sections/section.types.js'

/** One thing that differs between two versions of a profile; `value`s are as stored, undefined where there is none. */
export interface Difference {
  /** `tagline.vi`, `services`, `contacts.phone` */
  field: string
  before: unknown
  after: unknown
}

const TEXTS = ['name', 'tagline', 'description']

/** What differs, in the order in which a profile is told. Texts are compared language by language, contacts one by one. */
export function differences(before: Profile, after: Profile): Difference[] {
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return fields
    .flatMap((field) => {
      const [one, other] = [before, after].map((profile) => (profile as Record<string, unknown>)[field])
      if (TEXTS.includes(field)) return inParts(field, ['vi', 'en'], one, other)
      if (field === 'contacts') return inParts(field, ['phone', 'email', 'website'], one, other)
      return [{ field, before: one, after: other }]
    })
    .filter((difference) => !isSame(difference.before, difference.after))
}

/** What of two lists is gone, has come, or is another under the same key. */
export function listDifferences<T>(before: readonly T[], after: readonly T[], keyOf: (item: T) => string) {
  const had = new Map(before.map((item) => [keyOf(item), item]))
  const has = new Map(after.map((item) => [keyOf(item), item]))
  const keys = (of: Map<string, T>, test: (key: string) => boolean) => [...of.keys()].filter(test)
  return {
    gone: keys(had, (key) => !has.has(key)),
    come: keys(has, (key) => !had.has(key)),
    other: keys(has, (key) => had.has(key) && !isSame(had.get(key), has.get(key))),
  }
}

function inParts(field: string, parts: readonly string[], before: unknown, after: unknown): Difference[] {
  const of = (whole: unknown, part: string) => ((whole ?? {}) as Record<string, unknown>)[part]
  return parts.map((part) => ({ field: `${field}.${part}`, before: of(before, part), after: of(after, part) }))
}

/** An empty list and one that is not there say the same. */
const isSame = (one: unknown, other: unknown) => told(one) === told(other)

const told = (value: unknown) =>
  value === undefined || value === null || (Array.isArray(value) && value.length === 0)
    ? ''
    : JSON.stringify(sorted(value))

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([, one]) => one !== undefined)
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, one]) => [key, sorted(one)]))
}

/** What a text is told apart by in a list. */
export const textKey = ({ vi, en }: LocalText): string => vi ?? en ?? ''
