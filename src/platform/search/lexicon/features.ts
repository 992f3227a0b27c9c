import type { WordForms } from '../analyser/forms.js'
import { isStopword } from '../analyser/stopwords.js'

/** A word or a pair of neighbours that says something, by its place in the text. */
export interface Feature {
  /** The folded word, or two joined by a space. */
  key: string
  words: readonly WordForms[]
  from: number
  to: number
}

/** The words that carry meaning, and the pairs of neighbours of which at least one does. */
export function featuresOf(text: readonly WordForms[]): Feature[] {
  const features: Feature[] = []
  text.forEach((word, at) => {
    const before = text[at - 1]
    const plain = isStopword(word)
    if (!plain) features.push({ key: word.key, words: [word], from: at, to: at + 1 })
    if (before && !(plain && isStopword(before))) {
      features.push({ key: `${before.key} ${word.key}`, words: [before, word], from: at - 1, to: at + 1 })
    }
  })
  return features
}

/** Each feature of a text once, where it stands first. */
export function uniqueFeatures(text: readonly WordForms[]): Feature[] {
  const seen = new Set<string>()
  return featuresOf(text).filter(({ key }) => !seen.has(key) && seen.add(key))
}
