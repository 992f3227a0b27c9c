import { plainDateIn } from '../../../kernel/clock.js'
import type { ParkContext } from '../../../kernel/park.js'
import { isStanding } from '../../../platform/records/standing.rules.js'
import type { NeedRecord } from '../../needs/index.js'
import type { ProviderRecord } from '../../providers/index.js'

/** Why nothing new can be begun or agreed between a need and a firm; null when it can. */
export function whyNotOpen(
  { need, firm }: { need: NeedRecord; firm: ProviderRecord },
  at: Date,
  park: ParkContext,
): 'need-closed' | 'firm-gone' | null {
  if (!isStanding(firm)) return 'firm-gone'
  const content = need.published ?? need.working
  if (!content || need.archivedAt || need.status === 'closed' || need.status === 'expired') return 'need-closed'
  return content.deadline && content.deadline < plainDateIn(at, park.timeZone) ? 'need-closed' : null
}
