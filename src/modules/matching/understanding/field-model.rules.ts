import { LANGUAGES } from '../../../kernel/text.js'
import { OTHER } from './field-vector.rules.js'
import { featuresOf, isPair } from './text-features.rules.js'
import type { KindOfWork } from './told-texts.js'

/**
 * A kind of work that holds a feature: its place in the list of kinds, how often, and in which spellings. How often: in as many texts of one
 * language as a service usually has, to one decimal.
 */
export type Holder = readonly [kind: number, count: number, spellings: readonly string[]]

/** By feature, who holds it. */
export type Holders = Pick<ReadonlyMap<string, readonly Holder[]>, 'get' | 'keys'>

/** How often the texts of each kind of work hold each feature. */
export interface FieldModel {
  /** `length`: features of all its texts. */
  kinds: readonly { id: string; length: number }[]
  holders: Holders
}

/** A text, and how much it counts. */
export interface CountedText {
  text: string
  count: number
}

/**
 * Counts the features of texts. Some kinds of work are told of at greater length than others, and in one language more than in the other:
 * what they hold is counted as if all had texts of a length, or a need in English would be nearer to the services for having been typed in
 * English. A pair of words that only one text of a language holds is left out: there are three times as many of them as of all others, and they say
 * next to nothing.
 */
export function countField(kinds: readonly KindOfWork[]): FieldModel {
  const lengths = kinds.map(() => 0)
  const told = new Map<string, Holder[]>()
  for (const lang of LANGUAGES) {
    const counted = countFeatures(kinds.map(({ texts }) => texts[lang].map((text) => ({ text, count: 1 }))))
    const usual = usualLength(kinds, counted.lengths)
    const scaled = ([kind, count, spellings]: Holder): Holder => [
      kind,
      Math.round((10 * count * usual) / (counted.lengths[kind] ?? usual)) / 10,
      spellings,
    ]
    for (const [kind, length] of counted.lengths.entries()) lengths[kind] = (lengths[kind] ?? 0) + length
    for (const [key, by] of counted.holders)
      if (!isChance(key, by)) told.set(key, [...(told.get(key) ?? []), ...by.map(scaled)])
  }
  return {
    kinds: kinds.map(({ id }, kind) => ({ id, length: lengths[kind] ?? 0 })),
    holders: new Map([...told].map(([key, by]) => [key, byKind(by)])),
  }
}

const isChance = (key: string, by: readonly Holder[]) => isPair(key) && by.length === 1 && by[0]?.[1] === 1

/** Of services, which are told of at about the same length. */
function usualLength(kinds: readonly KindOfWork[], lengths: readonly number[]): number {
  const ofServices = lengths.filter((_, kind) => !kinds[kind]?.id.startsWith(OTHER))
  return Math.max(1, ofServices.reduce((sum, length) => sum + length, 0) / Math.max(1, ofServices.length))
}

/** One holder for each kind of work. */
export function byKind(holders: readonly Holder[]): Holder[] {
  const found = new Map<number, Holder>()
  for (const [kind, count, spellings] of holders) {
    const [, before = 0, known = []] = found.get(kind) ?? []
    found.set(kind, [kind, before + count, [...new Set([...known, ...spellings])]])
  }
  return [...found.values()]
}

/** Counts the features of the texts of each kind of work; `lengths` are the features of each. */
export function countFeatures(kinds: readonly (readonly CountedText[])[]): {
  lengths: number[]
  holders: ReadonlyMap<string, readonly Holder[]>
} {
  const counted = new Map<string, Map<number, { count: number; spellings: Set<string> }>>()
  const lengths = kinds.map((texts, kind) => {
    let length = 0
    for (const { text, count } of texts) {
      for (const { key, exact } of featuresOf(text)) {
        const by = counted.get(key) ?? new Map<number, { count: number; spellings: Set<string> }>()
        const one = by.get(kind) ?? { count: 0, spellings: new Set<string>() }
        one.count += count
        one.spellings.add(exact)
        counted.set(key, by.set(kind, one))
        length += count
      }
    }
    return length
  })
  const holders = [...counted].map(([key, by]): [string, Holder[]] => [
    key,
    [...by].map(([kind, { count, spellings }]): Holder => [kind, count, [...spellings]]),
  ])
  return { lengths, holders: new Map(holders) }
}

/** The holders of a feature in one line, and back: a file of lines is read ten times as fast as one of lists. */
export const writeHolders = (holders: readonly Holder[]): string =>
  holders.map(([kind, count, spellings]) => `${kind} ${count} ${spellings.join('|')}`).join(';')

export const readHolders = (line: string): Holder[] =>
  line.split(';').map((part) => {
    const [kind = '', count = '', ...spelled] = part.split(' ')
    return [Number(kind), Number(count), spelled.join(' ').split('|')]
  })
