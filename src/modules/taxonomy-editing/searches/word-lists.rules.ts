import { isSyllable, words } from '../../../platform/search/index.js'
import type { WordList } from '../acts/acts.types.js'

/** Where a phrase belongs: one word that is no syllable of Vietnamese, and short, is a short form. */
export function listFor(phrase: string): WordList {
  const [only, second] = words(phrase)
  return only && !second && !isSyllable(only.folded) && only.folded.length <= 6 ? 'abbreviations' : 'synonyms'
}
