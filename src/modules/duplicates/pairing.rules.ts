import type { Print } from './prints.rules.js'
import { type Score, SHOWN_FROM, scorePair } from './scoring.rules.js'

/** A listing as it is compared. */
export interface Candidate {
  id: string
  keys: readonly string[]
  print: Print
}

export interface ScoredPair extends Score {
  /** The lesser id first. */
  a: string
  b: string
}

/** A key that more listings share than this tells nothing: all pairs of them would have to be looked at. */
export const LARGEST_BLOCK = 40

/** The listings by each key that they share; keys of one alone and of too many left out. */
export function blocksOf(candidates: readonly Candidate[]): Map<string, Candidate[]> {
  const blocks = new Map<string, Candidate[]>()
  for (const candidate of candidates) {
    for (const key of candidate.keys) {
      const block = blocks.get(key)
      if (block) block.push(candidate)
      else blocks.set(key, [candidate])
    }
  }
  for (const [key, { length }] of blocks) if (length < 2 || length > LARGEST_BLOCK) blocks.delete(key)
  return blocks
}

/**
 * The pairs within blocks that may be one, each once. `wanted`: only pairs with one of these, else all. How many pairs
 * were looked at is told for whoever measures it.
 */
export function pairsIn(
  blocks: Iterable<readonly Candidate[]>,
  wanted?: ReadonlySet<string>,
): { pairs: ScoredPair[]; compared: number } {
  const seen = new Set<string>()
  const pairs: ScoredPair[] = []
  for (const block of blocks) {
    for (const [i, one] of block.entries()) {
      for (const other of block.slice(i + 1)) {
        if (wanted && !wanted.has(one.id) && !wanted.has(other.id)) continue
        const [a, b] = one.id < other.id ? [one, other] : [other, one]
        const id = pairId(a.id, b.id)
        if (a.id === b.id || seen.has(id)) continue
        seen.add(id)
        const scored = scorePair(a.print, b.print)
        if (scored.score >= SHOWN_FROM) pairs.push({ a: a.id, b: b.id, ...scored })
      }
    }
  }
  return { pairs, compared: seen.size }
}

/** A pair's id, whichever of the two is named first. */
export const pairId = (one: string, other: string): string => (one < other ? `${one}-${other}` : `${other}-${one}`)
