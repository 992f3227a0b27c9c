import type { WordForms } from '../analyser/forms.js'
import { type FrozenPostings, findList } from './frozen-postings.js'
import { Int32List } from './growable.js'
import { PairTable } from './pair-table.js'
import { Postings } from './postings.js'
import { WordTable } from './word-table.js'

/** A list of the index, in its frozen and its growing part; 0 stands for "none" in either. */
const FROZEN_LISTS = 2 ** 26
const join = (frozen: number, fresh: number) => (fresh + 1) * FROZEN_LISTS + frozen + 1
/** The frozen list of a list, or -1. */
export const frozenOf = (list: number): number => (list % FROZEN_LISTS) - 1
/** The growing list of a list, or -1. */
export const freshOf = (list: number): number => Math.floor(list / FROZEN_LISTS) - 1

/** Stands for a word by itself where otherwise the word that follows it stands. */
const ALONE = -1

/** An accented form and its list. */
export interface SpellingList {
  text: string
  list: number | undefined
}

/**
 * Finds the posting lists of an index: one for each folded word, for each accented form, and for each pair of neighbours. A list is in
 * two parts, one frozen and one that grows, either of which may be missing.
 */
export class Dictionary {
  /** By word: its growing list plus one. */
  private own = new Int32List()
  private pairs = new PairTable()
  /** By growing list: the word, what follows it, and the documents that hold it, the removed ones left out. */
  private readonly firsts = new Int32List()
  private readonly seconds = new Int32List()
  private readonly documents = new Int32List()
  readonly fresh = new Postings()

  constructor(
    readonly frozen: FrozenPostings,
    readonly words = new WordTable(),
  ) {}

  key(key: string): number | undefined {
    return this.list(this.words.key(key), ALONE)
  }

  exact(exact: string): number | undefined {
    return this.list(this.words.exact(exact), ALONE)
  }

  /** The list of two neighbouring words, given by their folded forms. */
  pair(first: string, second: string): number | undefined {
    const next = this.words.key(second)
    return next === undefined ? undefined : this.list(this.words.key(first), next)
  }

  /** The accented forms seen of a folded word. */
  spellingsOf(folded: string): SpellingList[] {
    return this.words.spellingsOf(folded).map(({ text, word }) => ({ text, list: this.list(word, ALONE) }))
  }

  addKey(key: string): number {
    return this.words.addKey(key)
  }

  addExact(word: WordForms): number {
    return this.words.addExact(word)
  }

  /** The growing list of a word, made where there is none. */
  freshOf(word: number): number {
    const known = word < this.own.length ? this.own.get(word) : 0
    if (known > 0) return known - 1
    const list = this.newList(word, ALONE)
    this.own.set(word, list + 1)
    return list
  }

  /** The growing list of two neighbours, made where there is none. */
  freshPair(first: number, second: number): number {
    const known = this.pairs.get(first, second)
    if (known !== undefined) return known
    const list = this.newList(first, second)
    this.pairs.set(first, second, list)
    return list
  }

  /** Number of live documents in a list; 0 for none. */
  count(list: number | undefined): number {
    if (list === undefined) return 0
    const [frozen, fresh] = [frozenOf(list), freshOf(list)]
    return (frozen < 0 ? 0 : (this.frozen.documents[frozen] ?? 0)) + (fresh < 0 ? 0 : this.documents.get(fresh))
  }

  /** Number of live documents with a word, given by its number; 0 for an unknown one. */
  countOf(word: number): number {
    if (word < 0) return 0
    const { rows, seconds, documents } = this.frozen
    // A word's own list is the first of its lists.
    const frozen = word + 1 < rows.length ? (rows[word] as number) : 0
    const isOwn = word + 1 < rows.length && frozen < (rows[word + 1] as number) && seconds[frozen] === 0
    const fresh = word < this.own.length ? this.own.get(word) - 1 : -1
    return (isOwn ? (documents[frozen] as number) : 0) + (fresh < 0 ? 0 : this.documents.get(fresh))
  }

  /** The list of a word given by its number. */
  listOf(word: number): number | undefined {
    return this.list(word, ALONE)
  }

  /** Sets the number of documents of a list that only grows, where more is known of it than the index holds. */
  setCount(list: number, count: number): void {
    if (freshOf(list) >= 0) this.documents.set(freshOf(list), count)
  }

  /** One more document in a growing list, or one less. */
  changeFresh(fresh: number, by: 1 | -1): void {
    this.documents.data[fresh] = this.documents.get(fresh) + by
  }

  /** A removed document was in the frozen list of a growing one's word. */
  leaveFrozen(fresh: number): void {
    const frozen = findList(this.frozen, this.firsts.get(fresh), this.seconds.get(fresh) + 1)
    if (frozen >= 0) this.frozen.documents[frozen] = (this.frozen.documents[frozen] ?? 0) - 1
  }

  /** Calls for every growing list, in the order of the frozen ones. */
  freshInOrder(): Float64Array {
    const order = new Float64Array(this.fresh.size)
    for (let list = 0; list < order.length; list++)
      order[list] = orderOf(this.firsts.get(list), this.seconds.get(list) + 1)
    return order.sort()
  }

  /** The growing list at a place of `freshInOrder`, with its word and what follows it plus one. */
  freshAt(order: number): { list: number; word: number; second: number } {
    const word = Math.floor(order / MAX_WORDS)
    const second = order % MAX_WORDS
    const list = second === 0 ? this.own.get(word) - 1 : (this.pairs.get(word, second - 1) ?? -1)
    return { list, word, second }
  }

  private list(word: number | undefined, second: number): number | undefined {
    if (word === undefined) return undefined
    const frozen = findList(this.frozen, word, second + 1)
    const fresh =
      second === ALONE ? (word < this.own.length ? this.own.get(word) - 1 : -1) : (this.pairs.get(word, second) ?? -1)
    return frozen < 0 && fresh < 0 ? undefined : join(frozen, fresh)
  }

  private newList(word: number, second: number): number {
    const list = this.fresh.create()
    this.firsts.set(list, word)
    this.seconds.set(list, second)
    this.documents.set(list, 0)
    return list
  }
}

/** More words than an index ever has: two of them and one are exact in a double. */
const MAX_WORDS = 2 ** 25

/** Orders lists by word, then by what follows it. */
export const orderOf = (word: number, second: number): number => word * MAX_WORDS + second
