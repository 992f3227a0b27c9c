import { fieldOf, isDoc } from '../bson/values.js'

/** A dotted path, taken apart. */
export type Path = readonly string[]

export const parsePath = (path: string): Path => path.split('.')

/** Where in the first array on its way a filter matched: what the positional operator `$` stands for. */
export interface MatchPosition {
  index?: number
}

export type ValueTest = (value: unknown) => boolean

const isIndex = (name: string | undefined): boolean => name !== undefined && /^(0|[1-9]\d*)$/.test(name)

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
    if (leafElements && Array.isArray(node) && enter(node, test)) return true
    return test(node)
  }
  const name = path[depth] ?? ''
  if (Array.isArray(node)) {
    if (isIndex(name) && Number(name) < node.length) {
      const nested = { leafElements }
      if (someAt(node[Number(name)], path, test, nested, depth + 1)) return true
    }
    return enter(node, (element) => isDoc(element) && someAt(element, path, test, { leafElements }, depth))
  }
  return someAt(isDoc(node) ? fieldOf(node, name) : undefined, path, test, options, depth + 1)
}

/** The values at a path as an index or a sort sees them: array elements apart; `array` tells whether one was met. */
export interface PathValues {
  values: unknown[]
  array: boolean
}

/** An empty array at the end of a path counts as this: lower than null. */
export const EMPTY = Symbol('empty array')

export function valuesAt(node: unknown, path: Path, depth = 0): PathValues {
  if (depth === path.length) {
    if (!Array.isArray(node)) return { values: [node], array: false }
    return { values: node.length === 0 ? [EMPTY] : node, array: true }
  }
  const name = path[depth] ?? ''
  if (Array.isArray(node)) {
    if (isIndex(name) && Number(name) < node.length) {
      return { ...valuesAt(node[Number(name)], path, depth + 1), array: true }
    }
    const nested = node.filter(isDoc).flatMap((element) => valuesAt(element, path, depth).values)
    return { values: nested.length > 0 ? nested : [undefined], array: true }
  }
  return valuesAt(isDoc(node) ? fieldOf(node, name) : undefined, path, depth + 1)
}
