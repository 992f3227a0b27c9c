import { EJSON } from 'bson'
import { type Doc, fieldOf, isDoc } from '../bson/values.js'
import { MongoError } from '../errors.js'

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
      put(makeParent(doc, parents, name), name, value)
    },
    unset() {
      if (Array.isArray(parent)) {
        if (isPlace(name) && Number(name) < parent.length) parent[Number(name)] = null
      } else if (isDoc(parent)) delete parent[name]
    },
  }
}

const isPlace = (name: string): boolean => /^(0|[1-9]\d*)$/.test(name)

function childOf(node: unknown, name: string): unknown {
  if (Array.isArray(node)) return isPlace(name) ? node[Number(name)] : undefined
  return isDoc(node) ? fieldOf(node, name) : undefined
}

function makeParent(doc: Doc, path: readonly string[], last: string): Doc | unknown[] {
  let node: Doc | unknown[] = doc
  for (const [i, name] of path.entries()) {
    let child: unknown = childOf(node, name)
    if (child === undefined) {
      requireContainer(node, name)
      child = {}
      put(node, name, child)
    }
    if (!isDoc(child) && !Array.isArray(child)) throw notViable(path[i + 1] ?? last, name, child)
    node = child
  }
  requireContainer(node, last, path.at(-1))
  return node
}

function requireContainer(node: Doc | unknown[], name: string, ownName = ''): void {
  if (Array.isArray(node) && !isPlace(name)) throw notViable(name, ownName, node)
}

function put(node: Doc | unknown[], name: string, value: unknown): void {
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

function notViable(field: string, element: string, value: unknown): MongoError {
  return new MongoError(
    'PathNotViable',
    `Cannot create field '${field}' in element {${element}: ${EJSON.stringify(value)}}`,
  )
}
