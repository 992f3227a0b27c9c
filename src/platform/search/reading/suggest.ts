import { type WordForms, wordForms } from '../analyser/forms.js'
import { isStopword } from '../analyser/stopwords.js'
import type { CompiledLexicon } from '../lexicon/compile.js'
import type { Phrase } from '../lexicon/phrases.js'
import type { Catalogue } from './catalogue.js'
import { plainWord, type QueryWord } from './reading.js'
import { likelySlips, mayBeSlip } from './repair.js'

/** With more hits than this the words say what they were meant to. */
const FEW = 3
/** A near word must stand beside its neighbours in this many times as many documents as the one typed. */
const LIKELIER = 8
/** The most words looked at, and near words of each. */
const MAX_WORDS = 8
const MAX_SLIPS = 5
/** From this many words on, a phrase with one wrong accent is a slip; in a shorter one it may be another phrase (`bạn hàng`). */
const CERTAIN = 3

/**
 * A likelier spelling of words that were searched for as they are, or null. Looks for accents that no document writes, and, where
 * `found` hits are few, for near words that stand beside the neighbours far more often.
 */
export function likelierWords(
  words: readonly QueryWord[],
  found: number,
  lexicon: CompiledLexicon,
  catalogue: Catalogue,
): readonly QueryWord[] | null {
  if (words.length > MAX_WORDS) return null
  let better = withTermsAccents(words, lexicon, catalogue)
  if (found <= FEW) {
    better = better.map((word) => withUsualAccents(word, catalogue))
    better = better.map((word, at) => likelierWord(word, better[at - 1], better[at + 1], catalogue))
  }
  return better.every((word, at) => word === words[at]) ? null : better
}

/** The accents of the lexicon's terms, where those typed differ in a word and agree in the others. */
function withTermsAccents(words: readonly QueryWord[], { trie }: CompiledLexicon, catalogue: Catalogue): QueryWord[] {
  const corrected = [...words]
  const bare = words.map(({ folded }) => wordForms(folded))
  for (let at = 0; at < words.length; ) {
    const match = trie.longestAt(bare, at, ({ kind }) => kind === 'term')
    const length = match?.length ?? 1
    const typed = words.slice(at, at + length)
    const [wrong, ...others] = match ? mismatches(typed, match.phrases) : []
    const word = wrong && typed[wrong.at]
    if (wrong && word && length > 1 && others.length === 0) {
      const certain = length >= CERTAIN || !catalogue.writes(word)
      if (certain) corrected[at + wrong.at] = plainWord({ ...wrong.target, joined: word.joined })
    }
    at += length
  }
  return corrected
}

/** Where the accents typed differ from the phrase that they are nearest to; nothing when one of the phrases agrees. */
function mismatches(typed: readonly QueryWord[], phrases: readonly Phrase[]): { at: number; target: WordForms }[] {
  const each = phrases.map(({ words }) =>
    words.flatMap((target, at) => (typed[at]?.accented && typed[at].exact !== target.exact ? [{ at, target }] : [])),
  )
  return each.sort((a, b) => a.length - b.length)[0] ?? []
}

/** A word whose accents no document writes, as most of them write it. */
function withUsualAccents(word: QueryWord, catalogue: Catalogue): QueryWord {
  if (!word.accented || catalogue.writes(word)) return word
  const usual = catalogue.usual(word.folded)
  const forms = usual === null ? null : wordForms(usual)
  return forms && forms.exact !== word.exact ? plainWord({ ...forms, joined: word.joined }) : word
}

/** The near word that stands beside the neighbours far more often, or else the word itself. */
function likelierWord(
  word: QueryWord,
  before: QueryWord | undefined,
  after: QueryWord | undefined,
  catalogue: Catalogue,
): QueryWord {
  if (isStopword(word)) return word
  const support = ({ key }: WordForms) =>
    (before && word.joined && !isStopword(before) ? catalogue.pairCount(before.key, key) : 0) +
    (after?.joined && !isStopword(after) ? catalogue.pairCount(key, after.key) : 0)
  const needed = LIKELIER * Math.max(1, support(word))
  const likelier = likelySlips(word, { before, after }, catalogue)
    .slice(0, MAX_SLIPS)
    .map((slip) => wordForms(slip))
    .find((slip) => slip.key !== word.key && support(slip) >= needed && mayBeSlip(word, slip, catalogue))
  return likelier ? plainWord({ ...likelier, joined: word.joined }) : word
}
