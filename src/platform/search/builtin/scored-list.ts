import { saturation } from './bm25.js'
import type { FrozenPostings } from './frozen-postings.js'
import { Norms } from './norms.js'

/** The documents of a list by slot, ascending, and the saturation of the word in each; read both up to `length`. */
export interface ScoredList {
  slots: Int32Array
  values: Uint16Array
  length: number
}

/** Bytes of a frozen list: at least as many as it has documents. */
export const bytesOf = ({ offsets }: FrozenPostings, list: number): number =>
  (offsets[list + 1] as number) - (offsets[list] as number)

/** What entries are scored by. */
export interface Scoring {
  /** By slot and field: how many words. */
  lengths: Int32Array
  /** Number of fields. */
  width: number
  worth: Float64Array
}

/** Reads a frozen list into one with room for it. */
export function scoreFrozen(
  { offsets, bytes }: FrozenPostings,
  list: number,
  { lengths, width, worth }: Scoring,
  into: ScoredList,
): void {
  const end = offsets[list + 1] as number
  let at = offsets[list] as number
  const { slots, values } = into
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
      if (frequency > 0) {
        slots[count] = slot
        values[count++] = saturation(frequency)
      }
      slot += value >>> 7
      frequency = 0
    }
    const field = (value >>> 4) & 7
    frequency += (value & 15) * (worth[Norms.at(field, lengths[slot * width + field] as number)] as number)
  }
  if (frequency > 0) {
    slots[count] = slot
    values[count++] = saturation(frequency)
  }
  into.length = count
}
