import type { FieldStats } from './inverted-index.js'

/** Fields with more words than this weigh as if they had so many. */
const LONGEST = 2047
/** In a large index averages that have moved by less than this part change nothing that anybody sees. */
const UNSEEN = 0.001

/**
 * What one occurrence of a word is worth in a field of so many words: BM25F's weight over length normalisation. Made anew when the
 * average lengths have moved: at all in a small index, by more than `UNSEEN` in one of `large` documents or more.
 */
export class Norms {
  private averages: readonly number[] = []
  private table: Float64Array = new Float64Array(0)

  constructor(private readonly large: number) {}

  /** By field and number of words (see `at`); another array when the worths have changed. */
  of(fields: readonly FieldStats[], size: number): Float64Array {
    const averages = fields.map(({ total }) => Math.max(total / Math.max(1, size), 1e-9))
    const bearable = size < this.large ? 0 : UNSEEN
    const moved = averages.some((average, field) => {
      const before = this.averages[field] ?? 0
      return Math.abs(average - before) > before * bearable
    })
    if (moved || this.table.length === 0) {
      this.averages = averages
      this.table = worths(fields, averages)
    }
    return this.table
  }

  /** Where the worth of a field's length stands. */
  static at(field: number, length: number): number {
    return field * (LONGEST + 1) + Math.min(length, LONGEST)
  }
}

function worths(fields: readonly FieldStats[], averages: readonly number[]): Float64Array {
  const table = new Float64Array(fields.length * (LONGEST + 1))
  fields.forEach(({ weight, b }, field) => {
    const average = averages[field] ?? 1
    for (let length = 0; length <= LONGEST; length++)
      table[Norms.at(field, length)] = weight / (1 - b + (b * length) / average)
  })
  return table
}
