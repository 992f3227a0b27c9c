import { ByteList, Int32List } from './growable.js'

/**
 * Posting lists that no longer grow: a few bytes an entry. A list belongs to a word and what follows it: 0 for the word by itself, else
 * the neighbour's number plus one. Lists are ordered by word, then by what follows.
 */
export interface FrozenPostings {
  /** By word: where its lists begin; one more than there are words. */
  rows: Int32Array
  /** By list: what follows the word. */
  seconds: Int32Array
  /** By list: where its bytes begin; one more than there are lists. */
  offsets: Uint32Array
  /** By list: how many live documents are in it. */
  documents: Int32Array
  /** Entries in order, as differences in slot times 128 plus field and frequency, seven bits a byte, the lowest first. */
  bytes: Uint8Array
}

export const NO_POSTINGS: FrozenPostings = {
  rows: new Int32Array(1),
  seconds: new Int32Array(0),
  offsets: new Uint32Array(1),
  documents: new Int32Array(0),
  bytes: new Uint8Array(0),
}

/** The number of a list, or -1 where there is none. */
export function findList({ rows, seconds }: FrozenPostings, word: number, second: number): number {
  if (word + 1 >= rows.length) return -1
  let low = rows[word] ?? 0
  let high = (rows[word + 1] ?? 0) - 1
  while (low <= high) {
    const middle = (low + high) >>> 1
    const found = seconds[middle] ?? 0
    if (found === second) return middle
    if (found < second) low = middle + 1
    else high = middle - 1
  }
  return -1
}

/** Copies a list's entries into `out` and returns their number. */
export function readList({ offsets, bytes }: FrozenPostings, list: number, out: Int32List): number {
  const end = offsets[list + 1] ?? 0
  let at = offsets[list] ?? 0
  out.reserve(end - at)
  const { data } = out
  let count = 0
  let slot = -1
  while (at < end) {
    let byte = bytes[at++] ?? 0
    let value = byte & 127
    for (let shift = 7; byte > 127; shift += 7) {
      byte = bytes[at++] ?? 0
      value |= (byte & 127) << shift
    }
    slot += value >>> 7
    data[count++] = (slot << 7) | (value & 127)
  }
  return count
}

/** Writes lists in their order. */
export class FrozenWriter {
  private readonly rows = new Int32List()
  private readonly seconds = new Int32List()
  private readonly offsets = new Int32List()
  private readonly documents = new Int32List()
  private readonly bytes: ByteList

  /** `room`: bytes that are likely needed. */
  constructor(room: number) {
    this.bytes = new ByteList(Math.max(1024, room))
  }

  /** Adds a list of which `entries` has the first `count`; lists come in order. One without entries is left out. */
  add(word: number, second: number, entries: Int32Array, count: number): void {
    if (count === 0) return
    while (this.rows.length <= word) this.rows.push(this.seconds.length)
    this.seconds.push(second)
    this.offsets.push(this.bytes.length)
    this.bytes.reserve(this.bytes.length + count * 5)
    const { data } = this.bytes
    let at = this.bytes.length
    let before = -1
    let documents = 0
    for (let i = 0; i < count; i++) {
      const entry = entries[i] ?? 0
      const slot = entry >>> 7
      if (slot !== before) documents++
      let value = ((slot - before) << 7) | (entry & 127)
      before = slot
      for (; value > 127; value >>>= 7) data[at++] = (value & 127) | 128
      data[at++] = value
    }
    this.bytes.length = at
    this.documents.push(documents)
  }

  /** What was written, for `words` words. */
  finish(words: number): FrozenPostings {
    while (this.rows.length <= words) this.rows.push(this.seconds.length)
    this.offsets.push(this.bytes.length)
    return {
      rows: this.rows.view(),
      seconds: this.seconds.view(),
      offsets: new Uint32Array(this.offsets.data.buffer, 0, this.offsets.length),
      documents: this.documents.view(),
      bytes: this.bytes.view(),
    }
  }
}
