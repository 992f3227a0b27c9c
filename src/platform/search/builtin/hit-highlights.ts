import { isStopword } from '../analyser/stopwords.js'
import { type Matcher, spansIn } from '../highlight.js'
import type { SearchDocument, Span } from '../port.js'
import type { Reading } from '../reading/reading.js'
import { textsOf } from './document-terms.js'

/** Finds in a document's text what the query found it by: words, their variants, the last one's continuations, other phrases. */
export function readingMatcher({ words, alternatives }: Reading): Matcher {
  const meaningful = words.some((word) => !isStopword(word.folded))
  const keys = new Set<string>()
  for (const word of words) {
    if (!meaningful || !isStopword(word.folded))
      for (const key of [word.key, ...word.variants.map((variant) => variant.key)]) keys.add(key)
  }
  const prefix = words.at(-1)?.folded
  const phrases = alternatives.map(({ phrase }) => phrase)
  return (text, at) => {
    const word = text[at]
    if (!word) return 0
    const phrase = phrases.find((candidate) =>
      candidate.every((key, i) => text[at + i]?.key === key && (i === 0 || text[at + i]?.joined === true)),
    )
    if (phrase) return phrase.length
    return keys.has(word.key) || (prefix !== undefined && word.folded.startsWith(prefix)) ? 1 : 0
  }
}

/** The spans of each asked field, item by item; fields without any are left out. */
export function highlightsOf(
  document: SearchDocument,
  fields: readonly string[],
  matcher: Matcher,
): Record<string, Span[][]> {
  const found = fields.map((field) => [field, textsOf(document[field]).map((text) => spansIn(text, matcher))] as const)
  return Object.fromEntries(found.filter(([, items]) => items.some((spans) => spans.length > 0)))
}
