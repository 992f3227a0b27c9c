import type { ParkContext } from '../../../kernel/park.js'
import { VISITOR } from '../../../kernel/permissions.js'
import type { RecordRepository } from '../../../platform/records/record.repository.js'
import type { IntroductionRepository } from '../../introductions/index.js'
import { askOf, type Matcher } from '../../matching/index.js'
import { type NeedContent, writtenNeed } from '../../needs/index.js'
import { type Compared, FIRST } from './live-needs.js'

export interface AgreedDeps {
  introductions: Pick<IntroductionRepository, 'agreed'>
  records: Pick<RecordRepository, 'byIds'>
  matcher: Pick<Matcher, 'rankBy'>
}

/** How often the firm that got the work stands among the first for that need. */
export interface AgreedEffect {
  tried: number
  now: number
  next: number
}

/** How many are tried, the newest first; each is ranked by both. */
const TRIED = 30

/** Where those firms stand that a need has come to an agreement with: the outcome says more than any judge. */
export async function agreedEffect(
  { introductions, records, matcher }: AgreedDeps,
  park: ParkContext,
  { now, next }: Compared,
): Promise<AgreedEffect> {
  const agreed = await introductions.agreed(park.id, TRIED)
  const needs = new Map(
    (
      await records.byIds<NeedContent>(
        'need',
        agreed.map(({ needId }) => needId),
      )
    ).map((need) => [need.id, need]),
  )
  const effect = { tried: 0, now: 0, next: 0 }
  for (const { needId, provider } of agreed) {
    const need = needs.get(needId)
    const content = need && (need.published ?? need.working)
    if (!content) continue
    const [before, after] = await matcher.rankBy(VISITOR, park, askOf(writtenNeed(content, need)), [now, next])
    // A firm that has left the park says nothing of the weights.
    if (!before.ranked.some(({ id }) => id === provider)) continue
    const stands = ({ ranked }: typeof before) => Number(ranked.slice(0, FIRST).some(({ id }) => id === provider))
    effect.tried++
    effect.now += stands(before)
    effect.next += stands(after)
  }
  return effect
}
