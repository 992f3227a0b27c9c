import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { HALVES, hasAnswer, openJudgedSet, VOICES } from '../../../../src/modules/evaluation/index.js'
import { PROJECT_ROOT } from '../../../../src/platform/project-root.js'
import { withoutMarks } from '../../../support/texts.js'

const FIRMS = join(PROJECT_ROOT, 'src/modules/demonstration/data/providers')

const firms = new Set(
  readdirSync(FIRMS)
    .flatMap((name) => JSON.parse(readFileSync(join(FIRMS, name), 'utf8')) as { externalId: string }[])
    .map(({ externalId }) => externalId),
)

const needs = await openJudgedSet(join(PROJECT_ROOT, 'test/eval/judged/needs.json'))

describe('the judged needs', () => {
  it('are at least sixty, each with a name of its own and told in four ways', () => {
    expect(needs.length).toBeGreaterThanOrEqual(60)
    expect(new Set(needs.map(({ id }) => id)).size).toBe(needs.length)
    for (const { id, text } of needs) {
      expect(Object.keys(text).sort(), id).toEqual([...VOICES].sort())
      expect(new Set(Object.values(text)).size, id).toBe(VOICES.length)
    }
  })

  it.each(needs)('$id: graded firms are there, and only the marks differ between the first two voices', (need) => {
    expect([...need.grades.keys()].filter((firm) => !firms.has(firm))).toEqual([])
    expect(need.text.unaccented).toBe(withoutMarks(need.text.accented))
    expect(need.text.english).toMatch(/^\P{M}+$/u)
  })

  it('are split evenly, those that nobody answers too', () => {
    const [tuning = [], reporting = []] = HALVES.map((half) => needs.filter((need) => need.half === half))
    expect(Math.abs(tuning.length - reporting.length)).toBeLessThanOrEqual(1)
    const unanswered = [tuning, reporting].map((half) => half.filter((need) => !hasAnswer(need)).length)
    expect(unanswered.reduce((sum, count) => sum + count)).toBeGreaterThanOrEqual(6)
    expect(Math.abs((unanswered[0] ?? 0) - (unanswered[1] ?? 0))).toBeLessThanOrEqual(1)
  })
})
