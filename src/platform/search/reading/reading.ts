import type { WordForms } from '../analyser/forms.js'

/** A word the search looks for. */
export interface QueryWord extends WordForms {
  joined: boolean
  /** Other words that may stand for it (slips), by key, at a discount. */
  variants: readonly { key: string; weight: number }[]
}

/** Words `from` to `to` (exclusive) may also be read as this phrase. */
export interface Alternative {
  from: number
  to: number
  /** Keys of the phrase's words. */
  phrase: readonly string[]
  /** 0 to 1, against the words as read. */
  weight: number
}

/** How a query was understood. */
export interface Reading {
  words: readonly QueryWord[]
  alternatives: readonly Alternative[]
  /** Whether the words are others than those typed. */
  changed: boolean
  /** The words with the other meaning of a short form that nothing decides; null when there is none. */
  otherwise: readonly QueryWord[] | null
}

export const plainWord = (word: WordForms & { joined: boolean }): QueryWord => ({
  text: word.text,
  exact: word.exact,
  folded: word.folded,
  key: word.key,
  accented: word.accented,
  joined: word.joined,
  variants: [],
})

/** The words as typed, nothing added. */
export const literalReading = (tokens: readonly (WordForms & { joined: boolean })[]): Reading => ({
  words: tokens.map(plainWord),
  alternatives: [],
  changed: false,
  otherwise: null,
})
