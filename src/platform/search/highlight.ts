import { initialAt } from './analyser/characters.js'
import type { WordForms } from './analyser/forms.js'
import { type Token, words } from './analyser/tokenise.js'
import { getOrCreate } from './get-or-create.js'
import { compileLexicon } from './lexicon/compile.js'
import { agreesInAccents, phraseWords } from './lexicon/phrases.js'
import type { Lexicon, Span } from './port.js'

/** Looks for words and phrases. */
export interface Matcher {
  /** What all the words begin with that it compares (see `initialAt`). */
  initials: ReadonlySet<number>
  /** How many words from `at` on are a match; 0 for none. */
  lengthAt(text: readonly Token[], at: number): number
}

/**
 * Where words or phrases stand in a text: ascending, not overlapping, neighbours joined; offsets into `text` as given. A term typed
 * without accents finds every accented form, one with accents only its own and the unaccented. With a lexicon, a term that is
 * one of a concept's phrases finds the others too.
 */
export function findSpans(text: string, terms: readonly string[], lexicon?: Lexicon): Span[] {
  return spansIn(text, lexicon ? lexiconMatcher(terms, lexicon) : phraseMatcher(terms.map(phraseWords)))
}

/** Mostly the names of one concept, looked for in one text after another. */
const MOST_REMEMBERED = 500
const remembered = new WeakMap<Lexicon, Map<string, Matcher>>()

function lexiconMatcher(terms: readonly string[], lexicon: Lexicon): Matcher {
  const known = remembered.get(lexicon) ?? new Map<string, Matcher>()
  remembered.set(lexicon, known)
  if (known.size >= MOST_REMEMBERED) known.clear()
  return getOrCreate(known, terms.join('\n'), () =>
    phraseMatcher(terms.flatMap((term) => [phraseWords(term), ...equivalents(term, lexicon)])),
  )
}

/** The spans a matcher finds in a text. */
export function spansIn(text: string, matcher: Matcher): Span[] {
  const tokens = words(text, matcher.initials)
  const spans: Span[] = []
  for (let at = 0; at < tokens.length; ) {
    const length = matcher.lengthAt(tokens, at)
    const first = tokens[at]
    const last = tokens[at + length - 1]
    if (length > 0 && first && last) append(spans, { start: first.start, end: last.end }, text)
    at += Math.max(1, length)
  }
  return spans
}

function append(spans: Span[], span: Span, text: string): void {
  const last = spans.at(-1)
  if (last && /^\s*$/u.test(text.slice(last.end, span.start))) last.end = span.end
  else spans.push(span)
}

/** Finds any of the phrases, the longest at each place. */
export function phraseMatcher(phrases: readonly (readonly WordForms[])[]): Matcher {
  const byFirst = new Map<string, (readonly WordForms[])[]>()
  for (const phrase of phrases) {
    const first = phrase[0]
    if (first) getOrCreate(byFirst, first.key, () => []).push(phrase)
  }
  return {
    initials: initialsOf(phrases.flatMap((phrase) => phrase.map(({ key }) => key))),
    lengthAt: (text, at) => {
      const candidates = byFirst.get(text[at]?.key ?? '') ?? []
      return candidates.reduce(
        (longest, phrase) => (phrase.length > longest && standsAt(text, at, phrase) ? phrase.length : longest),
        0,
      )
    },
  }
}

/** What words begin with. */
export const initialsOf = (keys: Iterable<string>): ReadonlySet<number> =>
  new Set(Array.from(keys, (key) => initialAt(key, 0)))

const standsAt = (text: readonly Token[], at: number, phrase: readonly WordForms[]) =>
  phrase.every((word, i) => {
    const token = text[at + i]
    return token?.key === word.key && (!word.accented || agreesInAccents(token, word)) && (i === 0 || token.joined)
  })

function equivalents(term: string, lexicon: Lexicon): (readonly WordForms[])[] {
  const { trie, phrasesOf } = compileLexicon(lexicon)
  const asked = phraseWords(term)
  const match = trie.longestAt(asked, 0)
  if (match?.length !== asked.length) return []
  return match.phrases.flatMap(({ concept, reading }) => {
    const own = concept === null ? [] : (phrasesOf.get(concept) ?? [])
    return [...own, ...(reading ? [reading] : [])].map((phrase) => phrase.words)
  })
}
