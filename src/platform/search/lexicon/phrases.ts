import { unifyIy } from '../analyser/fold.js'
import type { WordForms } from '../analyser/forms.js'
import { isSyllable } from '../analyser/syllable.js'
import { words } from '../analyser/tokenise.js'
import { getOrCreate } from '../get-or-create.js'

/** `term`: a name of a concept; `abbreviation`: a short form of one; `shorthand`: a short form of a phrase that is no concept. */
export type PhraseKind = 'term' | 'abbreviation' | 'shorthand'

/** A phrase of the lexicon, ready to be compared. */
export interface Phrase {
  kind: PhraseKind
  /** The concept it belongs to; null for a shorthand. */
  concept: string | null
  /** As the lexicon writes it. */
  text: string
  words: readonly WordForms[]
  /** What a short form is read as: the words it spells, else the concept's first term. Null for a term. */
  reading: Phrase | null
  /** Whether the short form's letters spell the reading (`pmkt`, phần mềm kế toán), so that it may be written out. */
  spelt: boolean
}

interface TrieNode {
  next: Map<string, TrieNode>
  phrases: Phrase[]
}

/** Phrases that start at one word of a text, all of the same length. */
export interface PhraseMatch {
  length: number
  phrases: readonly Phrase[]
}

/** Finds the lexicon's phrases in a sequence of words, the longest first; time grows with the text alone. */
export class PhraseTrie {
  private readonly root: TrieNode = { next: new Map(), phrases: [] }

  add(phrase: Phrase): void {
    let node = this.root
    for (const word of phrase.words) {
      node = getOrCreate(node.next, word.key, () => ({ next: new Map(), phrases: [] }))
    }
    if (phrase.words.length > 0) node.phrases.push(phrase)
  }

  /** The longest phrases that start at word `from`, or null. An accented word must agree with the phrase's accents. */
  longestAt(
    text: readonly WordForms[],
    from: number,
    accepts: (phrase: Phrase) => boolean = () => true,
  ): PhraseMatch | null {
    let node: TrieNode | undefined = this.root
    let found: PhraseMatch | null = null
    for (let at = from; at < text.length; at++) {
      const word: WordForms | undefined = text[at]
      node = word && node.next.get(word.key)
      if (!node) break
      const phrases = node.phrases.filter((phrase) => accepts(phrase) && agrees(text, from, phrase))
      if (phrases.length > 0) found = { length: at - from + 1, phrases }
    }
    return found
  }
}

/** People drop accents but seldom write a wrong one: `bạn hàng` is not `bán hàng`, `ban hang` may be. Short forms have no accents. */
function agrees(text: readonly WordForms[], from: number, phrase: Phrase): boolean {
  if (phrase.kind !== 'term') return true
  return phrase.words.every((target, i) => agreesInAccents(text[from + i], target))
}

/**
 * Whether a word as typed can be the target word: without accents, or with the same. A Vietnamese syllable is never the stem of
 * an English word (`can` of `canning`).
 */
export function agreesInAccents(typed: WordForms | undefined, target: WordForms): boolean {
  if (typed === undefined) return false
  if (typed.accented) return typed.exact === target.exact
  return !isSyllable(typed.folded) || target.key === unifyIy(target.folded)
}

/** A lexicon's text cut into comparable words, compounds into their parts. */
export const phraseWords = (text: string): WordForms[] => words(text)
