import { DeletionIndex, type Neighbour } from './deletions.js'

/** New words are kept apart until they are this many, so that adding one does not sort them all. */
const FRESH_LIMIT = 2000
/** The most words looked at for one prefix. */
const SCAN_LIMIT = 2000

/** Words shorter than this, and numbers, are never taken for a slip of another. */
const MIN_FUZZY = 3

/** The folded words of an index, for prefixes and slips. Words are never taken out; the index knows which are in use. */
export class Vocabulary {
  private readonly known = new Set<string>()
  private sorted: string[] = []
  private fresh: string[] = []
  private readonly deletions = new DeletionIndex()
  private pending: string[] = []

  has(word: string): boolean {
    return this.known.has(word)
  }

  add(word: string): void {
    if (this.known.has(word)) return
    this.known.add(word)
    this.fresh.push(word)
    if (canBeSlip(word)) this.pending.push(word)
  }

  /** Words that start with `prefix`, itself included. */
  startingWith(prefix: string): string[] {
    if (this.fresh.length > FRESH_LIMIT) {
      this.sorted = this.sorted.concat(this.fresh).sort(byCodeUnit)
      this.fresh = []
    }
    const found = this.fresh.filter((word) => word.startsWith(prefix))
    for (let at = lowerBound(this.sorted, prefix); found.length < SCAN_LIMIT; at++) {
      const word = this.sorted[at]
      if (!word?.startsWith(prefix)) break
      found.push(word)
    }
    return found
  }

  /** Words one or two slips away from `word`, the nearest first; none for numbers and very short words. */
  near(word: string): Neighbour[] {
    if (!canBeSlip(word)) return []
    for (const added of this.pending) this.deletions.add(added)
    this.pending = []
    return this.deletions.near(word)
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
