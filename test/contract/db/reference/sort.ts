import type { Document } from 'bson'
import { CODE, EMPTY_ARRAY, isObject, order, Refused, type StringOrder, type Value } from './values.js'

/**
 * Documents in the order of a sort. An array counts by one of its elements, the least going up and the greatest going down; for
 * several fields of one array's elements they are those of the same element.
 */
export function sorted(docs: readonly Document[], sort: Document, strings?: StringOrder): Document[] {
  const fields = Object.entries(sort).map(([name, direction]) => ({
    path: name.split('.'),
    direction: Number(direction),
  }))
  const compareKeys = (a: readonly Value[], b: readonly Value[]): number => {
    for (const [i, { direction }] of fields.entries()) {
      const by = order(a[i] ?? null, b[i] ?? null, strings) * direction
      if (by !== 0) return by
    }
    return 0
  }
  const least = (doc: Document): Value[] =>
    keysOf(fields.map(({ path }) => ({ node: doc, path }))).reduce((best, key) =>
      compareKeys(key, best) < 0 ? key : best,
    )
  return docs
    .map((doc) => ({ doc, key: least(doc) }))
    .sort((a, b) => compareKeys(a.key, b.key))
    .map(({ doc }) => doc)
}

/** An array that is an element itself is a value like any other. */
class Settled {
  constructor(readonly value: Value) {}
}

/** What is left to walk of one field: done when the path is empty. */
interface Walk {
  node: Value
  path: readonly string[]
}

/**
 * The keys that an index over these fields would hold of a document: one for each element of the one array that the fields lead
 * into, undefined where a field is missing. Elements that are no documents have no fields.
 * @throws Refused where two fields lead into arrays that are not the same one
 */
export function keysOf(walks: readonly Walk[]): Value[][] {
  const ahead = walks.map(toArrayOrEnd)
  const arrays = new Set(ahead.filter(({ node }) => Array.isArray(node)).map(({ node }) => node as Value[]))
  const [array, other] = arrays
  if (array === undefined) return [ahead.map(({ node }) => (node instanceof Settled ? node.value : node))]
  if (other !== undefined) throw new Refused(CODE.BadValue)
  const elements = array.length > 0 ? array : [EMPTY_ARRAY]
  return elements.flatMap((element) =>
    keysOf(
      ahead.map((walk) => (walk.node === array ? within(element, walk.path) : { node: settled(walk.node), path: [] })),
    ),
  )
}

/** Along documents until an array, or the end of the path. */
function toArrayOrEnd({ node, path }: Walk): Walk {
  const [name, ...rest] = path
  if (name === undefined || Array.isArray(node)) return { node, path }
  if (!isObject(node) || !Object.hasOwn(node, name)) return { node: undefined, path: [] }
  return toArrayOrEnd({ node: node[name], path: rest })
}

const within = (element: Value, path: readonly string[]): Walk =>
  path.length === 0 ? { node: settled(element), path } : { node: isObject(element) ? element : undefined, path }

const settled = (value: Value): Value => (Array.isArray(value) ? new Settled(value) : value)
