import type { Understood } from '../understanding/understood.types.js'
import type { Ranked } from './rank.rules.js'
import type { Weights } from './weights.js'

/** How many of the first firms are asked whether they do it: who is far down does not answer a need. */
const ASKED = 10

/**
 * Whether nobody here does what the need asks for. Where a service was surely understood: nobody among the first lists it or names
 * it in its text. Where not: nobody's text is about the need's telling words, and a guessed service needs both.
 */
export function isNobody(need: Understood, ranked: readonly Ranked[], weights: Weights): boolean {
  const asked = ranked.slice(0, ASKED)
  const sure = new Set(need.services.filter(({ weight }) => weight >= weights.sure).map(({ id }) => id))
  if (sure.size > 0) return !asked.some((firm) => does(firm, sure))
  const guessed = new Set(need.services.map(({ id }) => id))
  return !asked.some(
    (firm) =>
      firm.evidence >= weights.evidence.close || (does(firm, guessed) && firm.evidence >= weights.evidence.loose),
  )
}

const does = ({ judgements }: Ranked, services: ReadonlySet<string>) =>
  judgements.some(
    ({ detail, status }) =>
      detail.criterion === 'service' && services.has(detail.service) && (status === 'met' || status === 'partly'),
  )
