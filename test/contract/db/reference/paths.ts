import { isObject, type Value } from './values.js'

/** A value that a filter looks at: undefined where there is none; `place` is where in the outermost array on the way it was. */
export interface Seen {
  value: Value
  place?: number
}

/**
 * What a filter sees at a path. Arrays on the way are gone through element by element, of which only documents are entered; a
 * number in the path also picks an element of an array, and what it picks at the end of the path is taken as it is.
 * @param elements whether an array at the end offers its elements before itself
 */
export function seenAt(node: Value, path: readonly string[], elements = true): Seen[] {
  const [name, ...rest] = path
  if (name === undefined) {
    if (!Array.isArray(node)) return [{ value: node }]
    return [...(elements ? node.map((value, place) => ({ value, place })) : []), { value: node }]
  }
  if (Array.isArray(node)) return seenInArray(node, path, elements)
  return seenAt(isObject(node) && Object.hasOwn(node, name) ? node[name] : undefined, rest, elements)
}

function seenInArray(array: readonly Value[], path: readonly string[], elements: boolean): Seen[] {
  const [name, ...rest] = path
  return array.flatMap((element, place) => {
    const within = isObject(element) ? seenAt(element, path, elements).map((seen) => ({ ...seen, place })) : []
    if (String(place) !== name) return within
    if (rest.length === 0) return [...within, { value: element }]
    const picked = isObject(element) || Array.isArray(element) ? seenAt(element, rest, elements) : []
    return [...within, ...picked]
  })
}
