import { describe, expect, it } from 'vitest'
import { type JudgedAnswer, type JudgedNeed, judgedFigures } from '../../../../src/modules/evaluation/index.js'
import { intervals, timesAsGood } from '../../../../src/modules/evaluation/judged/judged-figures.rules.js'
import { exponentialGain, ndcg } from '../../../../src/modules/evaluation/metrics.rules.js'
import { bootstrap, gini } from '../../../../src/modules/evaluation/statistics.rules.js'

const need = (id: string, grades: Record<string, number>): JudgedNeed => ({
  ...{ id, half: 'tuning', who: 'somebody', note: 'something' },
  text: { accented: 'a', unaccented: 'b', chatty: 'c', english: 'd' },
  grades: new Map(Object.entries(grades)),
})

const answer = (asked: JudgedNeed, ranking: string[], nobody = false): JudgedAnswer => ({
  ...{ need: asked, voice: 'accented', ranking, nobody },
})

const FIRMS = ['a', 'b', 'c', 'd']
const answered = need('answered', { a: 3, b: 2, c: 1 })
const hardly = need('hardly', { c: 1 })

describe('the figures of judged answers', () => {
  it('weigh a grade as 2^g - 1', () => {
    // (3/log2(2) + 7/log2(3)) / (7/log2(2) + 3/log2(3)) = 7.4165082 / 8.8927893
    expect(
      ndcg(
        ['b', 'a'],
        new Map([
          ['a', 3],
          ['b', 2],
        ]),
        10,
        exponentialGain,
      ),
    ).toBeCloseTo(0.833_991_2, 6)
  })

  it('take order and recall of needs with a good answer alone; grade 1 is none', () => {
    const figures = judgedFigures([answer(answered, ['a', 'b', 'c']), answer(hardly, ['d'])], FIRMS)
    expect([figures.ndcg10, figures.recall10]).toEqual([1, 1])
    expect(judgedFigures([answer(answered, ['a', 'c'])], FIRMS).recall10).toBe(0.5)
    expect(judgedFigures([answer(hardly, ['c'])], FIRMS)).toMatchObject({ ndcg10: null, recall10: null })
  })

  it('hold what was said of "nobody" against the truth', () => {
    const said = [answer(answered, [], true), answer(hardly, [], true), answer(hardly, []), answer(answered, [])]
    expect(judgedFigures(said, FIRMS)).toMatchObject({ nobodyPrecision: 0.5, nobodyRecall: 0.5 })
    expect(judgedFigures([answer(answered, [])], FIRMS)).toMatchObject({ nobodyPrecision: null, nobodyRecall: null })
  })

  it('count who stands among the first five', () => {
    expect(judgedFigures([answer(answered, ['a', 'b', 'c', 'd'])], FIRMS).gini).toBeCloseTo(0, 12)
    expect(judgedFigures([answer(answered, ['a']), answer(hardly, ['a'])], FIRMS).gini).toBe(0.75)
    const six = [...FIRMS, 'e', 'f']
    expect(judgedFigures([answer(answered, six)], six).gini).toBeGreaterThan(0)
  })

  it('have intervals over needs, the same every time', () => {
    const some = Array.from({ length: 20 }, (_, i) => answer(need(`n${i}`, { a: 3 }), i % 2 ? ['a'] : ['b', 'a']))
    const first = intervals(some).ndcg10
    expect(intervals(some).ndcg10).toEqual(first)
    const middle = judgedFigures(some, FIRMS).ndcg10 ?? 0
    expect(first?.low).toBeLessThan(middle)
    expect(first?.high).toBeGreaterThan(middle)
    // Two answers to one need are drawn together.
    expect(intervals([answer(answered, ['a', 'b', 'c']), answer(answered, [])]).ndcg10).toEqual({ low: 0.5, high: 0.5 })
  })
})

describe('two runs over the same needs', () => {
  it('are compared need by need', () => {
    const ours = [answer(answered, ['a', 'b', 'c']), answer(need('other', { a: 3 }), ['a'])]
    const half = [answer(answered, ['a', 'c']), answer(need('other', { a: 3 }), ['a'])]
    expect(timesAsGood('recall10', ours, half)?.times).toBeCloseTo(1 / 0.75, 12)
    expect(timesAsGood('recall10', ours, half)?.interval).toEqual({ low: 1, high: 2 })
    expect(timesAsGood('recall10', ours, [answer(answered, [])])).toBeNull()
  })
})

describe('statistics', () => {
  it('Gini: worked by hand', () => {
    expect([gini([1, 1, 1]), gini([0, 0, 3]), gini([]), gini([0, 0])]).toEqual([
      expect.closeTo(0, 12),
      expect.closeTo(2 / 3, 12),
      0,
      0,
    ])
    // Mean absolute difference over twice the mean: (0+1+2)*2/9 / (2*2) for 1, 2, 3 with differences 1, 1, 2.
    expect(gini([3, 1, 2])).toBeCloseTo(8 / 9 / 4, 12)
  })

  it('the bootstrap finds the interval of a mean about where the normal law has it', () => {
    const values = Array.from({ length: 400 }, (_, i) => i % 2)
    const mean = (drawn: readonly number[]) => drawn.reduce((sum, value) => sum + value, 0) / drawn.length
    // 0.5 +- 1.96 * 0.5 / sqrt(400)
    expect(bootstrap(values, mean)).toEqual({ low: expect.closeTo(0.451, 2), high: expect.closeTo(0.549, 2) })
    expect(bootstrap(values, () => null)).toBeNull()
  })
})
