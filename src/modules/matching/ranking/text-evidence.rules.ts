import { isStopword, isSyllable, type Token, words } from '../../../platform/search/index.js'

/** Scored terms are cut to the strongest dozen, so no text can hold more of a need's telling words than that. */
const MOST_TERMS = 12

/**
 * The words of a need that tell what it is about, in the form of the search port's terms: pairs of neighbouring syllables, since single
 * ones meet by chance, and single words of other languages.
 */
export function tellingTerms(text: string): Set<string> {
  const telling = new Set<string>()
  let before: Token | null = null
  for (const word of words(text)) {
    const meaningful = !isStopword(word.folded) && !/^\d+$/.test(word.folded)
    const single = word.folded.length > 3 && !isSyllable(word.folded)
    if (meaningful && single) telling.add(word.folded)
    if (meaningful && before && word.joined && !single) telling.add(`${before.folded} ${word.folded}`)
    before = meaningful && !single ? word : null
  }
  return telling
}

/** How much of a need's telling words a firm's text holds: 0 to 1. `terms` are those of the search port for that firm. */
export function textEvidence(telling: ReadonlySet<string>, terms: readonly string[]): number {
  const held = terms.filter((term) => telling.has(term)).length
  return telling.size === 0 ? 0 : held / Math.min(telling.size, MOST_TERMS)
}
