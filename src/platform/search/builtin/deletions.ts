import { editDistance } from '../analyser/edit-distance.js'
import { zeroedFloats } from './growable.js'

/** Only a word's beginning is indexed: slips further on are found through it. */
const PREFIX = 7
const LONG_WORD = 8
/** New words are kept apart until they are this many. */
const RECENT = 2_000
/** More words than there ever are: a hash and a word's number are exact in one double. */
const WORDS = 2 ** 21

/** A word near the one asked for. */
export interface Neighbour {
  word: string
  distance: number
}

/**
 * Finds words within one slip (two for words of 8 letters and more) without looking through the vocabulary: two words that
 * are so near share a form with letters left out. Symmetric delete method (Garbe, 2012) on the first seven letters.
 */
export class DeletionIndex {
  private readonly words: string[]
  /** Of words added since: as `settled`, in no order until somebody looks. */
  private recent: number[] = []
  private recentWords = 0
  private inOrder = true

  /** `settled`: hash of a form and number of one of the words that has it, as one number each; ascending. */
  constructor(
    words: readonly string[] = [],
    private settled: Float64Array = new Float64Array(0),
  ) {
    this.words = [...words]
  }

  add(word: string): void {
    const number = this.words.push(word) - 1
    eachForm(word, (hash) => this.recent.push(hash * WORDS + number))
    this.inOrder = false
    if (++this.recentWords >= RECENT) this.settle()
  }

  /** Words near `word`, itself left out, the nearest first. */
  near(word: string): Neighbour[] {
    const max = allowed(word)
    const found = new Map<string, number>()
    const look = (number: number) => {
      const candidate = this.words[number] ?? ''
      if (candidate === word || found.has(candidate)) return
      const most = Math.min(max, allowed(candidate))
      const distance = editDistance(word, candidate, most)
      if (distance <= most) found.set(candidate, distance)
    }
    this.order()
    eachForm(word, (hash) => {
      eachWith(this.settled, hash, look)
      eachWith(this.recent, hash, look)
    })
    return [...found].map(([near, distance]) => ({ word: near, distance })).sort((a, b) => a.distance - b.distance)
  }

  /** To be stored. */
  stored(): { words: readonly string[]; settled: Float64Array } {
    this.settle()
    return { words: this.words, settled: this.settled }
  }

  private order(): void {
    if (!this.inOrder) this.recent.sort((a, b) => a - b)
    this.inOrder = true
  }

  private settle(): void {
    const added = Float64Array.from(this.recent).sort()
    const merged = zeroedFloats(this.settled.length + added.length)
    let from = 0
    let at = 0
    for (const value of added) {
      while (from < this.settled.length && (this.settled[from] as number) < value)
        merged[at++] = this.settled[from++] as number
      merged[at++] = value
    }
    merged.set(this.settled.subarray(from), at)
    this.settled = merged
    this.recent = []
    this.recentWords = 0
    this.inOrder = true
  }
}

const allowed = (word: string) => (word.length >= LONG_WORD ? 2 : 1)

/** Calls with the number of each word that has a form; `pairs` ascend. */
function eachWith(pairs: ArrayLike<number>, hash: number, visit: (word: number) => void): void {
  let low = 0
  let high = pairs.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((pairs[middle] as number) < hash * WORDS) low = middle + 1
    else high = middle
  }
  for (; low < pairs.length && (pairs[low] as number) < (hash + 1) * WORDS; low++)
    visit((pairs[low] as number) - hash * WORDS)
}

/** Calls with the hash of a word's beginning and of what is left of it without one letter, or two where two slips are allowed. */
function eachForm(word: string, visit: (hash: number) => void): void {
  const length = Math.min(word.length, PREFIX)
  visit(hashWithout(word, length, length, length))
  for (let first = 0; first < length; first++) {
    visit(hashWithout(word, length, first, length))
    if (allowed(word) < 2) continue
    for (let second = first + 1; second < length; second++) visit(hashWithout(word, length, first, second))
  }
}

/** FNV-1a over UTF-16 units, two of them left out; words that share one by chance are told apart by their distance. */
function hashWithout(word: string, length: number, first: number, second: number): number {
  let value = 0x811c9dc5
  for (let i = 0; i < length; i++) {
    if (i !== first && i !== second) value = Math.imul(value ^ word.charCodeAt(i), 0x01000193)
  }
  return value >>> 0
}
