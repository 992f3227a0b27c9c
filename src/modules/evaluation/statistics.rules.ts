import { percentile } from './metrics.rules.js'

/**
 * Gini's coefficient of how something is spread: 0 when all have the same, near 1 when one has it all. 0 of nothing.
 * `values` are shares of at least 0, one for each who could have some.
 */
export function gini(values: readonly number[]): number {
  const n = values.length
  const total = values.reduce((sum, value) => sum + value, 0)
  if (total === 0) return 0
  const ranked = [...values].sort((a, b) => a - b).reduce((sum, value, i) => sum + (i + 1) * value, 0)
  return (2 * ranked) / (n * total) - (n + 1) / n
}

export interface Interval {
  low: number
  high: number
}

const RESAMPLES = 1_000
const SEED = 20_261_127

/**
 * The 95% interval of a statistic by the percentile bootstrap (Efron, 1979): over samples of as many, drawn with replacement. The
 * draws are always the same, so that a figure which changes has changed. Samples of which the statistic says nothing are left out;
 * null when that is all of them.
 */
export function bootstrap<T>(sample: readonly T[], statistic: (drawn: T[]) => number | null): Interval | null {
  const random = sequence(SEED)
  const drawn = Array.from({ length: RESAMPLES }, () =>
    statistic(sample.map(() => sample[Math.floor(random() * sample.length)] as T)),
  ).filter((value): value is number => value !== null && Number.isFinite(value))
  return drawn.length === 0 ? null : { low: percentile(drawn, 0.025), high: percentile(drawn, 0.975) }
}

/** Numbers from 0 up to 1 that follow from the seed alone (mulberry32). */
function sequence(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
