import type { UnderstoodTerm } from '../understanding/understood.types.js'
import type { FirmFacts } from './firm-facts.rules.js'
import type { Judgement } from './judgement.types.js'
import type { Weights } from './weights.js'

/** More wanted services than this are judged together with none: the rest are guesses. */
const MOST_JUDGED = 3

/** The services a firm is judged by: the surest ones. */
export const judgedServices = (services: readonly UnderstoodTerm[]): readonly UnderstoodTerm[] =>
  services.slice(0, MOST_JUDGED)

/** What a mention is worth of a firm that lists its services without this one: it may name what it tests, or whom it works with. */
export const LISTS_OTHERS = 0.75

/** Whether the firm does each wanted service; the criterion's weight is shared among them by how sure each is. */
export function judgeServices(services: readonly UnderstoodTerm[], firm: FirmFacts, weights: Weights): Judgement[] {
  const judged = judgedServices(services)
  const total = judged.reduce((sum, { weight }) => sum + weight, 0)
  const surest = judged[0]?.weight ?? 0
  return judged.map((wanted) => ({
    ...judgeService(wanted.id, firm, weights),
    weight: (weights.criteria.service * surest * wanted.weight) / total,
  }))
}

function judgeService(
  service: string,
  firm: FirmFacts,
  { value, service: grades }: Weights,
): Omit<Judgement, 'weight'> {
  const offered = firm.services.find(({ id }) => id === service)
  const detail = { criterion: 'service', service } as const
  if (offered?.by === 'list') {
    const main = offered.rank === 0
    return {
      status: 'met',
      value: main ? value.met : value.met * grades.beside,
      detail: { ...detail, kind: main ? 'main' : 'listed' },
    }
  }
  if (offered?.by === 'whole') return { status: 'met', value: grades.textIsAbout, detail: { ...detail, kind: 'about' } }
  if (offered) {
    const value = firm.listsServices ? grades.mentioned * LISTS_OTHERS : grades.mentioned
    return { status: 'partly', value, detail: { ...detail, kind: 'mentioned' } }
  }
  if (firm.listsServices) return { status: 'unmet', value: value.unmet, detail: { ...detail, kind: 'absent' } }
  return { status: 'unknown', value: value.unknown, detail: { ...detail, kind: 'unstated' } }
}
