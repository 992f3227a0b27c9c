import type { InTurn } from '../../platform/turns.js'
import type { NeedsForFirm } from './firm-side/needs-for-firm.service.js'
import type { Matcher } from './matching.service.js'
import { wordsOf } from './need-words.rules.js'

/**
 * Matches of both sides in turn: each takes the processor for several milliseconds and the search engine for longer, so that a crowd that
 * matches at once would hold up every other page. `prepare`: what is waited for from elsewhere for a need's words, and takes up nobody's turn.
 */
export function matchingInTurn(
  { matcher, needsForFirm }: { matcher: Matcher; needsForFirm: NeedsForFirm },
  inTurn: InTurn,
  prepare: (text: string) => Promise<void> = async () => {},
): { matcher: Matcher; needsForFirm: NeedsForFirm } {
  const prepared = async <T>(text: string, work: () => Promise<T>): Promise<T> => {
    await prepare(text)
    return inTurn(work)
  }
  return {
    matcher: {
      rank: (...asked) => prepared(asked[2].text, () => matcher.rank(...asked)),
      rankBy: (...asked) => prepared(asked[2].text, () => matcher.rankBy(...asked)),
      match: (...asked) => prepared(asked[2].text, () => matcher.match(...asked)),
      matchNeed: (...asked) => prepared(wordsOf(asked[2].content), () => matcher.matchNeed(...asked)),
    },
    needsForFirm: { rankNeeds: (...asked) => inTurn(() => needsForFirm.rankNeeds(...asked)) },
  }
}
