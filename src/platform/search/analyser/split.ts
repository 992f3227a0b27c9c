import { isSyllable } from './syllable.js'

const MAX_WORD = 40
const MAX_PARTS = 6
const MIN_PART = 2

/** What a segmentation may lean on: known words, and known neighbours among them. */
export interface Known {
  word(folded: string): boolean
  pair(first: string, second: string): boolean
}

/**
 * Cuts a word typed without spaces (`phanmemketoan`) into known words whose neighbours are known to follow each other;
 * the fewest parts win. Null when it cannot be cut so. Work is bounded by the length, at most 40 letters.
 */
export function splitGlued(word: string, known: Known): string[] | null {
  if (word.length < 2 * MIN_PART || word.length > MAX_WORD || !/^\p{L}+$/u.test(word)) return null
  // ways[i]: the shortest cuts of the first i letters, one for each last part.
  const ways: string[][][] = Array.from({ length: word.length + 1 }, () => [])
  ways[0]?.push([])
  for (let end = MIN_PART; end <= word.length; end++) {
    for (let start = 0; start <= end - MIN_PART; start++) {
      const part = word.slice(start, end)
      if (part.length === word.length || !known.word(part)) continue
      const best = shortest(ways[start] ?? [], (way) => isContinued(way, part, known))
      if (best) ways[end]?.push([...best, part])
    }
  }
  return shortest(ways[word.length] ?? [], isPlausible)
}

/** Words of two letters are Vietnamese syllables among others: no English word ends in `to` and `re`. */
const isPlausible = (way: readonly string[]) =>
  way.every((part) => part.length > MIN_PART) || way.every((part) => isSyllable(part))

function isContinued(way: readonly string[], part: string, known: Known): boolean {
  const last = way.at(-1)
  return last === undefined || known.pair(last, part)
}

function shortest(ways: readonly string[][], accepts: (way: string[]) => boolean): string[] | null {
  let best: string[] | null = null
  for (const way of ways) {
    if (way.length < MAX_PARTS && (!best || way.length < best.length) && accepts(way)) best = way
  }
  return best
}
