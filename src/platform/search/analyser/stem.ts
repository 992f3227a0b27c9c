import { isSyllable } from './syllable.js'

const VOWEL = /[aeiouy]/u
const DOUBLED = /([bdfgmnprt])\1$/u
const ASCII_WORD = /^[a-z]{4,}$/u

const hasVowel = (stem: string) => stem.length >= 3 && VOWEL.test(stem)

/** Without a plural's ending: `companies` as `company`, `boxes` as `box`, `business` untouched. */
function singular(word: string): string {
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`
  if (/(?:ss|x|ch|sh|zz)es$/u.test(word)) return word.slice(0, -2)
  if (/(?:[^aious]|[aeiou]o)s$/u.test(word)) return word.slice(0, -1)
  if (/[aio]s$/u.test(word) && word.length > 4 && !/(?:is|ias)$/u.test(word)) return word.slice(0, -1)
  return word
}

/** Without `ed` or `ing`, a doubled consonant made single: `planning` as `plan`. */
function withoutVerbEnding(word: string): string {
  for (const ending of ['ing', 'ed']) {
    const stem = word.slice(0, -ending.length)
    if (word.endsWith(ending) && hasVowel(stem) && !stem.endsWith('e')) return stem.replace(DOUBLED, '$1')
  }
  return word
}

/** Endings that make another kind of word of one. */
const DERIVED = ['ation', 'ator', 'ate', 'at', 'ment', 'ion'] as const
/** What is left of a word without its ending must still tell it from others. */
const MIN_ROOT = 4

/** Without the ending that makes a noun of a verb or an adverb of an adjective: `automation` and `automate` as `autom`. */
function root(word: string): string {
  const bare = without(word, ['ly'])
  return without(bare, DERIVED)
}

/** A syllable that is left tells of Vietnamese words written together: `quanly` is no adverb. */
function without(word: string, endings: readonly string[]): string {
  const ending = endings.find((end) => word.endsWith(end) && word.length - end.length >= MIN_ROOT)
  const left = ending === undefined ? word : word.slice(0, -ending.length)
  return isSyllable(left) ? word : left
}

/**
 * A light English stem: plural, -ed and -ing, -ation, -ment and the like, final e and y. Words of other shapes (short, with digits,
 * Vietnamese syllables) come back as they are. It joins forms of one word; it is no dictionary form and never shown.
 */
export function stem(folded: string): string {
  if (!ASCII_WORD.test(folded) || isSyllable(folded) || !VOWEL.test(folded)) return folded
  const bare = root(withoutVerbEnding(singular(folded)))
  if (bare.length > 3 && bare.endsWith('e') && !isSyllable(bare)) return bare.slice(0, -1)
  if (bare.length > 3 && /[^aeiou]y$/u.test(bare)) return `${bare.slice(0, -1)}i`
  return bare
}
