import type { ScoredList } from './scored-list.js'

/** Looking a document up in a list takes as long as reading about so many. */
const FEW = 24
/** Set in the mask of each slot in use; the words of a query have the lower bits. */
const USED = 1 << 31

/**
 * Scores of documents by slot while a query is evaluated, with the words each has: dense arrays, of small numbers so that much of them
 * stays in the processor's cache, and the list of slots in use, by which they are gone through.
 */
export class Accumulator {
  /** By slot; of slots that are not in use, what an earlier query left. */
  scores = new Float32Array(0)
  /** Bit set of the query's words that the document has; 0 of slots that are not in use. */
  private masks = new Int32Array(0)
  private touched = new Int32Array(0)
  private count = 0
  /** What `find` found last. */
  private places = new Int32Array(0)

  /** The slots in use, in the order they came. */
  get slots(): Int32Array {
    return this.touched.subarray(0, this.count)
  }

  get isEmpty(): boolean {
    return this.count === 0
  }

  has(slot: number): boolean {
    return this.masks[slot] !== 0
  }

  score(slot: number): number {
    return this.has(slot) ? (this.scores[slot] as number) : 0
  }

  mask(slot: number): number {
    return (this.masks[slot] as number) & ~USED
  }

  add(slot: number, score: number, mask: number): void {
    this.touch(slot)
    this.scores[slot] = (this.scores[slot] as number) + score
    this.masks[slot] = (this.masks[slot] as number) | mask
  }

  /** Adds what another one has. */
  addFrom({ scores, masks, touched, count }: Accumulator): void {
    for (let i = 0; i < count; i++) {
      const slot = touched[i] as number
      this.add(slot, scores[slot] as number, masks[slot] as number)
    }
  }

  /** Adds `times` each value. */
  addAll({ slots, values, length }: ScoredList, times: number, mask: number): void {
    const { scores, masks, touched } = this
    const used = mask | USED
    let { count } = this
    for (let i = 0; i < length; i++) {
      const slot = slots[i] as number
      const before = masks[slot] as number
      if (before !== 0) scores[slot] = (scores[slot] as number) + times * (values[i] as number)
      else {
        touched[count++] = slot
        scores[slot] = times * (values[i] as number)
      }
      masks[slot] = before | used
    }
    this.count = count
  }

  /** Adds `times` the values of the documents that another one has; those that are in already, where it is this one itself. */
  addWithin(list: ScoredList, times: number, mask: number, within: Accumulator): void {
    const { slots, values } = list
    const { places } = this
    const found = this.find(list, within)
    for (let i = 0; i < found; i++) {
      const at = places[i] as number
      this.add(slots[at] as number, times * (values[at] as number), mask)
    }
  }

  /** Keeps the better of two ways to score the same words. */
  max(slot: number, score: number, mask: number): void {
    this.touch(slot)
    if (score > (this.scores[slot] as number)) this.scores[slot] = score
    this.masks[slot] = (this.masks[slot] as number) | mask
  }

  /** Keeps for each document the better of its score and `times` the list's value. */
  maxAll({ slots, values, length }: ScoredList, times: number, mask: number): void {
    const { scores, masks, touched } = this
    const used = mask | USED
    let { count } = this
    for (let i = 0; i < length; i++) {
      const slot = slots[i] as number
      const score = times * (values[i] as number)
      const before = masks[slot] as number
      if (before === 0) {
        touched[count++] = slot
        scores[slot] = score
      } else if (score > (scores[slot] as number)) scores[slot] = score
      masks[slot] = before | used
    }
    this.count = count
  }

  /** The same for documents that another accumulator has. */
  maxWithin(list: ScoredList, times: number, mask: number, within: Accumulator): void {
    const { slots, values } = list
    const { places } = this
    const found = this.find(list, within)
    for (let i = 0; i < found; i++) {
      const at = places[i] as number
      this.max(slots[at] as number, times * (values[at] as number), mask)
    }
  }

  /** Puts into `places` where in a list the documents stand that another one has; returns how many there are. */
  private find({ slots, length }: ScoredList, { masks, touched, count }: Accumulator): number {
    const { places } = this
    let found = 0
    if (length > count * FEW) {
      for (let i = 0; i < count; i++) {
        const at = placeOf(slots, length, touched[i] as number)
        if (at >= 0) places[found++] = at
      }
      return found
    }
    for (let at = 0; at < length; at++) if (masks[slots[at] as number] !== 0) places[found++] = at
    return found
  }

  /** Forgets the documents that lack some of the words in `mask`. */
  keepWith(mask: number): void {
    const { masks, touched } = this
    let kept = 0
    for (let i = 0; i < this.count; i++) {
      const slot = touched[i] as number
      if (((masks[slot] as number) & mask) === mask) touched[kept++] = slot
      else masks[slot] = 0
    }
    this.count = kept
  }

  /** Forgets all scores and makes room for slots below `capacity`. */
  clear(capacity: number): void {
    const { masks, touched } = this
    for (let i = 0; i < this.count; i++) masks[touched[i] as number] = 0
    this.count = 0
    if (capacity <= this.scores.length) return
    const room = Math.ceil(capacity * 1.25)
    this.scores = new Float32Array(room)
    this.masks = new Int32Array(room)
    this.touched = new Int32Array(room)
    this.places = new Int32Array(room)
  }

  private touch(slot: number): void {
    if (this.masks[slot] !== 0) return
    this.masks[slot] = USED
    this.touched[this.count++] = slot
    this.scores[slot] = 0
  }
}

/** Where a slot stands among the first `length` of ascending ones; below 0 where it does not. */
function placeOf(slots: Int32Array, length: number, slot: number): number {
  let low = 0
  let high = length - 1
  while (low <= high) {
    const middle = (low + high) >>> 1
    const found = slots[middle] as number
    if (found === slot) return middle
    if (found < slot) low = middle + 1
    else high = middle - 1
  }
  return -1
}
