import { saturation } from './bm25.js'
import { fieldOf, frequencyOf, slotOf } from './entries.js'
import { Norms } from './norms.js'

/** The documents of a list by slot, ascending, and the saturation of the word in each; read both up to `length`. */
export interface ScoredList {
  slots: Int32Array
  values: Uint16Array
  length: number
}

/** What entries are scored by. */
export interface Scoring {
  /** By slot and field: how many words. */
  lengths: Int32Array
  /** Number of fields. */
  width: number
  worth: Float64Array
}

/** Adds what the first `count` entries, ascending, are scored as to a list with room for them. */
export function scoreEntries(
  entries: Int32Array,
  count: number,
  { lengths, width, worth }: Scoring,
  into: ScoredList,
): void {
  const { slots, values } = into
  let { length } = into
  let slot = -1
  let frequency = 0
  for (let at = 0; at < count; at++) {
    const entry = entries[at] as number
    if (slotOf(entry) !== slot) {
      if (frequency > 0) {
        slots[length] = slot
        values[length++] = saturation(frequency)
      }
      slot = slotOf(entry)
      frequency = 0
    }
    const field = fieldOf(entry)
    frequency += frequencyOf(entry) * (worth[Norms.at(field, lengths[slot * width + field] as number)] as number)
  }
  if (frequency > 0) {
    slots[length] = slot
    values[length++] = saturation(frequency)
  }
  into.length = length
}
