import { type Doc, isDoc, Rank, rankOf, toNumber } from '../bson/values.js'
import { MongoError } from '../errors.js'
import { type Path, someAt } from '../query/paths.js'
import { type Position, readGeoJson, readPair } from './geometry.js'
import { distance } from './relations.js'
import { geometryIn, reading } from './shapes.js'
import { EARTH_RADIUS_M, type Vector } from './sphere.js'

/** What `$near` and `$nearSphere` ask: the documents of a field's neighbourhood, the nearest first. */
export interface Near {
  field: string
  /** Kinds of index of which the field must have one. */
  indexes: readonly string[]
  /** How far a document is, in the unit that the query speaks in; undefined where it is nowhere, or not in the range asked for. */
  distanceOf(doc: Doc): number | undefined
}

/**
 * @param siblings the operators beside it, where legacy pairs have their distances
 * @throws MongoError BadValue for an operand that is no place
 */
export function parseNear(name: string, path: Path, argument: unknown, siblings: Doc): Near {
  const modern = isDoc(argument) && '$geometry' in argument
  const place = modern ? argument.$geometry : argument
  const geoJson = modern || (isDoc(place) && typeof place.type === 'string')
  const { flat, points } = reading(() => (geoJson ? readGeoJson(place) : readPair(place)))
  const [centre] = points
  const spherical = geoJson || name === '$nearSphere'
  if (!flat || (spherical && !centre))
    throw new MongoError('BadValue', `invalid point in geo near query: ${JSON.stringify(place)}`)
  const limits = modern ? argument : siblings
  const least = limitOf(limits, '$minDistance', 0)
  const most = limitOf(limits, '$maxDistance', Number.POSITIVE_INFINITY)
  const measure = spherical && centre ? onSphere(centre, geoJson ? EARTH_RADIUS_M : 1) : onPlane(flat)
  const known = new WeakMap<Doc, number | undefined>()
  const nearest = (doc: Doc): number | undefined => {
    let found = Number.POSITIVE_INFINITY
    someAt(doc, path, (value) => {
      found = Math.min(found, measure(value))
      return false
    })
    return found >= least && found <= most && found < Number.POSITIVE_INFINITY ? found : undefined
  }
  return {
    field: path.join('.'),
    indexes: geoJson ? ['2dsphere'] : spherical ? ['2dsphere', '2d'] : ['2d'],
    distanceOf(doc) {
      if (!known.has(doc)) known.set(doc, nearest(doc))
      return known.get(doc)
    },
  }
}

const onSphere =
  (centre: Vector, unit: number) =>
  (value: unknown): number => {
    const geometry = geometryIn(value)
    return geometry ? distance(centre, geometry) * unit : Number.POSITIVE_INFINITY
  }

const onPlane =
  ([x, y]: Position) =>
  (value: unknown): number => {
    const flat = geometryIn(value)?.flat
    return flat ? Math.hypot(flat[0] - x, flat[1] - y) : Number.POSITIVE_INFINITY
  }

function limitOf(limits: Doc, name: string, otherwise: number): number {
  const limit = limits[name]
  if (limit === undefined) return otherwise
  if (rankOf(limit) !== Rank.Number || !(toNumber(limit) >= 0))
    throw new MongoError('BadValue', `${name} must be non-negative`)
  return toNumber(limit)
}
