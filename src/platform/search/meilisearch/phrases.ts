import type { WordForms } from '../analyser/forms.js'
import { isStopword } from '../analyser/stopwords.js'
import type { RemoteCatalogue } from './catalogue.js'

/** The server reads ten words of a query; fewer in each of several queries find more. */
const WORDS_IN_PHRASE = 4
const MAX_PHRASES = 8

/**
 * The key phrases a text is searched by: its rarest words, each phrase led by one of the very rarest, since the server drops the last
 * words first when too few documents have them all. `words`: the rarest first, each once.
 */
export function keyPhrases(words: readonly string[]): string[] {
  const used = words.slice(0, WORDS_IN_PHRASE * MAX_PHRASES)
  const count = Math.min(MAX_PHRASES, Math.ceil(used.length / WORDS_IN_PHRASE))
  return Array.from({ length: count }, (_, phrase) => used.filter((_word, at) => at % count === phrase).join(' '))
}

/** The words that documents have, each once, function words left out unless there are no others. */
export function rarestFirst(catalogue: RemoteCatalogue, words: readonly WordForms[]): string[] {
  const telling = words.filter((word) => !isStopword(word))
  const keys = new Set((telling.length > 0 ? telling : words).map(({ key }) => key))
  return [...keys]
    .filter((key) => catalogue.wordCount(key) > 0)
    .sort((a, b) => catalogue.wordCount(a) - catalogue.wordCount(b))
}

/** Lower ranks count for less, the steeper the smaller it is (Cormack, Clarke & Büttcher 2009 found 60 to do well). */
const RRF_K = 60

/** Fuses rankings by reciprocal rank: the best `limit` of what any of them found. */
export function fuse(rankings: readonly (readonly string[])[], limit: number): string[] {
  const scores = new Map<string, number>()
  for (const ranking of rankings)
    ranking.forEach((key, rank) => {
      scores.set(key, (scores.get(key) ?? 0) + 1 / (RRF_K + rank + 1))
    })
  return [...scores]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, limit)
    .map(([key]) => key)
}
