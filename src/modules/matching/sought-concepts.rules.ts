import type { WeightedConcept } from '../../platform/search/index.js'
import { sectorConcept, serviceConcept } from '../taxonomy/index.js'
import { aboutConcept, mentionConcept } from './offers/offered-services.rules.js'
import type { Weights } from './ranking/weights.js'
import { servicesIn } from './understanding/field-vector.rules.js'
import type { Understood } from './understanding/understood.types.js'

/** What it counts for in the search that a need merely stands near a service. */
const NEAR = 0.15

/** What candidates are looked for by beside the need's words: a firm that lists a service counts more than one whose text speaks of it. */
export function soughtConcepts(
  { services, sectors, field }: Understood,
  { textIsAbout, mentioned }: Weights['service'],
): WeightedConcept[] {
  const surer = new Map(servicesIn(field.vector).map(([id, weight]) => [id, weight * field.clear * NEAR]))
  for (const { id, weight } of services) surer.set(id, Math.max(weight, surer.get(id) ?? 0))
  return [
    ...[...surer].flatMap(([id, weight]) => [
      { id: serviceConcept(id), weight },
      { id: aboutConcept(id), weight: weight * textIsAbout },
      { id: mentionConcept(id), weight: weight * mentioned },
    ]),
    ...sectors.map(({ id, weight }) => ({ id: sectorConcept(id), weight })),
  ]
}
