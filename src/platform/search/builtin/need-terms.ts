import type { WordForms } from '../analyser/forms.js'
import { isStopword } from '../analyser/stopwords.js'
import { getOrCreate } from '../get-or-create.js'
import { EXACT_BONUS, PAIR_BONUS } from './evaluate.js'
import type { InvertedIndex } from './inverted-index.js'
import { ALWAYS, COMMON, FUNCTION_WORD, prefersForm } from './plan.js'
import type { Scanner } from './scanner.js'

/** A list to score by, and the words it stands for. */
export interface WeightedList {
  list: number
  weight: number
  /** As shown to callers: folded; null for function words, which explain nothing. */
  term: string | null
}

/** The most words of a text that are scored: the rarest; a text of 400 words seldom has more that say anything. */
const MAX_WORDS = 160

type NeedWord = WordForms & { joined: boolean }

/**
 * The lists that a long text is scored by: each word once, by rarity and how often it is repeated; its accented form and its
 * neighbours as bonuses. Words that no document has are left out.
 */
export function needTerms(words: readonly NeedWord[], index: InvertedIndex, scanner: Scanner): WeightedList[] {
  const counted = new Map<number, { word: NeedWord; weight: number; list: number; times: number }>()
  for (const word of words) {
    const list = index.dictionary.key(word.key)
    if (list === undefined || index.dictionary.count(list) === 0) continue
    getOrCreate(counted, list, () => ({ word, list, weight: scanner.rarity(list), times: 0 })).times++
  }
  const byRarity = [...counted.values()].sort((a, b) => b.weight - a.weight)
  const strongest = byRarity.filter(
    ({ list }, at) => at < ALWAYS || (at < MAX_WORDS && index.dictionary.count(list) <= COMMON),
  )
  const accents = words.some(({ accented }) => accented)
  const terms: WeightedList[] = []
  for (const { word, weight, list, times } of strongest) {
    const term = isStopword(word) ? null : word.folded
    const stressed = repeated(times) * (term === null ? FUNCTION_WORD : 1)
    terms.push({ list, weight: weight * stressed, term })
    const exact = prefersForm(word, accents) ? index.dictionary.exact(word.exact) : undefined
    if (exact === undefined) continue
    terms.push({ list: exact, weight: scanner.rarity(exact) * EXACT_BONUS * stressed, term })
  }
  return [...terms, ...pairTerms(words, index, scanner)]
}

/** Saying a thing again stresses it, less each time. */
const repeated = (times: number) => 1 + Math.log(times)

function pairTerms(words: readonly NeedWord[], index: InvertedIndex, scanner: Scanner): WeightedList[] {
  const pairs = new Map<number, Omit<WeightedList, 'weight'> & { times: number }>()
  words.forEach((word, at) => {
    const next = words[at + 1]
    const list = next?.joined ? index.dictionary.pair(word.key, next.key) : undefined
    if (!next || list === undefined || index.dictionary.count(list) === 0) return
    const term = isStopword(word) || isStopword(next) ? null : `${word.folded} ${next.folded}`
    getOrCreate(pairs, list, () => ({ list, term, times: 0 })).times++
  })
  return [...pairs.values()].map(({ list, term, times }) => ({
    list,
    term,
    weight: scanner.rarity(list) * PAIR_BONUS * repeated(times),
  }))
}
