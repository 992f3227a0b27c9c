import type { Understood } from '../understanding/understood.types.js'
import { statedEnds } from './budget-fit.rules.js'
import type { Ends, FirmFacts } from './firm-facts.rules.js'
import type { Detail, Judgement, Status } from './judgement.types.js'
import type { Weights } from './weights.js'

type DeliveryDetail = Extract<Detail, { criterion: 'delivery' }>

/** Whether the firm's usual time from order to first use ends before the deadline; null when there is none. Once that has passed nobody can be in time or late: it is not known by when. */
export function judgeDelivery(
  { deadline, services }: Pick<Understood, 'deadline' | 'services'>,
  firm: FirmFacts,
  weights: Weights,
): Judgement | null {
  if (!deadline) return null
  const weeks = statedEnds(services, firm, (offered) => offered.deliveryWeeks)
  const [status, kind] = verdict(weeks, deadline.weeks)
  const detail: DeliveryDetail = { criterion: 'delivery', kind, ...weeks }
  return { status, value: weights.value[status], weight: weights.criteria.delivery, detail }
}

function verdict({ from, to }: Ends, weeks: number | null): [Status, DeliveryDetail['kind']] {
  if (weeks === null) return ['unknown', 'passed']
  if (to !== null && to <= weeks) return ['met', 'inTime']
  if (from === null) return ['unknown', 'unstated']
  return from <= weeks ? ['partly', 'tight'] : ['unmet', 'late']
}
