import type { WordForms } from '../analyser/forms.js'
import { hasExactForm } from './document-terms.js'
import { EXACT_BONUS, PAIR_BONUS } from './evaluate.js'
import type { InvertedIndex } from './inverted-index.js'
import type { Scanner } from './scanner.js'

/** A list to score by, and the words it stands for. */
export interface WeightedList {
  list: number
  weight: number
  /** As shown to callers: folded. */
  term: string
}

/** The most words of a text that are scored: the rarest; a text of 400 words seldom has more that say anything. */
const MAX_TERMS = 160

/**
 * The lists that a long text is scored by: each word once, by rarity and how often it is repeated; its accented form and its
 * neighbours as bonuses. Words that no document has are left out.
 */
export function needTerms(
  words: readonly (WordForms & { joined: boolean })[],
  index: InvertedIndex,
  scanner: Scanner,
): WeightedList[] {
  const counts = countWords(words, index)
  const accents = words.some(({ accented }) => accented)
  const terms: WeightedList[] = []
  for (const { word, times, list } of counts.values()) {
    const repeated = 1 + Math.log(times)
    terms.push({ list, weight: scanner.rarity(list) * repeated, term: word.folded })
    const exact = accents && hasExactForm(word) ? index.dictionary.exact(word.exact) : undefined
    if (exact !== undefined)
      terms.push({ list: exact, weight: scanner.rarity(exact) * EXACT_BONUS * repeated, term: word.folded })
  }
  return [...strongest(terms), ...pairTerms(words, index, scanner)]
}

function countWords(words: readonly (WordForms & { joined: boolean })[], index: InvertedIndex) {
  const counts = new Map<number, { word: WordForms; times: number; list: number }>()
  for (const word of words) {
    const list = index.dictionary.key(word.key)
    if (list === undefined || index.dictionary.count(list) === 0) continue
    const known = counts.get(list)
    if (known) known.times++
    else counts.set(list, { word, times: 1, list })
  }
  return counts
}

const strongest = (terms: WeightedList[]) => terms.sort((a, b) => b.weight - a.weight).slice(0, MAX_TERMS)

function pairTerms(
  words: readonly (WordForms & { joined: boolean })[],
  index: InvertedIndex,
  scanner: Scanner,
): WeightedList[] {
  const pairs = new Map<number, WeightedList>()
  words.forEach((word, at) => {
    const next = words[at + 1]
    if (!next?.joined) return
    const list = index.dictionary.pair(word.key, next.key)
    if (list === undefined || index.dictionary.count(list) === 0) return
    pairs.set(list, { list, weight: scanner.rarity(list) * PAIR_BONUS, term: `${word.folded} ${next.folded}` })
  })
  return [...pairs.values()]
}
