import { rarity, saturation } from './bm25.js'
import { freshOf, frozenOf } from './dictionary.js'
import { fieldOf, frequencyOf, slotOf } from './entries.js'
import { Int32List } from './growable.js'
import type { InvertedIndex } from './inverted-index.js'
import { Norms } from './norms.js'
import { bytesOf, type ScoredList, type Scoring, scoreFrozen } from './scored-list.js'

/**
 * Reads posting lists: after `scan`, the first `length` entries of `slots` and `values` are the documents of the list, ascending, some
 * that were removed among them, and the BM25F saturation of the word in each in units of `SATURATION_UNIT` (Robertson & Zaragoza 2009,
 * eq. 3.18: field frequencies are weighted and normalised by length, then saturated together). Valid until the next `scan`, and not to
 * be written to.
 */
export class Scanner implements ScoredList {
  slots: Int32Array = new Int32Array(0)
  values: Uint16Array = new Uint16Array(0)
  length = 0
  private readonly own: ScoredList = { slots: new Int32Array(0), values: new Uint16Array(0), length: 0 }
  private readonly entries = new Int32List()
  private readonly scoring: Scoring

  constructor(private readonly index: InvertedIndex) {
    this.scoring = index.scoring()
  }

  /** What finding a list's word is worth at most. */
  rarity(list: number | undefined): number {
    return rarity(this.index.dictionary.count(list), this.index.size)
  }

  scan(list: number): void {
    const [frozen, fresh] = [frozenOf(list), freshOf(list)]
    const hot = frozen < 0 ? undefined : this.index.hot.get(frozen, this.scoring)
    if (hot && fresh < 0) {
      this.show(hot)
      return
    }
    const { own } = this
    own.length = 0
    if (hot) {
      this.reserve(hot.length)
      own.slots.set(hot.slots)
      own.values.set(hot.values)
      own.length = hot.length
    } else if (frozen >= 0) {
      const { frozen: postings } = this.index.dictionary
      this.reserve(bytesOf(postings, frozen))
      scoreFrozen(postings, frozen, this.scoring, own)
    }
    if (fresh >= 0) this.scanFresh(fresh)
    this.show(own)
  }

  private show({ slots, values, length }: ScoredList): void {
    this.slots = slots
    this.values = values
    this.length = length
  }

  private scanFresh(list: number): void {
    const { entries, index } = this
    const count = index.dictionary.fresh.read(list, entries)
    this.reserve(this.own.length + count)
    const { lengths, width, worth } = this.scoring
    let slot = -1
    let frequency = 0
    for (let at = 0; at < count; at++) {
      const entry = entries.data[at] as number
      if (slotOf(entry) !== slot) {
        this.push(slot, frequency)
        slot = slotOf(entry)
        frequency = 0
      }
      const field = fieldOf(entry)
      const length = lengths[slot * width + field] as number
      frequency += frequencyOf(entry) * (worth[Norms.at(field, length)] as number)
    }
    this.push(slot, frequency)
  }

  private push(slot: number, frequency: number): void {
    if (frequency === 0) return
    const { own } = this
    own.slots[own.length] = slot
    own.values[own.length++] = saturation(frequency)
  }

  /** Makes room for `count` documents, keeping those there are. */
  private reserve(count: number): void {
    const { own } = this
    if (count <= own.slots.length) return
    const slots = new Int32Array(count * 2)
    const values = new Uint16Array(count * 2)
    slots.set(own.slots)
    values.set(own.values)
    own.slots = slots
    own.values = values
  }
}
