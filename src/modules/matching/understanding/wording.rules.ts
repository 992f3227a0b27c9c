import { languageOf } from './language.rules.js'
import { plainText } from './plain-text.rules.js'

/** How a text is written: Vietnamese with its accents, Vietnamese without or with few of them, or English. */
export type Wording = 'accented' | 'plain' | 'english'

/** A text made ready for patterns of its own wording. */
export interface Worded {
  wording: Wording
  /** As it was typed. */
  text: string
  /** Lower-case, and without accents unless they are typed; unit by unit the text. */
  words: string
}

/** From this share of words with accents on they are typed on purpose; below, the text is read as one without. */
const ACCENTED_SHARE = 1 / 3
const WORD = /[\p{L}\p{M}]+/gu
const MARKED = /[^\p{ASCII}]/u

/** Chooses once for a text how its words are to be read. `plain` is the text folded unit by unit. */
export function wordedAs(text: string, plain: string): Worded {
  if (languageOf(text, plain) === 'en') return { wording: 'english', text, words: plain }
  const words = text.match(WORD) ?? []
  const marked = words.filter((word) => MARKED.test(word)).length
  return marked > 0 && marked >= words.length * ACCENTED_SHARE
    ? { wording: 'accented', text, words: lowerUnits(text) }
    : { wording: 'plain', text, words: plain }
}

/** A pattern written with accents as it looks without; escapes such as `\S` keep their case. */
export const withoutAccents = (source: string): string =>
  source.replace(/[^\p{ASCII}]/gu, (letter) => plainText(letter))

/** A pattern of whole words; letters with accents are letters, too. */
export const wholeWords = (source: string): string => `(?<![\\p{L}\\d])(?:${source})(?![\\p{L}\\d])`

function lowerUnits(text: string): string {
  const lower = text.toLowerCase()
  return lower.length === text.length
    ? lower
    : [...Array(text.length).keys()]
        .map((i) => {
          const unit = text.charAt(i).toLowerCase()
          return unit.length === 1 ? unit : text.charAt(i)
        })
        .join('')
}
