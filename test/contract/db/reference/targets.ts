import type { Document } from 'bson'
import { CODE, isObject, Refused, type Value } from './values.js'

const isPlace = (name: string): boolean => /^\d+$/.test(name)

/**
 * The value at a path in which numbers are places in arrays; undefined where there is none.
 * @param strict whether it is a mistake if nothing could ever be there, since a text or a number is in the way
 */
export function valueAt(doc: Value, path: readonly string[], strict: boolean): Value {
  let node = doc
  for (const name of path) {
    if (node === undefined) return undefined
    if (Array.isArray(node) && isPlace(name)) node = node[Number(name)]
    else if (isObject(node)) node = Object.hasOwn(node, name) ? node[name] : undefined
    else if (strict) throw new Refused(CODE.PathNotViable)
    else return undefined
  }
  return node
}

/** Puts a value at a path; documents on the way are made, an array is filled up with nulls. */
export function setAt(doc: Document, path: readonly string[], value: Value): void {
  const [name = '', ...rest] = path
  const existing = valueAt(doc, [name], true)
  if (rest.length > 0 && existing !== undefined) {
    if (!isObject(existing) && !Array.isArray(existing)) throw new Refused(CODE.PathNotViable)
    setAt(existing as Document, rest, value)
    return
  }
  const made = rest.reduceRight<Value>((inner, each) => ({ [each]: inner }), value)
  if (Array.isArray(doc)) while (doc.length < Number(name)) doc.push(null)
  doc[name] = made
}

/** Takes a field out; an element of an array becomes null. */
export function removeAt(doc: Document, path: readonly string[]): void {
  const parent = valueAt(doc, path.slice(0, -1), false)
  const name = path.at(-1) ?? ''
  if (Array.isArray(parent)) {
    if (isPlace(name) && Number(name) < parent.length) parent[Number(name)] = null
  } else if (isObject(parent)) delete parent[name]
}
