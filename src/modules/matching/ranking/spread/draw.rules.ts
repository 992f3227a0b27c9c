/** A number from 0 up to 1 for a name, as if drawn by lot. */
export type Draw = (name: string) => number

/**
 * Lots for one occasion: the same name draws the same number as long as the occasion is the same, and another on another (FNV-1a,
 * finished as MurmurHash3 does it, so that like names do not draw alike).
 */
export function lotsFor(occasion: string): Draw {
  const begun = hashed(OFFSET, `${occasion}\n`)
  return (name) => finished(hashed(begun, name)) / 2 ** 32
}

const OFFSET = 0x811c9dc5
const PRIME = 0x01000193

function hashed(from: number, text: string): number {
  let state = from
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    state = Math.imul(state ^ (unit & 0xff), PRIME)
    state = Math.imul(state ^ (unit >>> 8), PRIME)
  }
  return state
}

function finished(state: number): number {
  let mixed = Math.imul(state ^ (state >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}
