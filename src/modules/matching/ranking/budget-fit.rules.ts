import { firstYearCeiling } from '../understanding/budget.rules.js'
import type { Understood } from '../understanding/understood.types.js'
import type { Ends, FirmFacts } from './firm-facts.rules.js'
import type { Detail, Judgement, Status } from './judgement.types.js'
import { judgedServices } from './service-fit.rules.js'
import type { Weights } from './weights.js'

type BudgetDetail = Extract<Detail, { criterion: 'budget' }>

/**
 * Whether a first job of the wanted kind fits the budget; null when no upper end was named. Prices are those of the surest wanted
 * service that the firm lists.
 */
export function judgeBudget(
  { budget, services }: Pick<Understood, 'budget' | 'services'>,
  firm: FirmFacts,
  weights: Weights,
): Judgement | null {
  const ceiling = budget && firstYearCeiling(budget)
  if (!ceiling) return null
  const price = statedEnds(services, firm, (offered) => offered.price)
  const [status, kind] = verdict(price, ceiling, weights.budgetTolerance)
  const detail: BudgetDetail = { criterion: 'budget', kind, ...price }
  return { status, value: weights.value[status], weight: weights.criteria.budget, detail }
}

function verdict({ from, to }: Ends, ceiling: number, tolerance: number): [Status, BudgetDetail['kind']] {
  if (to !== null && to <= ceiling) return ['met', 'within']
  if (from === null) return ['unknown', 'unstated']
  if (from > ceiling * (1 + tolerance)) return ['unmet', 'above']
  if (from > ceiling) return ['partly', 'near']
  return to === null ? ['met', 'from'] : ['partly', 'reaches']
}

/** What the firm states about the surest wanted service it lists with either end. */
export function statedEnds(
  services: Understood['services'],
  firm: FirmFacts,
  pick: (offered: FirmFacts['services'][number]) => Ends,
): Ends {
  for (const { id } of judgedServices(services)) {
    const offered = firm.services.find((one) => one.id === id)
    const ends = offered && pick(offered)
    if (ends && (ends.from !== null || ends.to !== null)) return ends
  }
  return { from: null, to: null }
}
