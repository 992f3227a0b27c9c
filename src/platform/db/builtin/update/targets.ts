import { EJSON } from 'bson'
import { type Doc, fieldOf, isDoc } from '../bson/values.js'
import { MongoError } from '../errors.js'
import { isPlace } from '../query/paths.js'

/** MongoDB refuses to fill an array with more nulls than this to reach a place in it. */
const MAX_BACKFILL = 1_500_000

/** One place in a document that an operator reads and changes. */
export interface Target {
  path: readonly string[]
  /** undefined where there is nothing yet */
  value: unknown
  set(value: unknown): void
  /** Removes a field; an element of an array becomes null and keeps its place. */
  unset(): void
  /** @throws MongoError PathNotViable where nothing could ever be, since a value that has no fields is in the way */
  requireViable(): void
}

/** The place at a concrete path. It is made, with the documents on the way, when something is set. */
export function targetAt(doc: Doc, path: readonly string[]): Target {
  const parents = path.slice(0, -1)
  const name = path.at(-1) ?? ''
  const parent = parents.reduce<unknown>(childOf, doc)
  return {
    path,
    value: childOf(parent, name),
    set(value) {
      requireViable(doc, path)
      put(parents.reduce(makeChild, doc as Container), name, value)
    },
    unset() {
      if (Array.isArray(parent)) {
        if (isPlace(name) && Number(name) < parent.length) parent[Number(name)] = null
      } else if (isDoc(parent)) delete parent[name]
    },
    requireViable: () => requireViable(doc, path),
  }
}

type Container = Doc | unknown[]

function childOf(node: unknown, name: string): unknown {
  if (Array.isArray(node)) return isPlace(name) ? node[Number(name)] : undefined
  return isDoc(node) ? fieldOf(node, name) : undefined
}

function makeChild(node: Container, name: string): Container {
  if (childOf(node, name) === undefined) put(node, name, {})
  return childOf(node, name) as Container
}

function requireViable(doc: Doc, path: readonly string[]): void {
  let node: unknown = doc
  for (const [i, name] of path.entries()) {
    if (node === undefined) return
    if (!isDoc(node) && !(Array.isArray(node) && isPlace(name))) {
      throw new MongoError(
        'PathNotViable',
        `Cannot create field '${name}' in element {${path[i - 1]}: ${EJSON.stringify(node)}}`,
      )
    }
    node = childOf(node, name)
  }
}

function put(node: Container, name: string, value: unknown): void {
  if (Array.isArray(node)) {
    const place = Number(name)
    if (place - node.length > MAX_BACKFILL) {
      throw new MongoError('BadValue', `can't backfill more than ${MAX_BACKFILL} elements`)
    }
    while (node.length < place) node.push(null)
    node[place] = value
  } else if (name === '__proto__') {
    Object.defineProperty(node, name, { value, enumerable: true, configurable: true, writable: true })
  } else node[name] = value
}
