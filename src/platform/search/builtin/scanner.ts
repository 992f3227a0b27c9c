import { freshOf, frozenOf } from './dictionary.js'
import { fieldOf, frequencyOf, slotOf } from './entries.js'
import { Int32List } from './growable.js'
import type { InvertedIndex } from './inverted-index.js'

/** Term saturation of BM25, at the low end of its usual range: in a directory a word said twice says little more than once. */
const K1 = 0.9
/** Rare words decide: idf is raised to this power. */
const RARITY_POWER = 1.4
/** Fields with more words than this weigh as if they had so many. */
const LONGEST = 2047

/** What it is worth to be one of `holders` among `all` documents. */
export const rarity = (holders: number, all: number): number =>
  Math.log(1 + (all - holders + 0.5) / (holders + 0.5)) ** RARITY_POWER

/** BM25's saturation of a frequency that is weighted and normalised. */
export const saturated = (frequency: number): number => frequency / (K1 + frequency)

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
  /** By field and number of words: what one occurrence is worth. */
  private readonly worth: Float64Array

  constructor(private readonly index: InvertedIndex) {
    this.worth = new Float64Array(index.fields.length * (LONGEST + 1))
    index.fields.forEach(({ weight, b, total }, field) => {
      const average = Math.max(total / Math.max(1, index.size), 1e-9)
      for (let length = 0; length <= LONGEST; length++)
        this.worth[field * (LONGEST + 1) + length] = weight / (1 - b + (b * length) / average)
    })
  }

  /** What finding a list's word is worth at most: a power of BM25's idf, never negative. */
  rarity(list: number | undefined): number {
    return rarity(this.index.dictionary.count(list), this.index.size)
  }

  /** What a word is worth that stands `frequency` times in a field of `length` words; to be added up over the fields and saturated. */
  weighted(field: number, length: number, frequency: number): number {
    return frequency * (this.worth[field * (LONGEST + 1) + Math.min(length, LONGEST)] ?? 0)
  }

  scan(list: number): void {
    this.length = 0
    const [frozen, fresh] = [frozenOf(list), freshOf(list)]
    if (frozen >= 0) this.scanFrozen(frozen)
    if (fresh >= 0) this.scanFresh(fresh)
  }

  private scanFrozen(list: number): void {
    const { worth } = this
    const { offsets, bytes } = this.index.dictionary.frozen
    const { live } = this.index.documents
    const lengths = this.index.lengths.data
    const width = this.index.fields.length
    const end = offsets[list + 1] ?? 0
    let at = offsets[list] ?? 0
    this.reserve(end - at)
    const { slots, values } = this
    let count = 0
    let slot = -1
    let frequency = 0
    while (at < end) {
      let byte = bytes[at++] as number
      let value = byte & 127
      for (let shift = 7; byte > 127; shift += 7) {
        byte = bytes[at++] as number
        value |= (byte & 127) << shift
      }
      if (value > 127) {
        if (frequency > 0 && live[slot] === 1) {
          slots[count] = slot
          values[count++] = frequency / (K1 + frequency)
        }
        slot += value >>> 7
        frequency = 0
      }
      const field = (value >>> 4) & 7
      const length = lengths[slot * width + field] as number
      frequency += (value & 15) * (worth[field * (LONGEST + 1) + Math.min(length, LONGEST)] as number)
    }
    if (frequency > 0 && live[slot] === 1) {
      slots[count] = slot
      values[count++] = frequency / (K1 + frequency)
    }
    this.length = count
  }

  private scanFresh(list: number): void {
    const { entries, index } = this
    const count = index.dictionary.fresh.read(list, entries)
    this.reserve(this.length + count)
    const { live } = index.documents
    const lengths = index.lengths.data
    const width = index.fields.length
    let slot = -1
    let frequency = 0
    for (let at = 0; at < count; at++) {
      const entry = entries.data[at] as number
      if (slotOf(entry) !== slot) {
        this.push(slot, frequency, live)
        slot = slotOf(entry)
        frequency = 0
      }
      const field = fieldOf(entry)
      frequency += this.weighted(field, lengths[slot * width + field] as number, frequencyOf(entry))
    }
    this.push(slot, frequency, live)
  }

  private push(slot: number, frequency: number, live: Uint8Array): void {
    if (frequency === 0 || live[slot] !== 1) return
    this.slots[this.length] = slot
    this.values[this.length++] = saturated(frequency)
  }

  /** Makes room for `count` documents, keeping those there are. */
  private reserve(count: number): void {
    if (count <= this.slots.length) return
    const slots = new Int32Array(count * 2)
    const values = new Float64Array(count * 2)
    slots.set(this.slots)
    values.set(this.values)
    this.slots = slots
    this.values = values
  }
}
