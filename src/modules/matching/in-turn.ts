import type { InTurn } from '../../platform/turns.js'
import type { NeedsForFirm } from './firm-side/needs-for-firm.service.js'
import type { Matcher } from './matching.service.js'

/**
 * Matches of both sides in turn: each takes the processor for several milliseconds and the search engine for longer, so that a crowd that
 * matches at once would hold up every other page.
 */
export function matchingInTurn(
  { matcher, needsForFirm }: { matcher: Matcher; needsForFirm: NeedsForFirm },
  inTurn: InTurn,
): { matcher: Matcher; needsForFirm: NeedsForFirm } {
  return {
    matcher: {
      rank: (...asked) => inTurn(() => matcher.rank(...asked)),
      rankBy: (...asked) => inTurn(() => matcher.rankBy(...asked)),
      match: (...asked) => inTurn(() => matcher.match(...asked)),
      matchNeed: (...asked) => inTurn(() => matcher.matchNeed(...asked)),
    },
    needsForFirm: { rankNeeds: (...asked) => inTurn(() => needsForFirm.rankNeeds(...asked)) },
  }
}
