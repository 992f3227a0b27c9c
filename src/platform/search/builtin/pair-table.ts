import { zeroed } from './growable.js'

const EMPTY = 0

/** A map from a pair of non-negative integers to one, in flat arrays: an index has millions of neighbouring words. */
export class PairTable {
  /** Plus one, since free places are zero. */
  private first = zeroed(1024)
  private second = zeroed(1024)
  private value = zeroed(1024)
  private used = 0

  get(first: number, second: number): number | undefined {
    const at = this.find(first, second)
    return this.first[at] === EMPTY ? undefined : this.value[at]
  }

  set(first: number, second: number, value: number): void {
    let at = this.find(first, second)
    if (this.first[at] === EMPTY) {
      if (++this.used * 5 > this.first.length * 3) {
        this.grow()
        at = this.find(first, second)
      }
      this.first[at] = first + 1
      this.second[at] = second
    }
    this.value[at] = value
  }

  /** The place of a pair, or the free place where it belongs. */
  private find(first: number, second: number): number {
    const mask = this.first.length - 1
    let at = hash(first, second) & mask
    while (this.first[at] !== EMPTY && !(this.first[at] === first + 1 && this.second[at] === second))
      at = (at + 1) & mask
    return at
  }

  private grow(): void {
    const { first, second, value } = this
    this.first = zeroed(first.length * 2)
    this.second = zeroed(first.length * 2)
    this.value = zeroed(first.length * 2)
    first.forEach((key, i) => {
      if (key === EMPTY) return
      const at = this.find(key - 1, second[i] ?? 0)
      this.first[at] = key
      this.second[at] = second[i] ?? 0
      this.value[at] = value[i] ?? 0
    })
  }
}

function hash(first: number, second: number): number {
  const mixed = Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b)
  return Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d) >>> 0
}
