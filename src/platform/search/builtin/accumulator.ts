/** Scores of documents by slot while a query is evaluated, with the words each has: dense arrays and the list of slots in use. */
export class Accumulator {
  readonly scores: Float64Array
  /** Bit set of the query's words that the document has. */
  readonly masks: Int32Array
  private readonly used: Uint8Array
  private readonly touched: number[] = []

  constructor(capacity: number) {
    this.scores = new Float64Array(capacity)
    this.masks = new Int32Array(capacity)
    this.used = new Uint8Array(capacity)
  }

  get slots(): readonly number[] {
    return this.touched
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
    this.scores[slot] = this.score(slot) + score
    this.masks[slot] = this.mask(slot) | mask
  }

  /** Keeps the better of two ways to score the same words. */
  max(slot: number, score: number, mask: number): void {
    this.touch(slot)
    if (score > this.score(slot)) this.scores[slot] = score
    this.masks[slot] = this.mask(slot) | mask
  }

  clear(): void {
    for (const slot of this.touched) {
      this.scores[slot] = 0
      this.masks[slot] = 0
      this.used[slot] = 0
    }
    this.touched.length = 0
  }

  private touch(slot: number): void {
    if (this.used[slot] === 1) return
    this.used[slot] = 1
    this.touched.push(slot)
  }
}
