import { fieldOf, isDoc } from '../bson/values.js'

/** A dotted path, taken apart. */
export type Path = readonly string[]

export const parsePath = (path: string): Path => path.split('.')

/** The way to a value from itself. An array at its end is not gone through. */
export const ITSELF: Path = []

/** Where in the first array on its way a filter matched: what the positional operator `$` stands for. */
export interface MatchPosition {
  index?: number
}

export type ValueTest = (value: unknown) => boolean

/** Whether a name can be a place in an array. */
export const isPlace = (name: string): boolean => /^(0|[1-9]\d*)$/.test(name)

/**
 * Whether any value that MongoDB sees at a path passes the test. Arrays on the way are entered element by element; an array at
 * the end offers each element and itself (`leafElements` false: only itself); what is absent offers undefined.
 */
export function someAt(
  node: unknown,
  path: Path,
  test: ValueTest,
  options: { leafElements?: boolean; position?: MatchPosition | undefined } = {},
  depth = 0,
): boolean {
  const { leafElements = true, position } = options
  const enter = (elements: readonly unknown[], hit: (element: unknown) => boolean): boolean => {
    const index = elements.findIndex(hit)
    if (index >= 0 && position) position.index = index
    return index >= 0
  }
  if (depth === path.length) {
    if (leafElements && path !== ITSELF && Array.isArray(node) && enter(node, test)) return true
    return test(node)
  }
  const name = path[depth] ?? ''
  if (Array.isArray(node)) {
    if (isPlace(name) && Number(name) < node.length) {
      const picked: unknown = node[Number(name)]
      // What a place at the end of the path picks is taken as it is, an array not gone through.
      if (depth + 1 === path.length) {
        if (test(picked)) return true
      } else if (isDoc(picked) || Array.isArray(picked)) {
        if (someAt(picked, path, test, { leafElements }, depth + 1)) return true
      }
    }
    return enter(node, (element) => isDoc(element) && someAt(element, path, test, { leafElements }, depth))
  }
  return someAt(isDoc(node) ? fieldOf(node, name) : undefined, path, test, options, depth + 1)
}
