/** A vector in one byte a dimension: its direction is what counts, and keeps within about a hundredth. */
export function inBytes(vector: Float32Array): Int8Array {
  const largest = vector.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  const scale = largest > 0 ? 127 / largest : 0
  return Int8Array.from(vector, (value) => Math.round(value * scale))
}

/** Cosine, -1 to 1; 0 where one says nothing, and between vectors of different dimensions. */
export function cosine(a: Int8Array, b: Int8Array): number {
  if (a.length !== b.length) return 0
  let [dot, ofA, ofB] = [0, 0, 0]
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i] ?? 0, b[i] ?? 0]
    dot += x * y
    ofA += x * x
    ofB += y * y
  }
  return ofA > 0 && ofB > 0 ? dot / Math.sqrt(ofA * ofB) : 0
}

/**
 * How far each stands out, 0 to 1: the nearest has 1, the usual one 0. Models differ in how near they find any two texts, so that a cosine
 * alone says little.
 */
export function standingOut(cosines: ReadonlyMap<string, number>): Map<string, number> {
  const values = [...cosines.values()]
  const usual = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
  const range = Math.max(...values) - usual
  return new Map([...cosines].map(([id, value]) => [id, range > 0 ? Math.max(0, (value - usual) / range) : 0]))
}
