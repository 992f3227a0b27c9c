import type { FieldValue, Filter } from '../port.js'

/** Says whether the document in a slot passes. */
export type Predicate = (slot: number) => boolean

/** The value of a filterable field, by slot; throws `UnknownField` for another field. */
export type Lookup = (field: string) => (slot: number) => FieldValue | undefined

type Item = string | number | boolean | null

/** Makes a filter tree a function of the slot. Fields are checked once, here. */
export function compileFilter(filter: Filter, lookup: Lookup): Predicate {
  switch (filter.op) {
    case 'and': {
      const all = filter.filters.map((part) => compileFilter(part, lookup))
      return (slot) => all.every((passes) => passes(slot))
    }
    case 'or': {
      const any = filter.filters.map((part) => compileFilter(part, lookup))
      return (slot) => any.some((passes) => passes(slot))
    }
    case 'not': {
      const passes = compileFilter(filter.filter, lookup)
      return (slot) => !passes(slot)
    }
    case 'exists': {
      const value = lookup(filter.field)
      return (slot) => value(slot) !== undefined
    }
    case 'eq': {
      const wanted = filter.value
      return anyItem(lookup(filter.field), (item) => item === wanted)
    }
    case 'in': {
      const wanted = new Set<Item>(filter.values)
      return anyItem(lookup(filter.field), (item) => wanted.has(item))
    }
    case 'gte':
      return anyItem(lookup(filter.field), atLeast(filter.value))
    case 'lte':
      return anyItem(lookup(filter.field), atMost(filter.value))
    case 'between': {
      const above = atLeast(filter.from)
      const below = atMost(filter.to)
      return anyItem(lookup(filter.field), (item) => above(item) && below(item))
    }
  }
}

/** On an array field a condition holds when one item meets it. */
function anyItem(value: (slot: number) => FieldValue | undefined, holds: (item: Item) => boolean): Predicate {
  return (slot) => {
    const found = value(slot)
    if (found === undefined) return false
    if (!isList(found)) return holds(found)
    for (const item of found) if (holds(item)) return true
    return false
  }
}

const isList = (value: FieldValue): value is readonly string[] | readonly number[] => Array.isArray(value)

/** Values of another type than the bound's are neither above nor below it. */
const atLeast = (bound: number | string) => (item: Item) =>
  typeof item === typeof bound && item !== null && (item as number | string) >= bound
const atMost = (bound: number | string) => (item: Item) =>
  typeof item === typeof bound && item !== null && (item as number | string) <= bound
