import { type Doc, isDoc, Rank, rankOf, toNumber } from '../bson/values.js'
import { notImplemented } from '../errors.js'
import { crossing, type Edge, edgesOf, isSame, ringHolds, ringOf, toVector, type Vector } from './sphere.js'

/** Longitude and latitude in degrees, or x and y of a plane. */
export type Position = readonly [number, number]

/** The first ring is the outer one, the others are holes. */
export type Polygon = readonly (readonly Edge[])[]

/** What a field of a document, or the operand of a query, says of places on the sphere. */
export interface Geometry {
  points: readonly Vector[]
  lines: readonly (readonly Edge[])[]
  polygons: readonly Polygon[]
  /** On a plane, which only single points have. */
  flat?: Position
}

/** Why a value is no geometry. */
export class NoGeometry extends Error {}

/** Reads GeoJSON, or a legacy pair of coordinates. @throws NoGeometry */
export function readGeometry(value: unknown): Geometry {
  return isDoc(value) && typeof value.type === 'string' ? readGeoJson(value) : readPair(value)
}

/**
 * `[x, y]`, or a document whose first two fields are x and y. On the sphere only where they can be longitude and latitude.
 * @throws NoGeometry
 */
export function readPair(value: unknown): Geometry & { flat: Position } {
  const flat = pairOf(isDoc(value) ? Object.values(value) : value)
  return { points: isOnSphere(flat) ? [toVector(flat)] : [], lines: [], polygons: [], flat }
}

/** @throws NoGeometry */
export function readGeoJson(value: unknown): Geometry {
  if (!isDoc(value) || typeof value.type !== 'string') throw new NoGeometry(`unknown GeoJSON type: ${String(value)}`)
  checkReference(value.crs)
  const { type, coordinates, geometries } = value
  if (type === 'GeometryCollection') {
    const parts = listOf(geometries, 'geometries').map(readGeoJson)
    return {
      points: parts.flatMap(({ points }) => points),
      lines: parts.flatMap(({ lines }) => lines),
      polygons: parts.flatMap(({ polygons }) => polygons),
    }
  }
  const read = Object.hasOwn(READERS, type) ? READERS[type] : undefined
  if (!read) throw new NoGeometry(`unknown GeoJSON type: ${type}`)
  return { points: [], lines: [], polygons: [], ...read(coordinates) }
}

const several =
  <T>(read: (coordinates: unknown) => T) =>
  (coordinates: unknown): T[] =>
    listOf(coordinates, 'coordinates').map(read)

const READERS: Readonly<Record<string, (coordinates: unknown) => Partial<Geometry>>> = {
  Point: (coordinates) => ({ points: [place(coordinates)], flat: pairOf(coordinates) }),
  MultiPoint: (coordinates) => ({ points: several(place)(coordinates) }),
  LineString: (coordinates) => ({ lines: [line(coordinates)] }),
  MultiLineString: (coordinates) => ({ lines: several(line)(coordinates) }),
  Polygon: (coordinates) => ({ polygons: [polygon(coordinates)] }),
  MultiPolygon: (coordinates) => ({ polygons: several(polygon)(coordinates) }),
}

function place(coordinates: unknown): Vector {
  const position = pairOf(coordinates)
  if (!isOnSphere(position)) {
    throw new NoGeometry(`longitude/latitude is out of bounds, lng: ${position[0]} lat: ${position[1]}`)
  }
  return toVector(position)
}

/** Positions that follow on themselves count once. */
const places = (coordinates: unknown): Vector[] =>
  several(place)(coordinates).filter((each, i, all) => !(all[i - 1] && isSame(each, all[i - 1] ?? each)))

function line(coordinates: unknown): Edge[] {
  const edges = edgesOf(places(coordinates))
  if (edges.length === 0) throw new NoGeometry('LineString coordinates must have at least 2 different positions')
  return edges
}

function polygon(coordinates: unknown): Polygon {
  const rings = several(ring)(coordinates)
  const [outer, ...holes] = rings
  if (!outer) throw new NoGeometry('Polygon has no loops.')
  if (!holes.flat().every(([start]) => ringHolds(outer, start))) {
    throw new NoGeometry('Secondary loops not contained by first exterior loop - secondary loops must be holes')
  }
  return rings
}

function ring(coordinates: unknown): Edge[] {
  const around = places(coordinates)
  const [first, last] = [around[0], around.pop()]
  if (!first || !last || !isSame(first, last)) throw new NoGeometry('Loop is not closed')
  if (around.length < 3) throw new NoGeometry('Loop must have at least 3 different vertices')
  const edges = ringOf(around)
  const crossed = edges.some((edge, i) => edges.slice(i + 1).some((other) => crossing(edge, other)))
  if (crossed) throw new NoGeometry('Loop is not valid: edges cross')
  return edges
}

function pairOf(value: unknown): Position {
  const [x, y] = listOf(value, 'a location')
  if (rankOf(x) !== Rank.Number || rankOf(y) !== Rank.Number)
    throw new NoGeometry('Point must only contain numeric elements')
  const pair = [toNumber(x), toNumber(y)] as const
  if (!pair.every(Number.isFinite)) throw new NoGeometry('Point coordinates must be finite numbers')
  return pair
}

const isOnSphere = ([longitude, latitude]: Position): boolean => Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90

function listOf(value: unknown, what: string): unknown[] {
  if (!Array.isArray(value)) throw new NoGeometry(`${what} must be an array`)
  return value
}

const USUAL_REFERENCES = ['EPSG:4326', 'urn:ogc:def:crs:OGC:1.3:CRS84']

function checkReference(crs: unknown): void {
  if (crs === undefined) return
  const name = isDoc(crs) && isDoc(crs.properties) ? (crs.properties as Doc).name : undefined
  if (!USUAL_REFERENCES.includes(String(name))) throw notImplemented(`the coordinate reference system ${String(name)}`)
}
