import type { Clock } from '../../kernel/clock.js'
import type { ParkContext } from '../../kernel/park.js'
import type { Actor } from '../../kernel/permissions.js'
import { scopeFilter } from '../../platform/records/scope.js'
import type { RankFirms, WrittenNeed } from '../needs/index.js'
import type { TaxonomyView } from '../taxonomy/index.js'
import { matchRows } from './matching.rows.js'
import type { Matcher } from './matching.service.js'

/** The matcher in the shapes that the pages of needs and the front page ask for: they do not know it. */

const SHOWN = 20

/** Firms ranked for a need, as its page shows them. */
export function firmsForNeeds({ matcher, taxonomy }: { matcher: Matcher; taxonomy(): TaxonomyView }): RankFirms {
  return async (actor, park, need, context) => {
    const answer = await matcher.matchNeed(actor, park, need, SHOWN)
    return { nobody: answer.verdict !== 'answered', total: answer.total, rows: matchRows(answer, taxonomy(), context) }
  }
}

/** A count that is older than this is made anew beside the page that still shows the former one. */
const FRESH_MS = 60_000
/** Counts remembered at once. */
const MOST = 100

/**
 * How many firms fit a need; 0 when nobody does it. The front page asks it for each reader: whoever comes after the first waits for no
 * crowd that matches, and is shown the former count when there is no new one to be had.
 */
export function countFitting({ matcher, clock }: { matcher: Pick<Matcher, 'matchNeed'>; clock: Clock }) {
  const known = new Map<string, { count: Promise<number>; until: number }>()

  return async (actor: Actor, park: ParkContext, need: WrittenNeed): Promise<number> => {
    const key = JSON.stringify([scopeFilter(actor, park.id), need])
    const now = clock().getTime()
    const before = known.get(key)
    if (before && before.until > now) return before.count
    if (known.size >= MOST) known.clear()
    const counted = matcher
      .matchNeed(actor, park, need, 1)
      .then(({ verdict, total }) => (verdict === 'answered' ? total : 0))
    const fresh = { count: before?.count ?? counted, until: now + FRESH_MS }
    known.set(key, fresh)
    counted.then(
      () => {
        fresh.count = counted
      },
      () => {
        // What was never counted is not remembered.
        if (!before && known.get(key) === fresh) known.delete(key)
      },
    )
    return fresh.count
  }
}
