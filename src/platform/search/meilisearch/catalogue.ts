import { type WordForms, wordForms } from '../analyser/forms.js'
import { Vocabulary } from '../builtin/vocabulary.js'
import type { CompiledLexicon } from '../lexicon/compile.js'
import type { Catalogue } from '../reading/catalogue.js'
import { decodeText } from './encoding.js'

/** What has to be asked of the server, by kind. */
export interface Questions {
  /** Keys of words: how many documents have each. */
  words: string[]
  /** Pairs of keys, joined by a space: how many documents have each. */
  pairs: string[]
  /** Folded words: what starts so or is near. */
  spellings: string[]
  /** Folded words: how they are written with accents. */
  accents: string[]
}

export type Counted = readonly { value: string; count: number }[]

/** The most the server is asked of one kind for one query; what is beyond counts as unknown to the catalogue. */
const MAX_QUESTIONS = 400
/** As many continuations of a last word as the engine inside the process looks at. */
const MAX_COMPLETIONS = 40

/**
 * What the reader of queries knows of an index on a server. Reading is synchronous and the server is not, so a question that has no
 * answer yet is noted and answered as if it did not matter; whoever reads then has `open` answered and reads again.
 */
export class RemoteCatalogue implements Catalogue {
  private readonly wordCounts = new Map<string, number>()
  private readonly pairCounts = new Map<string, number>()
  private readonly spellings = new Map<string, { values: Counted; vocabulary: Vocabulary }>()
  private readonly accents = new Map<string, { usual: string | null; exacts: ReadonlySet<string> }>()
  private asked = noQuestions()

  constructor(
    /** Documents in the index. */
    readonly size: number,
    private readonly lexicon: CompiledLexicon,
    private readonly lexiconWords: Vocabulary,
  ) {}

  /** Answers it holds. */
  get answers(): number {
    return this.wordCounts.size + this.pairCounts.size + this.spellings.size + this.accents.size
  }

  /** The questions since the last call, to be answered before reading again. */
  takeOpen(): Questions {
    const { words, pairs, spellings, accents } = this.asked
    this.asked = noQuestions()
    return { words: [...words], pairs: [...pairs], spellings: [...spellings], accents: [...accents] }
  }

  answerWord(key: string, count: number): void {
    this.wordCounts.set(key, count)
  }

  answerPair(pair: string, count: number): void {
    this.pairCounts.set(pair, count)
  }

  answerSpellings(folded: string, values: Counted): void {
    const vocabulary = new Vocabulary()
    for (const { value } of values) vocabulary.add(value)
    this.spellings.set(folded, { values, vocabulary })
  }

  /** `values`: stored accents that start with the word, in any order. */
  answerAccents(folded: string, values: Counted): void {
    const own = values.filter(({ value }) => value.startsWith(`${folded} `))
    const total = own.reduce((sum, { count }) => sum + count, 0)
    const usual = own.find(({ count }) => count * 3 >= total * 2)
    const textOf = (value: string) => decodeText(value.slice(folded.length + 1))
    const exacts = new Set(own.map(({ value }) => wordForms(textOf(value)).exact))
    this.accents.set(folded, { usual: usual ? textOf(usual.value) : null, exacts })
  }

  count({ key }: WordForms): number {
    return this.wordCount(key)
  }

  /** Documents with a key. */
  wordCount(key: string): number {
    return this.wordCounts.get(key) ?? this.ask('words', key, 0)
  }

  /** True while the answer is open, so that a word is not repaired before it is known to be wrong. */
  knows(word: WordForms): boolean {
    if (this.lexicon.words.has(word.folded)) return true
    return this.wordCounts.has(word.key) ? this.count(word) > 0 : this.ask('words', word.key, true)
  }

  hasPrefix(folded: string): boolean {
    const known = this.spellings.get(folded)
    return known ? known.values.some(({ value }) => value.startsWith(folded)) : this.ask('spellings', folded, true)
  }

  hasPair(first: WordForms, second: WordForms): boolean {
    if (this.lexicon.pairs.has(`${first.folded} ${second.folded}`)) return true
    // A pair of a word that no document has, or of one still asked for, needs no question of its own.
    if (this.count(first) === 0 || this.count(second) === 0) return false
    return this.pairCount(first.key, second.key) > 0
  }

  /** Documents with two neighbouring keys. */
  pairCount(first: string, second: string): number {
    const pair = `${first} ${second}`
    return this.pairCounts.get(pair) ?? this.ask('pairs', pair, 0)
  }

  near(folded: string): { word: string; distance: number }[] {
    const known = this.spellings.get(folded)
    if (!known) this.ask('spellings', folded, true)
    const inUse = known?.vocabulary.near(folded) ?? []
    const seen = new Set(inUse.map(({ word }) => word))
    return [...inUse, ...this.lexiconWords.near(folded).filter(({ word }) => !seen.has(word))]
  }

  usual(folded: string): string | null {
    const known = this.accents.get(folded)
    return known ? known.usual : this.ask('accents', folded, null)
  }

  /** True while the answer is open, so that nothing is corrected for want of it. */
  writes({ folded, exact }: WordForms): boolean {
    if (this.lexicon.spellings.has(exact)) return true
    const known = this.accents.get(folded)
    return known ? known.exacts.has(exact) : this.ask('accents', folded, true)
  }

  /** Keys of the words that a last word may be the beginning of, the most used first. */
  completions(folded: string): string[] {
    const known = this.spellings.get(folded)
    if (!known) return this.ask('spellings', folded, [])
    return known.values
      .filter(({ value }) => value.startsWith(folded))
      .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
      .slice(0, MAX_COMPLETIONS)
      .map(({ value }) => wordForms(value).key)
  }

  private ask<T>(kind: keyof Questions, about: string, meanwhile: T): T {
    if (this.asked[kind].size < MAX_QUESTIONS) this.asked[kind].add(about)
    return meanwhile
  }
}

const noQuestions = (): Record<keyof Questions, Set<string>> => ({
  words: new Set(),
  pairs: new Set(),
  spellings: new Set(),
  accents: new Set(),
})
