import type { Document } from 'bson'
import { matches } from './filter.js'
import { keysOf } from './sort.js'
import { same, type Value } from './values.js'

/** Whether two documents have a key in common in an index, as `createIndexes` describes it. */
export function collide(a: Document, b: Document, spec: Document): boolean {
  const others = keysIn(b, spec)
  return keysIn(a, spec).some((key) =>
    others.some((other) => key.every((value, i) => same(value ?? null, other[i] ?? null))),
  )
}

/** A partial index holds the documents that its filter matches, a sparse one the keys of which a field is there. */
function keysIn(doc: Document, { key, sparse, partialFilterExpression }: Document): Value[][] {
  if (partialFilterExpression && !matches(doc, partialFilterExpression)) return []
  const keys = keysOf(Object.keys(key).map((name) => ({ node: doc, path: name.split('.') })))
  return sparse ? keys.filter((values) => values.some((value) => value !== undefined)) : keys
}
