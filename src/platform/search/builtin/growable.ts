/** A list of 32-bit integers that grows by doubling; read `data` up to `length`. */
export class Int32List {
  data: Int32Array
  length = 0

  constructor(capacity = 16) {
    this.data = new Int32Array(capacity)
  }

  push(value: number): void {
    this.reserve(this.length + 1)
    this.data[this.length++] = value
  }

  /** Sets an entry at or beyond the end; those skipped are 0. */
  set(at: number, value: number): void {
    this.reserve(at + 1)
    if (at >= this.length) this.length = at + 1
    this.data[at] = value
  }

  get(at: number): number {
    return this.data[at] ?? 0
  }

  /** Makes room for `capacity` entries. */
  reserve(capacity: number): void {
    if (capacity <= this.data.length) return
    const grown = new Int32Array(Math.max(capacity, this.data.length * 2))
    grown.set(this.data)
    this.data = grown
  }
}
