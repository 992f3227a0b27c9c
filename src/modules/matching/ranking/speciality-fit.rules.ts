import { type FieldVector, fieldNearness } from '../understanding/field-vector.rules.js'
import { specialitiesOf } from '../understanding/specialities.rules.js'
import type { Understood } from '../understanding/understood.types.js'
import type { FirmFacts } from './firm-facts.rules.js'
import { judgedServices } from './service-fit.rules.js'
import type { Weights } from './weights.js'

/** The kinds of work that a need asks for within one service, as a vector of length 1, and how sure the service is. */
export interface SpecialitiesAsked {
  service: string
  weight: number
  vector: FieldVector
}

/** What a need asks for within each service that it is judged by; none of a service of which it says nothing in particular. */
export const specialitiesAsked = ({ services, specialities }: Understood): readonly SpecialitiesAsked[] =>
  judgedServices(services)
    .map(({ id, weight }) => ({ service: id, weight, vector: specialitiesOf(specialities, [id]) }))
    .filter(({ vector }) => vector.size > 0)

/** What a firm counts for that does a service and does not tell which work in it: between one that does just this and one that does other work. */
const UNTOLD = 0.5

/**
 * A text's relevance, 0 to 1, with the particular work counted beside it: two firms list a service, and one sprays fields while the other takes
 * pictures of them. By the service in which the firm is nearest to what is asked.
 */
export function withSpeciality(
  relevance: number,
  asked: readonly SpecialitiesAsked[],
  firm: Pick<FirmFacts, 'services' | 'specialities'>,
  { speciality }: Weights,
): number {
  const most = Math.max(0, ...asked.map(({ weight }) => weight))
  const fit = Math.max(0, ...asked.map((one) => one.weight * fitOf(one, firm)))
  return (relevance + speciality * fit) / (1 + speciality * most)
}

function fitOf({ service, vector }: SpecialitiesAsked, firm: Pick<FirmFacts, 'services' | 'specialities'>): number {
  if (!firm.services.some(({ id }) => id === service)) return 0
  const tells = [...firm.specialities.keys()].some((id) => id.startsWith(`${service}/`))
  return tells ? fieldNearness(vector, firm.specialities) : UNTOLD
}
