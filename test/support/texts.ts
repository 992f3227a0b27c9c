import { shingleOverlap } from './shingles.js'

export interface NamedText {
  id: string
  text: string
}

/** Pairs of texts that share more than `limit` (0 to 1) of their word 5-grams, each with its overlap. */
export const alikeTexts = (texts: readonly NamedText[], limit = 0.15): string[] =>
  texts.flatMap((a, i) =>
    texts.slice(i + 1).flatMap((b) => {
      const overlap = shingleOverlap(a.text, b.text)
      return overlap > limit ? [`${a.id} and ${b.id}: ${overlap.toFixed(2)}`] : []
    }),
  )

/** The values that occur again after their first time. */
export const repeated = (values: readonly string[]): string[] =>
  values.filter((value, i) => values.indexOf(value) !== i)

/** Number of words as a reader counts them: in Vietnamese, syllables. */
export const wordCount = (text: string): number => text.split(/\s+/).filter(Boolean).length

/** A text as it is typed without accents. Written out here, so that it is not the product's folding that is held against itself. */
export const withoutMarks = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/g, 'd').replace(/Đ/g, 'D')

/** What looks like a telephone number: nine digits and more, perhaps grouped. */
export const PHONE = /\+?\d(?:[ .-]?\d){8,}/

/** What looks like a mail address or a site. */
export const ADDRESS = /[\w.-]+@[\w-]+\.\w+|https?:|www\./
