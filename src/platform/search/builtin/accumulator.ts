/** Numbers of queries are kept in 32 bits, and begin anew. */
const LAST_QUERY = 2 ** 31 - 1

/** Scores of documents by slot while a query is evaluated, with the words each has: dense arrays and the list of slots in use. */
export class Accumulator {
  /** By slot; of slots that are not in use, what an earlier query left. */
  scores = new Float64Array(0)
  /** Bit set of the query's words that the document has. */
  private masks = new Int32Array(0)
  /** The query that used the slot last. */
  private usedBy = new Int32Array(0)
  private query = 0
  private touched = new Int32Array(0)
  private count = 0

  /** The slots in use, in the order they came. */
  get slots(): Int32Array {
    return this.touched.subarray(0, this.count)
  }

  has(slot: number): boolean {
    return this.usedBy[slot] === this.query
  }

  score(slot: number): number {
    return this.has(slot) ? (this.scores[slot] as number) : 0
  }

  mask(slot: number): number {
    return this.has(slot) ? (this.masks[slot] as number) : 0
  }

  add(slot: number, score: number, mask: number): void {
    this.touch(slot)
    this.scores[slot] = (this.scores[slot] as number) + score
    this.masks[slot] = (this.masks[slot] as number) | mask
  }

  /** Adds `times` each value; `count` of them. */
  addAll(slots: Int32Array, values: Float64Array, count: number, times: number, mask: number): void {
    const { scores, masks, usedBy, touched, query } = this
    for (let i = 0; i < count; i++) {
      const slot = slots[i] as number
      if (usedBy[slot] === query) {
        scores[slot] = (scores[slot] as number) + times * (values[i] as number)
        masks[slot] = (masks[slot] as number) | mask
      } else {
        usedBy[slot] = query
        touched[this.count++] = slot
        scores[slot] = times * (values[i] as number)
        masks[slot] = mask
      }
    }
  }

  /** Adds to documents that are in already. */
  addToUsed(slots: Int32Array, values: Float64Array, count: number, times: number, mask: number): void {
    const { scores, masks, usedBy, query } = this
    for (let i = 0; i < count; i++) {
      const slot = slots[i] as number
      if (usedBy[slot] !== query) continue
      scores[slot] = (scores[slot] as number) + times * (values[i] as number)
      masks[slot] = (masks[slot] as number) | mask
    }
  }

  /** Keeps the better of two ways to score the same words. */
  max(slot: number, score: number, mask: number): void {
    this.touch(slot)
    if (score > (this.scores[slot] as number)) this.scores[slot] = score
    this.masks[slot] = (this.masks[slot] as number) | mask
  }

  /** Forgets all scores and makes room for slots below `capacity`. */
  clear(capacity: number): void {
    this.count = 0
    if (++this.query === LAST_QUERY) {
      this.usedBy.fill(0)
      this.query = 1
    }
    if (capacity <= this.scores.length) return
    const room = Math.ceil(capacity * 1.25)
    this.scores = new Float64Array(room)
    this.masks = new Int32Array(room)
    this.usedBy = new Int32Array(room)
    this.touched = new Int32Array(room)
  }

  private touch(slot: number): void {
    if (this.usedBy[slot] === this.query) return
    this.usedBy[slot] = this.query
    this.touched[this.count++] = slot
    this.scores[slot] = 0
    this.masks[slot] = 0
  }
}
