import type { Clock } from '../../src/kernel/clock.js'

/** A clock for one product. Each look at it is a millisecond later than the one before, so that the newest of two can be told. */
export interface TestClock {
  clock: Clock
  /** Lets so many ms pass. */
  later(ms: number): void
}

export function tickingClock(start = '2026-11-24T02:00:00Z'): TestClock {
  let now = Date.parse(start)
  return {
    clock: () => new Date(++now),
    later: (ms) => {
      now += ms
    },
  }
}
