import type { KindOfWork } from './field-texts.js'
import { featuresOf, isPair } from './text-features.rules.js'

/** A kind of work that holds a feature: its place in the list of kinds, how often, and in which spellings. */
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
 * Counts the features of texts. A pair of words that only one text of all holds is left out: there are three times as many of them as
 * of all others, and they say next to nothing.
 */
export function countField(kinds: readonly KindOfWork[]): FieldModel {
  const texts = kinds.map(({ texts }) => texts.map((text) => ({ text, count: 1 })))
  const { lengths, holders } = countFeatures(texts)
  const told = [...holders].filter(([key, by]) => !(isPair(key) && by.length === 1 && by[0]?.[1] === 1))
  return { kinds: kinds.map(({ id }, kind) => ({ id, length: lengths[kind] ?? 0 })), holders: new Map(told) }
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
