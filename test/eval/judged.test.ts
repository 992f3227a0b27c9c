import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ablations } from '../../scripts/eval/ablations.js'
import { judgedNeeds, type MatcherAnswer, measuredMatcher, rankingOf } from '../../scripts/support/measured.js'
import { askJudged, type JudgedAnswer, judgedFigures, type Measure } from '../../src/modules/evaluation/index.js'
import { startTestProduct, type TestProduct } from '../support/product.js'

/**
 * What the matcher must reach over the tuning half, all voices. About 0.02 below what was measured when it was last raised; when
 * `npm run eval` gives more for good, raise it to 0.02 below that, in the commit that brought the gain. It is never lowered to let a
 * change in: then the change is what is wrong.
 */
const FLOORS: Record<Measure, number> = { ndcg10: 0.885, recall10: 0.97, nobodyPrecision: 0.8, nobodyRecall: 0.77 }

/** How far the same needs without accents may fall behind; 0.985 was measured. */
const WITHOUT_ACCENTS = 0.96

/** Seconds by itself; other files run beside it. */
const STARTED_WITHIN_MS = 240_000

describe('the matcher on the judged needs', () => {
  let product: TestProduct
  const answers: JudgedAnswer<MatcherAnswer>[] = []

  beforeAll(async () => {
    product = await startTestProduct({ demo: true })
    await product.core.indexing.caughtUp()
    const needs = (await judgedNeeds()).filter(({ half }) => half === 'tuning')
    for await (const answer of askJudged(needs, await rankingOf(product.core, measuredMatcher(product.core))))
      answers.push(answer)
  }, STARTED_WITHIN_MS)
  afterAll(() => product.close())

  it.each(Object.entries(FLOORS) as [Measure, number][])('does not fall below the floor: %s', (measure, floor) => {
    expect(judgedFigures(answers, [])[measure]).toBeGreaterThanOrEqual(floor)
  })

  it('understands them as well without accents', () => {
    const [accented, unaccented] = ['accented', 'unaccented'].map(
      (voice) =>
        judgedFigures(
          answers.filter((one) => one.voice === voice),
          [],
        ).ndcg10 ?? 0,
    )
    expect(unaccented).toBeGreaterThanOrEqual(WITHOUT_ACCENTS * (accented ?? 1))
  })

  it('is asked with a part switched off as it is whole, but for that part', async () => {
    const asked = answers.filter(({ understood }) => understood.services.length > 0).slice(0, 5)
    const off = new Map(ablations(product.core).map(({ name, matcher }) => [name, matcher]))
    for (const { need, voice, understood, ranking } of asked) {
      const without = async (part: string) => (await rankingOf(product.core, off.get(part)))(need.text[voice])
      const bare = await without('services by either')
      expect(sureness(bare)).toBeLessThan(sureness({ understood }))
      expect(bare.understood.hunches).toEqual([])
      const unjudged = await without('services as a criterion')
      expect(unjudged.understood).toEqual(understood)
      expect(unjudged.ranking).not.toEqual(ranking)
      expect([...unjudged.ranking].sort()).toEqual([...ranking].sort())
    }
  })
})

/** Of the services understood, together. */
const sureness = ({ understood }: Pick<MatcherAnswer, 'understood'>) =>
  understood.services.reduce((sum, { weight }) => sum + weight, 0)
