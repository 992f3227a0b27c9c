import type { Understood } from '../understanding/understood.types.js'
import type { FirmFacts } from './firm-facts.rules.js'
import type { Detail, Judgement, Status } from './judgement.types.js'
import { judgedServices } from './service-fit.rules.js'
import type { Weights } from './weights.js'

type EvidenceDetail = Extract<Detail, { criterion: 'evidence' }>

/**
 * Whether the firm tells of such work done, for such a trade; null when no service was understood. Having told none is not known,
 * since a young firm may do it well.
 */
export function judgeEvidence(
  { services, sectors }: Pick<Understood, 'services' | 'sectors'>,
  firm: FirmFacts,
  weights: Weights,
): Judgement | null {
  const wanted = new Set(judgedServices(services).map(({ id }) => id))
  const surest = services[0]
  if (!surest) return null
  const trades = new Set(sectors.map(({ id }) => id))
  const [status, kind, told] = verdict(firm, wanted, trades)
  const detail: EvidenceDetail = { criterion: 'evidence', kind, cases: told }
  return { status, value: weights.value[status], weight: weights.criteria.evidence * surest.weight, detail }
}

function verdict(
  { cases }: FirmFacts,
  wanted: ReadonlySet<string>,
  trades: ReadonlySet<string>,
): [Status, EvidenceDetail['kind'], readonly number[]] {
  const sameWork = indexesOf(cases, ({ service }) => service !== null && wanted.has(service))
  const sameTrade = sameWork.filter((at) => trades.has(cases[at]?.sector ?? ''))
  if (sameTrade.length > 0) return ['met', 'sameTrade', sameTrade]
  if (sameWork.length === 0) return ['unknown', cases.length > 0 ? 'otherWork' : 'none', cases.map((_, at) => at)]
  if (trades.size === 0) return ['met', 'sameWork', sameWork]
  const otherTrade = sameWork.filter((at) => cases[at]?.sector)
  return otherTrade.length > 0 ? ['partly', 'otherTrade', otherTrade] : ['partly', 'sameWork', sameWork]
}

const indexesOf = <T>(list: readonly T[], fits: (one: T) => boolean): number[] =>
  list.flatMap((one, at) => (fits(one) ? [at] : []))
