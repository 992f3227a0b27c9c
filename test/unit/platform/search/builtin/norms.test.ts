import { describe, expect, it } from 'vitest'
import { Norms } from '../../../../../src/platform/search/builtin/norms.js'

const field = (total: number) => [{ name: 'body', weight: 2, b: 0.5, total }]
/** What an occurrence in ten words is worth where a text has so many on average. */
const worth = (average: number) => 2 / (0.5 + (0.5 * 10) / average)

describe('Norms', () => {
  it('follow the averages of a small index at once', () => {
    const norms = new Norms(100)
    const before = norms.of(field(990), 99)
    const after = norms.of(field(991), 99)
    expect(after).not.toBe(before)
    expect(after[Norms.at(0, 10)]).toBeCloseTo(worth(991 / 99), 12)
  })

  it('let those of a large one lag behind by a thousandth, however many small steps they move in', () => {
    const norms = new Norms(100)
    const first = norms.of(field(100_000), 100)
    expect(norms.of(field(100_050), 100)).toBe(first)
    let made = 1
    let table = first
    for (let total = 100_000; total <= 110_000; total += 7) {
      const next = norms.of(field(total), 100)
      if (next !== table) made++
      table = next
      const exact = worth(total / 100)
      expect(Math.abs((table[Norms.at(0, 10)] as number) - exact) / exact).toBeLessThan(0.001)
    }
    expect(made).toBeGreaterThan(10)
    expect(made).toBeLessThan(150)
  })

  it('count every length beyond the longest as the longest', () => {
    const table = new Norms(100).of([...field(1_000), ...field(1_000)], 10)
    expect(table[Norms.at(0, 1_000_000)]).toBe(table[Norms.at(0, 2047)])
    expect(Norms.at(1, 0)).toBe(Norms.at(0, 2047) + 1)
  })
})
