/**
 * A posting: the document's slot (25 bits), the field (3) and how often the word stands there (4, cut at 15: BM25 saturates before).
 */
export const pack = (slot: number, field: number, frequency: number): number =>
  (slot << 7) | (field << 4) | Math.min(frequency, MAX_FREQUENCY)

export const slotOf = (entry: number): number => entry >>> 7
export const fieldOf = (entry: number): number => (entry >>> 4) & 7
export const frequencyOf = (entry: number): number => entry & 15

/** Most fields of one index. */
export const MAX_FIELDS = 8
/** A word counts at most so often in a field. */
export const MAX_FREQUENCY = 15

/** An entry under another slot. */
export const movedTo = (entry: number, slot: number): number => (slot << 7) | (entry & 127)
