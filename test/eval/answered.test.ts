import { beforeAll, describe, expect, it } from 'vitest'
import { answeredSets } from '../../scripts/support/measured.js'
import {
  type AnsweredAnswer,
  type AnsweredFigures,
  type AnsweredSetName,
  answeredFigures,
  askJudged,
} from '../../src/modules/evaluation/index.js'
import { demonstrationFirms, matcherOver, PARK, visitor } from '../unit/modules/matching/demonstration-park.js'

type Bounds = Partial<Record<keyof AnsweredFigures, number>>

/**
 * What the matcher must reach over all voices: 0.02 below what was measured when it was last raised. When `npm run eval` gives more for
 * good, raise it in the commit that brought the gain. It is never lowered to let a change in. "nobody" of "inside" has none: 0.063
 * was measured, since a firm that lists the service is taken for one that does the work; there is nothing to keep from falling.
 */
const AT_LEAST: Record<AnsweredSetName, Bounds> = {
  elsewhere: { nobodyRecall: 0.896 },
  short: { nobodyRecall: 0.903 },
  inside: { first: 0.676, firstThree: 0.837 },
}

/** How often "nobody" may be said where somebody does it: 0.02 above what was measured. */
const AT_MOST: Record<AnsweredSetName, Bounds> = {
  elsewhere: { nobodyFalse: 0.033 },
  short: { nobodyFalse: 0.117 },
  inside: { nobodyFalse: 0.038 },
}

/** By itself it takes seconds; other files run beside it. */
const ASKED_WITHIN_MS = 240_000

const cases = (bounds: Record<AnsweredSetName, Bounds>) =>
  (Object.keys(bounds) as AnsweredSetName[]).flatMap((set) =>
    (Object.entries(bounds[set]) as [keyof AnsweredFigures, number][]).map(([name, bound]) => ({ set, name, bound })),
  )

describe('the matcher on needs that are answered or not', () => {
  const figures = new Map<AnsweredSetName, AnsweredFigures>()

  beforeAll(async () => {
    const matcher = await matcherOver(demonstrationFirms)
    const ask = async (text: string) => {
      const { ranked, nobody } = await matcher.rank(visitor, PARK, { text })
      return { ranking: ranked.map(({ id }) => id), nobody }
    }
    for (const { name, needs } of await answeredSets()) {
      const answers: AnsweredAnswer[] = []
      for await (const answer of askJudged(needs, ask)) answers.push(answer)
      figures.set(name, answeredFigures(answers))
    }
  }, ASKED_WITHIN_MS)

  it.each(cases(AT_LEAST))('does not fall below the floor on "$set": $name', ({ set, name, bound }) => {
    expect(figures.get(set)?.[name]).toBeGreaterThanOrEqual(bound)
  })

  it.each(cases(AT_MOST))('does not turn away whom somebody serves more often on "$set"', ({ set, name, bound }) => {
    expect(figures.get(set)?.[name]).toBeLessThanOrEqual(bound)
  })
})
