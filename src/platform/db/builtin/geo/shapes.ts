import { type Doc, isDoc, Rank, rankOf, toNumber } from '../bson/values.js'
import { MongoError } from '../errors.js'
import type { ValueTest } from '../query/paths.js'
import { type Geometry, NoGeometry, type Position, readGeoJson, readGeometry, readPair } from './geometry.js'
import { intersect, within, withinCircle } from './relations.js'

/** `$geoWithin`: what lies wholly in a shape. */
export function withinTest(argument: unknown): ValueTest {
  const shapes = isDoc(argument) ? Object.entries(argument).filter(([name]) => name !== '$uniqueDocs') : []
  const [[name, operand] = ['', undefined], ...others] = shapes
  const shape = Object.hasOwn(SHAPES, name) ? SHAPES[name] : undefined
  if (!shape || others.length > 0) throw new MongoError('BadValue', `unknown geo specifier: ${name}`)
  return onGeometry(reading(() => shape(operand)))
}

/** `$geoIntersects`: what has a place in common with a geometry. */
export function intersectsTest(argument: unknown): ValueTest {
  if (!isDoc(argument) || !('$geometry' in argument))
    throw new MongoError('BadValue', '$geoIntersects needs a $geometry')
  const other = reading(() => readGeoJson(argument.$geometry))
  return onGeometry((geometry) => intersect(geometry, other))
}

type ShapeTest = (geometry: Geometry) => boolean

/** What is no geometry lies nowhere. */
const onGeometry =
  (test: ShapeTest): ValueTest =>
  (value) => {
    const geometry = geometryIn(value)
    return geometry !== undefined && test(geometry)
  }

export function geometryIn(value: unknown): Geometry | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  try {
    return readGeometry(value)
  } catch (error) {
    if (error instanceof NoGeometry) return undefined
    throw error
  }
}

/** @throws MongoError BadValue for an operand that is no geometry */
export function reading<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw error instanceof NoGeometry ? new MongoError('BadValue', error.message) : error
  }
}

const onPlane =
  (test: (position: Position) => boolean): ShapeTest =>
  ({ flat }) =>
    flat !== undefined && test(flat)

const SHAPES: Readonly<Record<string, (operand: unknown) => ShapeTest>> = {
  $geometry(operand) {
    const { polygons, points, lines } = readGeoJson(operand)
    if (polygons.length === 0 || points.length + lines.length > 0) {
      throw new NoGeometry(`$geoWithin not supported with provided geometry: ${String((operand as Doc).type)}`)
    }
    return (geometry) => within(geometry, polygons)
  },
  $centerSphere(operand) {
    const { centre, radius } = circle(operand)
    const [place] = centre.points
    if (!place) throw new NoGeometry('Spherical distance would require (unimplemented) wrapping')
    return (geometry) => withinCircle(geometry, place, radius)
  },
  $center(operand) {
    const { centre, radius } = circle(operand)
    const [x, y] = centre.flat
    return onPlane(([px, py]) => Math.hypot(px - x, py - y) <= radius)
  },
  $box(operand) {
    const corners = positions(operand)
    const [[x1, y1] = [0, 0], [x2, y2] = [0, 0]] = corners
    if (corners.length !== 2) throw new NoGeometry('Box must have 2 corners')
    return onPlane(([x, y]) => isBetween(x, x1, x2) && isBetween(y, y1, y2))
  },
  $polygon(operand) {
    const corners = positions(operand)
    if (corners.length < 3) throw new NoGeometry('Polygon must have at least 3 points')
    return onPlane((position) => polygonHolds(corners, position))
  },
}

function circle(operand: unknown) {
  const [centre, radius] = Array.isArray(operand) ? operand : []
  if (rankOf(radius) !== Rank.Number || toNumber(radius) < 0) {
    throw new NoGeometry('radius must be a non-negative number')
  }
  return { centre: readPair(centre), radius: toNumber(radius) }
}

const positions = (operand: unknown): Position[] =>
  (Array.isArray(operand) ? operand : isDoc(operand) ? Object.values(operand) : []).map((each) => readPair(each).flat)

const isBetween = (value: number, a: number, b: number): boolean => value >= Math.min(a, b) && value <= Math.max(a, b)

/** Odd-even rule; the border belongs to the polygon. */
function polygonHolds(corners: readonly Position[], [x, y]: Position): boolean {
  let inside = false
  for (const [i, [x2, y2]] of corners.entries()) {
    const [x1, y1] = corners.at(i - 1) ?? [x2, y2]
    const turn = (x - x1) * (y2 - y1) - (y - y1) * (x2 - x1)
    if (turn === 0 && isBetween(x, x1, x2) && isBetween(y, y1, y2)) return true
    if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside
  }
  return inside
}
