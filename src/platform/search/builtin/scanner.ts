import { Int32List } from './growable.js'
import type { InvertedIndex } from './inverted-index.js'
import { fieldOf, frequencyOf, slotOf } from './postings.js'

/** Term saturation of BM25, at the low end of its usual range: in a directory a word said twice says little more than once. */
const K1 = 0.9
/** Rare words decide: idf is raised to this power. */
const RARITY_POWER = 1.3

/** What it is worth to be one of `holders` among `all` documents. */
export const rarity = (holders: number, all: number): number =>
  Math.log(1 + (all - holders + 0.5) / (holders + 0.5)) ** RARITY_POWER

/**
 * Reads posting lists: after `scan`, the first `length` entries of `slots` and `values` are the live documents of the list, ascending,
 * and the BM25F saturation of the word in each, 0 to 1 (Robertson & Zaragoza 2009, eq. 3.18: field frequencies are weighted and
 * normalised by length, then saturated together). Valid until the next `scan`.
 */
export class Scanner {
  slots = new Int32Array(0)
  values = new Float64Array(0)
  length = 0
  private readonly entries = new Int32List()
  private readonly weight: Float64Array
  /** Length normalisation of a field: `base + slope * length`. */
  private readonly base: Float64Array
  private readonly slope: Float64Array

  constructor(private readonly index: InvertedIndex) {
    const averages = index.fields.map(({ total }) => Math.max(total / Math.max(1, index.size), 1e-9))
    this.weight = Float64Array.from(index.fields, ({ weight }) => weight)
    this.base = Float64Array.from(index.fields, ({ b }) => 1 - b)
    this.slope = Float64Array.from(index.fields, ({ b }, i) => b / (averages[i] ?? 1))
  }

  /** What finding a list's word is worth at most: a power of BM25's idf, never negative. */
  rarity(list: number | undefined): number {
    return rarity(this.index.dictionary.count(list), this.index.size)
  }

  scan(list: number): void {
    const { index, entries, weight, base, slope } = this
    const count = index.postings.read(list, entries)
    this.reserve(count)
    const lengths = index.fields.map((field) => field.lengths.data)
    let length = 0
    for (let at = 0; at < count; ) {
      const slot = slotOf(entries.data[at] ?? 0)
      let frequency = 0
      for (let entry = entries.data[at] ?? 0; at < count && slotOf(entry) === slot; entry = entries.data[++at] ?? 0) {
        const field = fieldOf(entry)
        const norm = (base[field] ?? 0) + (slope[field] ?? 0) * (lengths[field]?.[slot] ?? 0)
        frequency += ((weight[field] ?? 0) * frequencyOf(entry)) / norm
      }
      if (index.document(slot) === undefined) continue
      this.slots[length] = slot
      this.values[length++] = frequency / (K1 + frequency)
    }
    this.length = length
  }

  private reserve(count: number): void {
    if (count <= this.slots.length) return
    this.slots = new Int32Array(count * 2)
    this.values = new Float64Array(count * 2)
  }
}
