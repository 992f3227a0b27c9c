import { isStopword } from '../analyser/stopwords.js'
import type { Token } from '../analyser/tokenise.js'
import { getOrCreate } from '../get-or-create.js'
import { initialsOf, type Matcher, spansIn } from '../highlight.js'
import type { SearchDocument, Span } from '../port.js'
import type { Reading } from '../reading/reading.js'
import { textsOf } from './document-terms.js'

/**
 * Finds in a document's text what the query found it by: words, their variants, the last one's continuations, other phrases.
 * Function words count only between neighbours that they had in the query.
 */
export function readingMatcher({ words, alternatives }: Reading): Matcher {
  const meaningful = words.some((word) => !isStopword(word))
  const keys = new Set<string>()
  const pairs = new Map<string, Set<string>>()
  words.forEach((word, at) => {
    const next = words[at + 1]
    if (next?.joined) getOrCreate(pairs, word.key, () => new Set<string>()).add(next.key)
    if (meaningful && isStopword(word)) return
    for (const key of [word.key, ...word.variants.map((variant) => variant.key)]) keys.add(key)
  })
  const prefix = words.at(-1)?.folded
  const phrases = new Map<string, (readonly string[])[]>()
  for (const { phrase } of alternatives) getOrCreate(phrases, phrase[0] ?? '', () => []).push(phrase)
  const isWord = (word: Token) => keys.has(word.key) || (prefix !== undefined && word.folded.startsWith(prefix))
  const lengthAt = (text: readonly Token[], at: number) => {
    const first = text[at]
    if (!first) return 0
    const phrase = phrases.get(first.key)?.find((candidate) => standsAt(text, at, candidate))
    if (phrase) return phrase.length
    if (!(isWord(first) || standsInPair(text, at, pairs))) return 0
    let end = at + 1
    while (standsInPair(text, end - 1, pairs)) end++
    return end - at
  }
  const compared = [...words.map(({ key }) => key), ...keys, ...alternatives.flatMap(({ phrase }) => phrase)]
  return { initials: initialsOf(prefix === undefined ? compared : [...compared, prefix]), lengthAt }
}

const standsAt = (text: readonly Token[], at: number, phrase: readonly string[]) =>
  phrase.every((key, i) => text[at + i]?.key === key && (i === 0 || text[at + i]?.joined === true))

/** Whether the word at a place and the next one are neighbours in the query too. */
function standsInPair(text: readonly Token[], at: number, pairs: ReadonlyMap<string, ReadonlySet<string>>): boolean {
  const next = text[at + 1]
  return next?.joined === true && pairs.get(text[at]?.key ?? '')?.has(next.key) === true
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
