/** A place on the sphere as a unit vector. */
export type Vector = readonly [number, number, number]

/** An arc of a great circle, the shorter way from one place to the other. */
export type Edge = readonly [Vector, Vector]

/** Radius that MongoDB gives the earth, in metres. */
export const EARTH_RADIUS_M = 6_378_100

/** What lies closer than this (in radians; less than a centimetre on the earth) touches. */
const TOUCHING = 1e-9
/** Rounding of unit vectors, with some room. */
const ROUNDING = 4e-16

/** @param position longitude and latitude in degrees */
export function toVector([longitude, latitude]: readonly [number, number]): Vector {
  const [lambda, phi] = [(longitude * Math.PI) / 180, (latitude * Math.PI) / 180]
  return [Math.cos(phi) * Math.cos(lambda), Math.cos(phi) * Math.sin(lambda), Math.sin(phi)]
}

const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
const minus = (a: Vector, b: Vector): Vector => [a[0] - b[0], a[1] - b[1], a[2] - b[2]]
const length = (a: Vector): number => Math.hypot(...a)

const cross = (a: Vector, b: Vector): Vector => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
]

export const antipode = ([x, y, z]: Vector): Vector => [-x, -y, -z]

function middle([a, b]: Edge): Vector {
  const sum = minus(a, antipode(b))
  const size = length(sum)
  return [sum[0] / size, sum[1] / size, sum[2] / size]
}

/** The ends of an edge and its middle. */
export const placesOn = (edge: Edge): Vector[] => [...edge, middle(edge)]

/** The angle between two places, in radians. */
export const angle = (a: Vector, b: Vector): number => Math.atan2(length(cross(a, b)), dot(a, b))

/**
 * The triple product of a, b and p: above 0 where p lies to the left of the way from a to b, 0 where that cannot be told.
 * Taken from differences, so that it says something of places that are close to each other.
 */
function side([a, b]: Edge, p: Vector): number {
  const [ahead, aside] = [minus(b, a), minus(p, a)]
  const product = dot(a, cross(ahead, aside))
  return Math.abs(product) > ROUNDING * Math.max(length(ahead), length(aside)) ? product : 0
}

/** The angle between a place and the nearest one of an arc, in radians. */
export function angleToEdge(p: Vector, edge: Edge): number {
  const [a, b] = edge
  const normal = cross(a, b)
  const foot = cross(cross(normal, p), normal)
  const beside = dot(cross(a, foot), normal) > 0 && dot(cross(foot, b), normal) > 0
  if (!beside) return Math.min(angle(p, a), angle(p, b))
  return Math.asin(Math.min(1, Math.abs(side(edge, p)) / length(normal)))
}

export const isSame = (a: Vector, b: Vector): boolean => angle(a, b) < TOUCHING
export const touches = (p: Vector, edge: Edge): boolean => angleToEdge(p, edge) < TOUCHING

/** Whether two arcs cross; undefined where an end of one lies on the other's circle, as far as numbers tell. */
export function crossing(one: Edge, other: Edge): boolean | undefined {
  const [start, end] = other.map((p) => side(one, p)) as [number, number]
  const [from, to] = one.map((p) => side(other, p)) as [number, number]
  if (start * end > 0 || from * to > 0) return false
  if (start * end * from * to === 0) return undefined
  return start > 0 === to > 0
}

/** Whether two arcs have a place in common. */
export const meet = (one: Edge, other: Edge): boolean =>
  crossing(one, other) === true || one.some((end) => touches(end, other)) || other.some((end) => touches(end, one))

export const edgesOf = (line: readonly Vector[]): Edge[] =>
  line.slice(1).map((end, i) => [line[i] ?? end, end] as const)

/** The edges of a closed ring, turned so that the smaller part of the sphere lies to their left. */
export function ringOf(places: readonly Vector[]): Edge[] {
  const [first, ...rest] = places
  if (!first) return []
  const area = edgesOf(rest).reduce((sum, [b, c]) => {
    const product = dot(first, cross(minus(b, first), minus(c, first)))
    return sum + 2 * Math.atan2(product, 1 + dot(first, b) + dot(b, c) + dot(c, first))
  }, 0)
  const whole = 4 * Math.PI
  const left = (area + whole) % whole
  const closed = [...places, first]
  return edgesOf(left > whole / 2 ? closed.reverse() : closed)
}

/** Whether a place lies to the left of a ring, or on it. */
export function ringHolds(ring: readonly Edge[], p: Vector): boolean {
  if (ring.some((edge) => touches(p, edge))) return true
  for (const edge of ring) {
    // Who comes to the middle of an edge from its left has come from inside, unless he crossed other edges an odd number of times.
    const own = side(edge, p)
    const way: Edge = [p, middle(edge)]
    const crossings = ring.filter((other) => other !== edge).map((other) => crossing(way, other))
    if (own !== 0 && !crossings.includes(undefined)) return own > 0 === (crossings.filter(Boolean).length % 2 === 0)
  }
  return false
}
