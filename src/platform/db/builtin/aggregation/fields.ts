import { type Doc, isDoc } from '../bson/values.js'

/** A copy of the document with another value at a path; undefined takes the field out. The original stays as it is. */
export function setAt(doc: Doc, path: readonly string[], value: unknown): Doc {
  const [name = '', ...rest] = path
  const inner = doc[name]
  const next = rest.length === 0 ? value : setAt(isDoc(inner) ? inner : {}, rest, value)
  if (next !== undefined) return { ...doc, [name]: next }
  const { [name]: _, ...others } = doc
  return others
}
