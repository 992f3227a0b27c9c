import { EJSON } from 'bson'
import { type Doc, fieldOf, Rank, rankOf, toNumber } from '../bson/values.js'
import { MongoError } from '../errors.js'
import type { Path } from '../query/paths.js'
import { valuesAt } from '../query/tuples.js'
import { NoGeometry, readGeometry, readPair } from './geometry.js'

/** Whether a direction in an index's keys stands for places. */
export const isGeo = (direction: unknown): direction is string => direction === '2d' || direction === '2dsphere'

/**
 * Refuses a document whose field holds something else than places; it may be missing, null, or a list of places.
 * @param spec of the index: `min` and `max` bound the plane of a `2d` one
 * @throws MongoError Location16755 (2dsphere), Location16804, Location13027 (2d)
 */
export function checkPlaces(doc: Doc, path: Path, kind: string, spec: Doc): void {
  for (const value of placesAt(doc, path)) {
    try {
      if (kind === '2dsphere') requireSphere(value)
      else requirePlane(value, toNumber(spec.min ?? -180), toNumber(spec.max ?? 180))
    } catch (error) {
      if (!(error instanceof NoGeometry)) throw error
      throw kind === '2dsphere'
        ? new MongoError('Location16755', `Can't extract geo keys: ${EJSON.stringify(doc)}  ${error.message}`)
        : new MongoError(
            'Location16804',
            `location object expected, location array not in correct format: ${error.message}`,
          )
    }
  }
}

function requireSphere(value: unknown): void {
  const { points, flat } = readGeometry(value)
  if (flat && points.length === 0) {
    throw new NoGeometry(`longitude/latitude is out of bounds, lng: ${flat[0]} lat: ${flat[1]}`)
  }
}

function requirePlane(value: unknown, min: number, max: number): void {
  const { flat } = readPair(value)
  if (flat.some((coordinate) => coordinate < min || coordinate >= max)) {
    throw new MongoError('Location13027', `point not in interval of [ ${min}, ${max} )`)
  }
}

/** A list that begins with a number is one place, any other list several. */
function placesAt(doc: Doc, path: Path): unknown[] {
  const parents = path.slice(0, -1)
  const holders = parents.length === 0 ? [doc] : valuesAt(doc, parents)
  return holders.flatMap((holder) => {
    const value = fieldOf(holder, path.at(-1) ?? '')
    if (value === undefined || value === null) return []
    return Array.isArray(value) && rankOf(value[0]) !== Rank.Number ? value : [value]
  })
}
