import { describe, expect, test } from 'vitest'
import { refusalCosts, shares } from '../../../../src/modules/matching/ranking-page/shares.rules.js'
import { shippedWeights } from '../../../../src/modules/matching/weighing/shipped-weights.js'
import type { WeightsRow } from '../../../../src/modules/matching/weighing/weighing.model.js'
import { asWeighed, loadWeights } from '../../../../src/modules/matching/weighing/weights-in-force.js'
import { movesAmongFirst } from '../../../../src/modules/weights-editing/effect/moves.rules.js'
import { ORDERED, WEIGHT_FIELDS } from '../../../../src/modules/weights-editing/form/weight-fields.js'
import { shownWeights, withShown } from '../../../../src/modules/weights-editing/form/weight-values.js'

const { weights, release } = shippedWeights()
const row = (more: Partial<WeightsRow> = {}): WeightsRow => ({
  ...{ _id: 'row', parkId: 'park', version: 1, weights, at: new Date('2026-11-24T02:00:00Z'), release },
  ...more,
})

/** The path of every figure. */
function paths(value: unknown, at = ''): string[] {
  if (typeof value !== 'object' || value === null) return [at]
  return Object.entries(value).flatMap(([name, inner]) => paths(inner, at ? `${at}.${name}` : name))
}

describe('the figures to be set', () => {
  test('are all that the product weighs by, but for the two that all else is measured against', () => {
    const fixed = ['value.met', 'value.unmet']
    expect(WEIGHT_FIELDS.map(({ path }) => path).sort()).toEqual(
      paths(weights)
        .filter((path) => !fixed.includes(path))
        .sort(),
    )
  })

  test('lie within their bounds and in their order as shipped', () => {
    const shown = shownWeights(weights)
    for (const { path, min, max } of WEIGHT_FIELDS) {
      expect(shown[path], path).toBeGreaterThanOrEqual(min)
      expect(shown[path], path).toBeLessThanOrEqual(max)
    }
    for (const [lower, higher] of ORDERED) expect(shown[lower]).toBeLessThanOrEqual(shown[higher] ?? 0)
  })

  test('come back as they were shown, to the last digit', () => {
    expect(withShown(weights, shownWeights(weights))).toEqual(weights)
    const odd = { ...weights, text: 0.1234, budgetTolerance: 0.07 }
    expect(withShown(weights, shownWeights(odd))).toEqual(odd)
    expect(withShown(weights, { 'service.beside': 12.5 }).service.beside).toBe(0.125)
  })
})

describe('the shares on the public page', () => {
  test('sum to 100, the largest first, and follow the weights', () => {
    const usual = shares(weights)
    expect(usual.reduce((sum, { percent }) => sum + percent, 0)).toBe(100)
    expect(usual.map(({ percent }) => percent)).toEqual([...usual].map(({ percent }) => percent).sort((a, b) => b - a))
    const even = shares({ text: 0.2, criteria: { ...weights.criteria, ...same(10) } })
    expect(even[0]).toEqual({ name: 'text', percent: 20 })
    expect(even.slice(1).every(({ percent }) => percent === 10)).toBe(true)
  })

  test('leave out what only some firms say against themselves, whose cost is told by itself', () => {
    expect(shares(weights).map(({ name }) => name)).not.toContain('refusal')
    // Eight things of ten points each share 80 of 100; a ninth makes the 80 nine parts.
    expect(refusalCosts({ text: 0.2, criteria: { ...weights.criteria, ...same(10) } })).toBeCloseTo(0.8 / 9)
  })

  function same(weight: number) {
    return Object.fromEntries(Object.keys(weights.criteria).map((name) => [name, weight])) as typeof weights.criteria
  }
})

describe('who moves', () => {
  test('is everybody whose place among the first is another, those that leave it last', () => {
    const before = ['a', 'b', 'c', 'd', 'e', 'f']
    expect(movesAmongFirst(before, before, 5)).toEqual([])
    expect(movesAmongFirst(before, ['a', 'b', 'c', 'd', 'f', 'e'], 5)).toEqual([
      { id: 'f', from: 6, to: 5 },
      { id: 'e', from: 5, to: 6 },
    ])
    expect(movesAmongFirst(['a'], ['b'], 5)).toEqual([
      { id: 'b', from: null, to: 1 },
      { id: 'a', from: 1, to: null },
    ])
    expect(movesAmongFirst(before, ['a', 'b', 'c', 'd', 'e', 'x'], 5)).toEqual([])
  })
})

describe('the version in force', () => {
  /** Versions of one park, in memory. */
  function park(...rows: WeightsRow[]) {
    return {
      rows,
      inForce: async () => rows.at(-1) ?? null,
      addShipped: async (_: string, version: number, shipped: { release: number; weights: typeof weights }) => {
        if (!rows.some((one) => one.version === version)) rows.push(row({ version, ...shipped }))
      },
    }
  }
  const better = { release: release + 1, weights: { ...weights, text: 0.5 } }

  test('is the first where there was none, and the product’s next release where nobody has set his own', async () => {
    expect(await loadWeights(park(), 'park')).toMatchObject({ version: 1, text: weights.text })
    const untouched = park(row())
    expect(await loadWeights(untouched, 'park')).toMatchObject({ version: 1 })
    expect(await loadWeights(untouched, 'park', better)).toMatchObject({ version: 2, text: 0.5 })
    expect(await loadWeights(untouched, 'park', better)).toMatchObject({ version: 2 })
  })

  test('stays what somebody has set, whatever the product comes with', async () => {
    const { release: _, ...own } = row({ version: 2, by: 'somebody', weights: { ...weights, text: 0.1 } })
    const set = park(row(), own)
    expect(await loadWeights(set, 'park', better)).toMatchObject({ version: 2, text: 0.1 })
    expect(set.rows).toHaveLength(2)
  })

  test('has what was not weighed yet when it was made, as the product ships it', () => {
    const { budgetTolerance: _, ...older } = weights
    const { language: __, ...criteria } = weights.criteria
    const old = row({ weights: { ...older, criteria } as typeof weights })
    expect(asWeighed(old)).toEqual({ ...weights, version: 1, since: old.at })
  })
})
