import type { StringOrder } from '../bson/compare.js'
import { type Doc, fieldOf, isDoc } from '../bson/values.js'
import { MongoError } from '../errors.js'
import { compileFilter } from '../query/filter.js'
import type { ValueTest } from '../query/paths.js'

export type ArrayFilters = ReadonlyMap<string, ValueTest>

/**
 * Compiles `arrayFilters`: for each identifier the test of an element.
 * @throws MongoError FailedToParse where a filter names no identifier or more than one, or one is named twice
 */
export function parseArrayFilters(filters: unknown, strings?: StringOrder): ArrayFilters {
  const compiled = new Map<string, ValueTest>()
  for (const filter of Array.isArray(filters) ? filters : []) {
    const names = new Set(isDoc(filter) ? identifiersOf(filter) : [])
    const [name] = names
    if (name === undefined || names.size > 1) {
      throw new MongoError('FailedToParse', 'Error parsing array filter: expected a single top-level field name')
    }
    if (!/^[a-z][a-zA-Z0-9]*$/.test(name)) {
      throw new MongoError(
        'BadValue',
        `Error parsing array filter: The top-level field name must be an alphanumeric string beginning with a lowercase letter, found '${name}'`,
      )
    }
    if (compiled.has(name)) {
      throw new MongoError('FailedToParse', `Found multiple array filters with the same top-level field name ${name}`)
    }
    const matches = compileFilter(filter, { strings })
    compiled.set(name, (element) => matches({ [name]: element }))
  }
  return compiled
}

function identifiersOf(filter: Doc): string[] {
  return Object.entries(filter).flatMap(([name, operand]) =>
    name.startsWith('$') && Array.isArray(operand)
      ? operand.filter(isDoc).flatMap(identifiersOf)
      : [name.split('.')[0] ?? ''],
  )
}

const IDENTIFIER = /^\$\[(.*)\]$/

/** The identifiers of `$[identifier]` in a path. */
export function identifiersIn(path: readonly string[]): string[] {
  return path.flatMap((name) => IDENTIFIER.exec(name)?.[1] || [])
}

/**
 * The concrete paths that a path with `$`, `$[]` or `$[identifier]` stands for in a document.
 * @throws MongoError BadValue where what should be an array is none, or the query has matched no element
 */
export function expandPath(
  doc: Doc,
  path: readonly string[],
  filters: ArrayFilters,
  position: number | undefined,
): string[][] {
  const expand = (node: unknown, depth: number, done: string[]): string[][] => {
    const name = path[depth]
    if (name === undefined) return [done]
    if (name === '$') {
      if (position === undefined) {
        throw new MongoError('BadValue', 'The positional operator did not find the match needed from the query.')
      }
      const place = String(position)
      return expand(fieldOf(node, place), depth + 1, [...done, place])
    }
    const identifier = IDENTIFIER.exec(name)?.[1]
    if (identifier === undefined) return expand(fieldOf(node, name), depth + 1, [...done, name])
    return elementsOf(node, done, identifier, filters).flatMap((place) =>
      expand(fieldOf(node, place), depth + 1, [...done, place]),
    )
  }
  return expand(doc, 0, [])
}

function elementsOf(node: unknown, path: readonly string[], identifier: string, filters: ArrayFilters): string[] {
  if (node === undefined) {
    throw new MongoError(
      'BadValue',
      `The path '${path.join('.')}' must exist in the document in order to apply array updates.`,
    )
  }
  if (!Array.isArray(node)) {
    throw new MongoError('BadValue', `Cannot apply array updates to non-array element ${path.at(-1)}`)
  }
  const test = filters.get(identifier)
  return node.flatMap((element, place) => (identifier === '' || test?.(element) ? [String(place)] : []))
}
