import type { FieldScore } from './service-profiles.rules.js'

/**
 * Where a text stands in the field: its share of each kind of work, services and other trades alike, as a vector of length 1, strongest
 * first; empty when it is near to nothing. A text of two words and one of two pages can be compared by it, and one in English with one in Vietnamese,
 * though they share no word (explicit semantic analysis: Gabrilovich and Markovitch, IJCAI 2007).
 */
export type FieldVector = ReadonlyMap<string, number>

/** From this standing on among all kinds of work, in standard deviations, a text has something of one. */
const LEAST = 1.8
/** Above it the nearest counts more than in proportion. */
const SHARPNESS = 1.5
/** What comes after these is noise, and each is stored with every firm. */
const MOST = 8

/** The vector of a text's scores, a score for each kind of work. */
export function fieldVector(scores: readonly FieldScore[]): FieldVector {
  const standing = scores
    .map(({ id, standing }) => [id, Math.max(0, standing - LEAST) ** SHARPNESS] as const)
    .filter(([, weight]) => weight > 0)
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
  return ofLengthOne(standing.slice(0, MOST))
}

/** What a firm's own list says beside its text, as a part of what its text says most. */
const LISTED = 0.7

/** What another trade's id begins with, among those of services. */
export const OTHER = '!'

/** A vector's services, without other trades. */
export const servicesIn = (vector: FieldVector) => [...vector].filter(([id]) => !id.startsWith(OTHER))

/** The vector with the services that a firm lists. */
export function withListed(vector: FieldVector, services: readonly string[]): FieldVector {
  const most = Math.max(...vector.values(), 0) || 1
  const listed = services.map((id) => [id, Math.max(vector.get(id) ?? 0, LISTED * most)] as const)
  return ofLengthOne([...new Map([...vector, ...listed])])
}

/** The vector without some kinds of work. */
export const without = (vector: FieldVector, ids: readonly string[]): FieldVector =>
  ofLengthOne([...vector].filter(([id]) => !ids.includes(id)))

/** How near two texts are in the field, 0 to 1: the cosine of their vectors. */
export function fieldNearness(a: FieldVector, b: FieldVector): number {
  let sum = 0
  for (const [id, weight] of a) sum += weight * (b.get(id) ?? 0)
  return sum
}

/** As one word of a document, and back. */
export const writeVector = (vector: FieldVector): string =>
  [...vector].map(([id, weight]) => `${id}=${weight.toFixed(2)}`).join(' ')

export function readVector(written: string): FieldVector {
  const parts = written.split(' ').filter((part) => part !== '')
  return new Map(parts.map((part) => [part.slice(0, part.indexOf('=')), Number(part.slice(part.indexOf('=') + 1))]))
}

/** The weights as a vector of length 1; empty where all are 0. */
export function ofLengthOne(weights: readonly (readonly [string, number])[]): FieldVector {
  const length = Math.sqrt(weights.reduce((sum, [, weight]) => sum + weight * weight, 0))
  return new Map(length > 0 ? weights.map(([id, weight]) => [id, weight / length]) : [])
}
