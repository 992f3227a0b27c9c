import type { FieldModel } from './field-model.rules.js'
import { type FieldVector, ofLengthOne } from './field-vector.rules.js'
import { featuresOf, isPair, PAIR } from './text-features.rules.js'

/** The kinds of work in services, ready for comparison: ids are `service/speciality`. */
export interface SpecialityModel {
  /** Places in `ids` of the specialities of each service. */
  services: ReadonlyMap<string, readonly number[]>
  ids: readonly string[]
  /** Who holds a feature, and what it adds to the score of each; rare within its service counts more. */
  worthOf(feature: string): ReadonlyMap<number, number> | undefined
}

/** BM25: saturation of repeats; texts of one speciality are few, and a word said twice says nearly all. */
const K = 1

/** Makes the counted texts of specialities ready. */
export function specialityModelOf({ kinds, holders }: FieldModel): SpecialityModel {
  const ids = kinds.map(({ id }) => id)
  const services = new Map<string, number[]>()
  for (const [place, id] of ids.entries()) {
    const service = serviceOf(id)
    services.set(service, [...(services.get(service) ?? []), place])
  }
  const known = new Map<string, ReadonlyMap<number, number>>()
  const worthOf = (feature: string) => {
    const held = known.get(feature) ?? worth(feature)
    // What nobody holds is not remembered: anybody can type it.
    if (held) known.set(feature, held)
    return held
  }
  const worth = (feature: string): ReadonlyMap<number, number> | undefined => {
    const by = holders.get(feature)
    if (!by) return undefined
    const inService = new Map<string, number>()
    for (const [place] of by) {
      const service = serviceOf(ids[place] ?? '')
      inService.set(service, (inService.get(service) ?? 0) + 1)
    }
    return new Map(
      by.map(([place, count]) => {
        const service = serviceOf(ids[place] ?? '')
        const rarity = rarityOf(inService.get(service) ?? 1, services.get(service)?.length ?? 1)
        return [place, (rarity * (isPair(feature) ? PAIR : 1) * count) / (count + K)]
      }),
    )
  }
  return { services, ids, worthOf }
}

const rarityOf = (holders: number, all: number) => Math.log(1 + (all - holders + 0.5) / (holders + 0.5))

/**
 * Which of a service's specialities a text speaks of, for each of `services`: by how much it is nearer to one than to the service's
 * others, the part of each service as a vector of length 1. A service of which the text says nothing in particular has no part.
 */
export function specialitiesIn(text: string, services: Iterable<string>, model: SpecialityModel): FieldVector {
  const scores = new Float64Array(model.ids.length)
  for (const key of new Set(featuresOf(text).map(({ key }) => key)))
    for (const [place, worth] of model.worthOf(key) ?? []) scores[place] = (scores[place] ?? 0) + worth
  return new Map(
    [...new Set(services)].flatMap((service) => {
      const places = model.services.get(service) ?? []
      const usual = places.reduce((sum, place) => sum + (scores[place] ?? 0), 0) / Math.max(1, places.length)
      const nearer = places.map((place) => [model.ids[place] ?? '', (scores[place] ?? 0) - usual] as const)
      return [...ofLengthOne(nearer.filter(([, more]) => more > 0))]
    }),
  )
}

/** The part of a vector of specialities that belongs to some services. */
export const specialitiesOf = (vector: FieldVector, services: readonly string[]): FieldVector =>
  new Map([...vector].filter(([id]) => services.includes(serviceOf(id))))

const serviceOf = (id: string) => id.slice(0, id.indexOf('/'))
