import { type WordForms, wordForms } from '../analyser/forms.js'
import { composeKeystrokes } from '../analyser/ime.js'
import { splitGlued } from '../analyser/split.js'
import type { Catalogue } from './catalogue.js'

/** A repaired word, or several where it was typed without spaces. */
export interface Repair {
  words: readonly WordForms[]
  /** Other repairs of a single word, the likelier first. */
  others: readonly string[]
}

const MAX_OTHERS = 4

/**
 * What an unknown word was probably meant to be: unfinished Telex or VNI, words typed together, or a slip, in this order. Null where
 * nothing known is near. `before` and `after` decide between equally near words.
 */
export function repairWord(
  word: WordForms,
  neighbours: { before?: WordForms | undefined; after?: WordForms | undefined },
  catalogue: Catalogue,
): Repair | null {
  const composed = composeKeystrokes(word.folded)
  if (composed !== null && catalogue.knows(wordForms(composed))) return { words: [wordForms(composed)], others: [] }
  const split = splitGlued(word.folded, {
    word: (part) => catalogue.knows(wordForms(part)),
    pair: (first, second) => catalogue.hasPair(wordForms(first), wordForms(second)),
  })
  if (split) return { words: split.map(wordForms), others: [] }
  const [best, ...others] = likelySlips(word, neighbours, catalogue)
  return best === undefined ? null : { words: [wordForms(best)], others: others.slice(0, MAX_OTHERS) }
}

/** Known words that a word may be a slip of: those that fit the neighbours first, then the nearest, then the most used. */
export function likelySlips(
  word: WordForms,
  { before, after }: { before?: WordForms | undefined; after?: WordForms | undefined },
  catalogue: Catalogue,
): string[] {
  return catalogue
    .near(word.folded)
    .map(({ word: near, distance }) => {
      const forms = wordForms(near)
      const fits =
        Number(before !== undefined && catalogue.hasPair(before, forms)) +
        Number(after !== undefined && catalogue.hasPair(forms, after))
      return { near, distance, fits, count: catalogue.count(forms) }
    })
    .sort((a, b) => b.fits - a.fits || a.distance - b.distance || b.count - a.count || (a.near < b.near ? -1 : 1))
    .map(({ near }) => near)
}
