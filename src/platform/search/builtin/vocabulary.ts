import { DeletionIndex, type Neighbour } from './deletions.js'

/** New words are kept apart until they are this many, so that adding one does not sort them all. */
const FRESH_LIMIT = 2000

/** Words shorter than this, and numbers, are never taken for a slip of another. */
const MIN_FUZZY = 3

/** No character of a word comes after this one. */
const AFTER_ALL_WORDS = '\uffff'

/** What a vocabulary is made of. */
export interface StoredVocabulary {
  /** Each word with the number of what it is indexed under. */
  words: readonly (readonly [string, number])[]
  slips: ReturnType<DeletionIndex['stored']>
}

/** The folded words of an index, for prefixes and slips. Words are never taken out; the index knows which are in use. */
export class Vocabulary {
  /** By folded word: the number of what it is indexed under. */
  private readonly known = new Map<string, number>()
  private sorted: string[] = []
  /** Of each sorted word: what it is indexed under. */
  private sortedKeys = new Int32Array(0)
  private fresh: string[] = []
  private pending: string[] = []

  constructor(private readonly deletions = new DeletionIndex()) {}

  /** A vocabulary as it was stored. */
  static from({ words, slips }: StoredVocabulary): Vocabulary {
    const vocabulary = new Vocabulary(new DeletionIndex(slips.words, slips.settled))
    for (const [word, key] of words) vocabulary.known.set(word, key)
    vocabulary.fresh = words.map(([word]) => word)
    vocabulary.sort()
    return vocabulary
  }

  /** `key`: the number of the word that `word` is indexed under. */
  add(word: string, key = 0): void {
    if (this.known.has(word)) return
    this.known.set(word, key)
    this.fresh.push(word)
    if (canBeSlip(word)) this.pending.push(word)
  }

  private keyOf(word: string): number {
    return this.known.get(word) ?? -1
  }

  /**
   * Calls with every word that starts with `prefix`, itself included, and the number of what it is indexed under, until told to stop by
   * `false`.
   */
  eachWith(prefix: string, visit: (word: string, key: number) => boolean | undefined): void {
    if (this.fresh.length > FRESH_LIMIT) this.sort()
    for (const word of this.fresh) if (word.startsWith(prefix) && visit(word, this.keyOf(word)) === false) return
    const end = lowerBound(this.sorted, prefix + AFTER_ALL_WORDS)
    for (let at = lowerBound(this.sorted, prefix); at < end; at++)
      if (visit(this.sorted[at] as string, this.sortedKeys[at] as number) === false) return
  }

  /** Words one or two slips away from `word`, the nearest first; none for numbers and very short words. */
  near(word: string): Neighbour[] {
    if (!canBeSlip(word)) return []
    this.prepare(Number.POSITIVE_INFINITY)
    return this.deletions.near(word)
  }

  /** Prepares the search for slips of at most `count` of the new words; whether some are left. */
  prepare(count: number): boolean {
    for (const added of this.pending.splice(0, count)) this.deletions.add(added)
    return this.pending.length > 0
  }

  /** To be stored. */
  stored(): StoredVocabulary {
    this.prepare(Number.POSITIVE_INFINITY)
    return { words: [...this.known], slips: this.deletions.stored() }
  }

  private sort(): void {
    this.sorted = this.sorted.concat(this.fresh).sort(byCodeUnit)
    this.sortedKeys = Int32Array.from(this.sorted, (word) => this.keyOf(word))
    this.fresh = []
  }
}

const canBeSlip = (word: string) => word.length >= MIN_FUZZY && /^\p{L}+$/u.test(word)

const byCodeUnit = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

function lowerBound(sorted: readonly string[], target: string): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] ?? '') < target) low = middle + 1
    else high = middle
  }
  return low
}
