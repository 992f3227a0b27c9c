import type { KindOfWork } from './field-texts.js'
import { type Feature, featuresOf, isPair } from './text-features.rules.js'

/** A kind of work that holds a feature: how often, and in which spellings. */
export interface Holder {
  /** Place of the kind in the list of kinds. */
  kind: number
  count: number
  spellings: Set<string>
}

/** By feature, who holds it. */
export type Holders = Map<string, Holder[]>

/** How often the texts of each kind of work hold each feature. */
export interface FieldModel {
  /** `length`: features of all its texts. */
  kinds: readonly { id: string; length: number }[]
  holders: Holders
}

/**
 * Counts the features of texts. A pair of words that only one text of all holds is left out: there are three times as many of them as
 * of all others, and they say next to nothing.
 */
export function countFeatures(kinds: readonly KindOfWork[]): FieldModel {
  const holders: Holders = new Map()
  const counted = kinds.map(({ id, texts }, kind) => ({
    id,
    length: texts.reduce((sum, text) => sum + hold(holders, kind, featuresOf(text), 1), 0),
  }))
  for (const [key, by] of holders) if (isPair(key) && by.length === 1 && by[0]?.count === 1) holders.delete(key)
  return { kinds: counted, holders }
}

/** Enters features for a kind of work; returns how much they add to its length. */
export function hold(holders: Holders, kind: number, features: readonly Feature[], count: number): number {
  for (const { key, exact } of features) {
    const by = holders.get(key) ?? []
    const known = by.find((one) => one.kind === kind)
    const holder = known ?? { kind, count: 0, spellings: new Set<string>() }
    holder.count += count
    holder.spellings.add(exact)
    if (!known) holders.set(key, [...by, holder])
  }
  return features.length * count
}
