/** The word n-grams of a text, lower-cased, without punctuation. */
function shingles(text: string, n: number): Set<string> {
  const words =
    text
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  return new Set(words.slice(0, Math.max(0, words.length - n + 1)).map((_, i) => words.slice(i, i + n).join(' ')))
}

/**
 * How much of the shorter text is found in the other one: 0 (nothing) to 1 (all of it).
 * Containment, not Jaccard, so that a short copy inside a long text still counts in full.
 */
export function shingleOverlap(a: string, b: string, n = 5): number {
  const [small, large] = [shingles(a, n), shingles(b, n)].sort((x, y) => x.size - y.size)
  if (!small || !large || small.size === 0) return 0
  return [...small].filter((shingle) => large.has(shingle)).length / small.size
}
