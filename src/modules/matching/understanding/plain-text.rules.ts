import { fold, type Span } from '../../../platform/search/index.js'

/**
 * A text lower-cased and without accents, unit by unit, so that an offset into it is an offset into the original. Takes NFC text;
 * in NFD the marks stay where they are and words with accents are not recognised.
 */
export function plainText(text: string): string {
  let plain = ''
  for (let i = 0; i < text.length; i++) {
    const unit = text.charAt(i)
    const folded = fold(unit)
    plain += folded.length === 1 ? folded : unit
  }
  return plain
}

/** A place in a text and what surrounds it within its sentence. */
export interface Surroundings {
  /** Up to `reach` units before, not beyond the sentence's beginning. */
  before: string
  after: string
}

const SENTENCE_BREAK = /[.;!?\n](?=\s|$)|\n/g

/** What stands before and after `span` within the same sentence, at most `reach` units on each side. */
export function surroundings(plain: string, span: Span, reach: number): Surroundings {
  const head = plain.slice(Math.max(0, span.start - reach), span.start)
  const tail = plain.slice(span.end, span.end + reach)
  const breaks = [...head.matchAll(SENTENCE_BREAK)]
  const lastBreak = breaks.at(-1)
  const firstBreak = tail.search(/[.;!?](?=\s|$)|\n/)
  return {
    before: lastBreak ? head.slice(lastBreak.index + 1) : head,
    after: firstBreak >= 0 ? tail.slice(0, firstBreak) : tail,
  }
}
