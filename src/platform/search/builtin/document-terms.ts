import { isSyllable } from '../analyser/syllable.js'
import { flatten, tokenise } from '../analyser/tokenise.js'
import { getOrCreate } from '../get-or-create.js'
import type { FieldValue } from '../port.js'

/** What one field of a document is indexed under, with frequencies. */
export interface FieldTerms {
  /** Number of words. */
  length: number
  keys: Map<string, number>
  /** Accented forms, where the folded word could be another one. */
  exacts: Map<string, number>
  /** Neighbouring words: second by first. */
  pairs: Map<string, Map<string, number>>
  /** Folded words as written and the accented forms they were written in. */
  spellings: Map<string, Set<string>>
}

/** Analyses one text field: a string or a list of them. Other values hold no words. */
export function fieldTerms(value: FieldValue | undefined): FieldTerms {
  const terms: FieldTerms = { length: 0, keys: new Map(), exacts: new Map(), pairs: new Map(), spellings: new Map() }
  for (const text of textsOf(value)) addText(terms, text)
  return terms
}

/** The strings of a text field, in order. */
export function textsOf(value: FieldValue | undefined): string[] {
  if (typeof value === 'string') return [value]
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : []
}

/** Whether a word's accented form is worth a list of its own: its folded form may be another syllable or another word. */
export const hasExactForm = (word: { folded: string; key: string; accented: boolean }): boolean =>
  word.accented || word.key !== word.folded || isSyllable(word.folded)

function addText(terms: FieldTerms, text: string): void {
  const tokens = tokenise(text)
  for (const token of tokens) {
    if (token.parts.length === 0) continue
    add(terms.keys, token.key)
    spell(terms, token.folded, token.text)
  }
  const words = flatten(tokens)
  terms.length += words.length
  words.forEach((word, at) => {
    add(terms.keys, word.key)
    if (hasExactForm(word)) add(terms.exacts, word.exact)
    spell(terms, word.folded, word.text)
    const before = words[at - 1]
    if (before && word.joined) addPair(terms, before.key, word.key)
  })
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

function addPair({ pairs }: FieldTerms, first: string, second: string): void {
  add(
    getOrCreate(pairs, first, () => new Map<string, number>()),
    second,
  )
}

function spell({ spellings }: FieldTerms, folded: string, text: string): void {
  getOrCreate(spellings, folded, () => new Set<string>()).add(text)
}
