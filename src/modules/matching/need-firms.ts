import type { ParkContext } from '../../kernel/park.js'
import type { Actor } from '../../kernel/permissions.js'
import type { NeedContent, RankFirms } from '../needs/index.js'
import type { TaxonomyView } from '../taxonomy/index.js'
import { matchRows } from './matching.rows.js'
import type { Matcher } from './matching.service.js'

/** The matcher in the shapes that the pages of needs and the front page ask for: they do not know it. */

const SHOWN = 20

/** Firms ranked for a need, as its page shows them. */
export function firmsForNeeds({ matcher, taxonomy }: { matcher: Matcher; taxonomy(): TaxonomyView }): RankFirms {
  return async (actor, park, content, context) => {
    const answer = await matcher.matchNeed(actor, park, content, SHOWN)
    return { nobody: answer.nobody, total: answer.total, rows: matchRows(answer, taxonomy(), context) }
  }
}

/** How many firms fit a need; 0 when nobody does it. */
export function countFitting({ matcher }: { matcher: Matcher }) {
  return async (actor: Actor, park: ParkContext, need: NeedContent): Promise<number> => {
    const { nobody, total } = await matcher.matchNeed(actor, park, need, 1)
    return nobody ? 0 : total
  }
}
