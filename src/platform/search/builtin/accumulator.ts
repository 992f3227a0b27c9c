/** Scores of documents by slot while a query is evaluated, with the words each has: dense arrays and the list of slots in use. */
export class Accumulator {
  /** By slot; 0 for slots that are not in use. */
  scores = new Float64Array(0)
  /** Bit set of the query's words that the document has. */
  private masks = new Int32Array(0)
  private used = new Uint8Array(0)
  private touched = new Int32Array(0)
  private count = 0

  /** The slots in use, in the order they came. */
  get slots(): Int32Array {
    return this.touched.subarray(0, this.count)
  }

  has(slot: number): boolean {
    return this.used[slot] === 1
  }

  score(slot: number): number {
    return this.scores[slot] ?? 0
  }

  mask(slot: number): number {
    return this.masks[slot] ?? 0
  }

  add(slot: number, score: number, mask: number): void {
    this.touch(slot)
    this.scores[slot] = (this.scores[slot] as number) + score
    this.masks[slot] = (this.masks[slot] as number) | mask
  }

  /** Adds `times` each value; `count` of them. */
  addAll(slots: Int32Array, values: Float64Array, count: number, times: number, mask: number): void {
    const { scores, masks, used, touched } = this
    for (let i = 0; i < count; i++) {
      const slot = slots[i] as number
      if (used[slot] === 0) {
        used[slot] = 1
        touched[this.count++] = slot
      }
      scores[slot] = (scores[slot] as number) + times * (values[i] as number)
      masks[slot] = (masks[slot] as number) | mask
    }
  }

  /** Adds to documents that are in already. */
  addToUsed(slots: Int32Array, values: Float64Array, count: number, times: number, mask: number): void {
    const { scores, masks, used } = this
    for (let i = 0; i < count; i++) {
      const slot = slots[i] as number
      if (used[slot] === 0) continue
      scores[slot] = (scores[slot] as number) + times * (values[i] as number)
      masks[slot] = (masks[slot] as number) | mask
    }
  }

  /** Keeps the better of two ways to score the same words. */
  max(slot: number, score: number, mask: number): void {
    this.touch(slot)
    if (score > this.score(slot)) this.scores[slot] = score
    this.masks[slot] = this.mask(slot) | mask
  }

  /** Forgets all scores and makes room for slots below `capacity`. */
  clear(capacity: number): void {
    if (capacity > this.scores.length) {
      const room = Math.ceil(capacity * 1.25)
      this.scores = new Float64Array(room)
      this.masks = new Int32Array(room)
      this.used = new Uint8Array(room)
      this.touched = new Int32Array(room)
    } else {
      for (let i = 0; i < this.count; i++) {
        const slot = this.touched[i] as number
        this.scores[slot] = 0
        this.masks[slot] = 0
        this.used[slot] = 0
      }
    }
    this.count = 0
  }

  private touch(slot: number): void {
    if (this.used[slot] === 1) return
    this.used[slot] = 1
    this.touched[this.count++] = slot
  }
}
