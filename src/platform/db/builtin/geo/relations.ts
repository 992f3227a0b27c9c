import type { Geometry, Polygon } from './geometry.js'
import {
  angle,
  angleToEdge,
  antipode,
  crossing,
  type Edge,
  isSame,
  meet,
  placesOn,
  ringHolds,
  touches,
  type Vector,
} from './sphere.js'

/** A polygon holds its border as well, and that of its holes. */
const holds = ([outer = [], ...holes]: Polygon, p: Vector): boolean =>
  ringHolds(outer, p) && holes.every((hole) => hole.some((edge) => touches(p, edge)) || !ringHolds(hole, p))

const ringsCross = (polygon: Polygon, edge: Edge): boolean =>
  polygon.flat().some((other) => crossing(edge, other) === true)

const holdsEdges = (polygon: Polygon, edges: readonly Edge[]): boolean =>
  edges.every((edge) => placesOn(edge).every((p) => holds(polygon, p)) && !ringsCross(polygon, edge))

/** No hole may lie within the inner polygon; that they have one in common is no matter. */
const holdsPolygon = (polygon: Polygon, inner: Polygon): boolean =>
  holdsEdges(polygon, inner[0] ?? []) &&
  !polygon.slice(1).some((hole) => hole.flatMap(placesOn).some((p) => holds(inner, p) && !isBorder(inner, p)))

const isBorder = (polygon: Polygon, p: Vector): boolean => polygon.flat().some((edge) => touches(p, edge))

/** Whether every part of a geometry lies within one of the polygons. */
export function within(inner: Geometry, polygons: readonly Polygon[]): boolean {
  return (
    hasParts(inner) &&
    inner.points.every((p) => polygons.some((polygon) => holds(polygon, p))) &&
    inner.lines.every((line) => polygons.some((polygon) => holdsEdges(polygon, line))) &&
    inner.polygons.every((each) => polygons.some((polygon) => holdsPolygon(polygon, each)))
  )
}

/** Whether a geometry lies within `radius` (radians) of a place: then nothing of it is nearer to the opposite place. */
export const withinCircle = (inner: Geometry, centre: Vector, radius: number): boolean =>
  hasParts(inner) && distance(antipode(centre), inner) >= Math.PI - radius - 1e-15

const hasParts = ({ points, lines, polygons }: Geometry): boolean => points.length + lines.length + polygons.length > 0

/** Whether two geometries have a place in common. */
export function intersect(one: Geometry, other: Geometry): boolean {
  return (
    one.points.some((p) => meetsPoint(other, p)) ||
    other.points.some((p) => meetsPoint(one, p)) ||
    edgesIn(one).some((edge) => edgesIn(other).some((each) => meet(edge, each))) ||
    // Edges apart, one may still lie wholly inside the other.
    edgesIn(one).some(([start]) => other.polygons.some((polygon) => holds(polygon, start))) ||
    edgesIn(other).some(([start]) => one.polygons.some((polygon) => holds(polygon, start)))
  )
}

const meetsPoint = ({ points, lines, polygons }: Geometry, p: Vector): boolean =>
  points.some((other) => isSame(p, other)) ||
  lines.flat().some((edge) => touches(p, edge)) ||
  polygons.some((polygon) => holds(polygon, p))

const edgesIn = ({ lines, polygons }: Geometry): Edge[] => [...lines.flat(), ...polygons.flat(2)]

/** The angle from a place to the nearest one of a geometry, in radians; infinite where the geometry has none on the sphere. */
export function distance(p: Vector, geometry: Geometry): number {
  if (geometry.polygons.some((polygon) => holds(polygon, p))) return 0
  const toPoints = geometry.points.map((other) => angle(p, other))
  const toEdges = edgesIn(geometry).map((edge) => angleToEdge(p, edge))
  return Math.min(...toPoints, ...toEdges)
}
