import { compare } from '../bson/compare.js'
import { encodeKey } from '../bson/key.js'
import type { Doc } from '../bson/values.js'

interface Part {
  key: unknown
  docs: Doc[]
}

/** Documents with equal keys, the least key first. */
export function partitions(documents: Iterable<Doc>, keyOf: (doc: Doc) => unknown): Part[] {
  const parts = new Map<string, Part>()
  for (const doc of documents) {
    const key = keyOf(doc)
    const name = encodeKey(key).toString('latin1')
    const part = parts.get(name)
    if (part) part.docs.push(doc)
    else parts.set(name, { key, docs: [doc] })
  }
  return [...parts.values()].sort((a, b) => compare(a.key, b.key))
}
