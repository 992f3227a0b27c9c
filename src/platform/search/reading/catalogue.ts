import type { WordForms } from '../analyser/forms.js'

/** What reading a query needs to know of the words in use: those of the index and those of the lexicon. */
export interface Catalogue {
  /** Documents that hold the word. */
  count(word: WordForms): number
  /** Whether the word is in a document or in the lexicon. */
  knows(word: WordForms): boolean
  /** Whether some document has a word that starts so. */
  hasPrefix(folded: string): boolean
  /** Whether the two are known as neighbours. */
  hasPair(first: WordForms, second: WordForms): boolean
  /** Documents that hold two neighbouring words, given by their keys. */
  pairCount(first: string, second: string): number
  /** Whether a document or the lexicon writes the word with its accents. */
  writes(word: WordForms): boolean
  /** Known words a slip or two away, the nearest first. */
  near(folded: string): readonly { word: string; distance: number }[]
  /** The accented form that at least two thirds of a folded word's documents use, or null where none is that usual. */
  usual(folded: string): string | null
}
