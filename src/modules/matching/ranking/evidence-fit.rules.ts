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
  const [status, kind, told, count] = verdict(firm, wanted, trades)
  const detail: EvidenceDetail = { criterion: 'evidence', kind, case: told, count }
  return { status, value: weights.value[status], weight: weights.criteria.evidence * surest.weight, detail }
}

function verdict(
  { cases }: FirmFacts,
  wanted: ReadonlySet<string>,
  trades: ReadonlySet<string>,
): [Status, EvidenceDetail['kind'], number | null, number] {
  const sameWork = indexesOf(cases, ({ service }) => service !== null && wanted.has(service))
  const sameTrade = sameWork.filter((at) => trades.has(cases[at]?.sector ?? ''))
  if (sameTrade[0] !== undefined) return ['met', 'sameTrade', sameTrade[0], sameTrade.length]
  if (sameWork[0] !== undefined) {
    return trades.size === 0
      ? ['met', 'sameWork', sameWork[0], sameWork.length]
      : ['partly', 'otherTrade', sameWork[0], sameWork.length]
  }
  return ['unknown', cases.length > 0 ? 'otherWork' : 'none', null, cases.length]
}

const indexesOf = <T>(list: readonly T[], fits: (one: T) => boolean): number[] =>
  list.flatMap((one, at) => (fits(one) ? [at] : []))
