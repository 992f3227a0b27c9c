import { type WordForms, wordForms } from '../analyser/forms.js'
import { composeKeystrokes } from '../analyser/ime.js'
import { splitGlued } from '../analyser/split.js'
import { isSyllable } from '../analyser/syllable.js'
import type { Catalogue } from './catalogue.js'

/** A repaired word, or several where it was typed without spaces. */
export interface Repair {
  words: readonly WordForms[]
  /** Other repairs of a single word, the likelier first. */
  others: readonly string[]
}

const MAX_OTHERS = 4
const MIN_PLAIN = 4
const MUCH_RARER = 10

/**
 * What an unknown word was probably meant to be: unfinished Telex or VNI, words typed together, or a slip, in this order. Null where
 * nothing known is near. `before` and `after` decide between equally near words. `cautious`: among many words, of which the others will do, only a
 * plain slip is repaired; many a name or foreign word is near some word by chance.
 */
export function repairWord(
  word: WordForms,
  neighbours: { before?: WordForms | undefined; after?: WordForms | undefined },
  catalogue: Catalogue,
  cautious: boolean,
): Repair | null {
  const composed = composeKeystrokes(word.folded)
  if (composed !== null && isInUse(word.folded, wordForms(composed), catalogue))
    return { words: [wordForms(composed)], others: [] }
  const split = splitGlued(word.folded, {
    word: (part) => catalogue.knows(wordForms(part)),
    pair: (first, second) => catalogue.hasPair(wordForms(first), wordForms(second)),
  })
  if (split) return { words: split.map(wordForms), others: [] }
  const slips = likelySlips(word, neighbours, catalogue)
  const [best, ...others] = cautious ? slips.filter((near) => isPlainSlip(word, near)) : slips
  return best === undefined ? null : { words: [wordForms(best)], others: others.slice(0, MAX_OTHERS) }
}

/**
 * Whether keystrokes made a word: written so somewhere, or in a catalogue without accents if there is no doubt that they are keystrokes,
 * by a number in the word or two marks.
 */
function isInUse(typed: string, word: WordForms, catalogue: Catalogue): boolean {
  const marks = word.text.normalize('NFD').length - word.folded.length
  const certain = marks >= 2 || (word.folded.length > 2 && /\d/u.test(typed))
  return catalogue.writes(word) || (certain && catalogue.knows(word))
}

/** Hardly anybody mistypes the first letter, and what is short is mostly a short form that is not known. */
const isPlainSlip = ({ folded }: WordForms, near: string) => folded.length >= MIN_PLAIN && near[0] === folded[0]

/**
 * Whether a known word may have been meant as a near one. Vietnamese syllables are so dense that any may; an English word that is
 * used by itself is what it is.
 */
export const mayBeSlip = (word: WordForms, near: WordForms, catalogue: Catalogue): boolean =>
  isSyllable(word.folded) || catalogue.count(word) * MUCH_RARER <= catalogue.count(near)

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
