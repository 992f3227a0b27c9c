import { rarity } from './bm25.js'
import { freshOf, frozenOf } from './dictionary.js'
import { readList } from './frozen-postings.js'
import { Int32List } from './growable.js'
import type { InvertedIndex } from './inverted-index.js'
import { type ScoredList, type Scoring, scoreEntries } from './scored-list.js'

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
    const { dictionary, hot } = this.index
    const kept = frozen < 0 ? undefined : hot.get(frozen, this.scoring)
    if (kept && fresh < 0) {
      this.show(kept)
      return
    }
    const { own, entries } = this
    own.length = 0
    if (kept) this.copy(kept)
    else if (frozen >= 0) this.score(readList(dictionary.frozen, frozen, entries))
    if (fresh >= 0) this.score(dictionary.fresh.read(fresh, entries))
    this.show(own)
  }

  private show({ slots, values, length }: ScoredList): void {
    this.slots = slots
    this.values = values
    this.length = length
  }

  private copy({ slots, values, length }: ScoredList): void {
    this.reserve(length)
    this.own.slots.set(slots)
    this.own.values.set(values)
    this.own.length = length
  }

  /** Adds the first `count` entries that were read. */
  private score(count: number): void {
    this.reserve(this.own.length + count)
    scoreEntries(this.entries.data, count, this.scoring, this.own)
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
