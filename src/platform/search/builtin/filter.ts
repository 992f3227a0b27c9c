import type { Filter } from '../port.js'
import type { Column, Item } from './columns.js'

/** Says whether the document in a slot passes. */
export type Predicate = (slot: number) => boolean

/** The column of a filterable field; throws `UnknownField` for another field. */
export type Lookup = (field: string) => Column

/** Makes a filter tree a function of the slot. Fields are checked once, here. */
export function compileFilter(filter: Filter, lookup: Lookup): Predicate {
  switch (filter.op) {
    case 'and': {
      const all = filter.filters.map((part) => compileFilter(part, lookup))
      return (slot) => {
        for (const passes of all) if (!passes(slot)) return false
        return true
      }
    }
    case 'or': {
      const any = filter.filters.map((part) => compileFilter(part, lookup))
      return (slot) => {
        for (const passes of any) if (passes(slot)) return true
        return false
      }
    }
    case 'not': {
      const passes = compileFilter(filter.filter, lookup)
      return (slot) => !passes(slot)
    }
    case 'exists': {
      const column = lookup(filter.field)
      return (slot) => column.start(slot) < column.end(slot)
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

/** Whether a value holds is found out once for each distinct one. */
const OPEN = 0
const HOLDS = 1
const FAILS = 2

/** On an array field a condition holds when one item meets it. */
function anyItem(column: Column, holds: (item: Item) => boolean): Predicate {
  const { values, numbers } = column
  const known = new Uint8Array(values.length)
  return (slot) => {
    const end = column.end(slot)
    for (let at = column.start(slot); at < end; at++) {
      const number = numbers[at] as number
      if (number < 0) continue
      if (known[number] === OPEN) known[number] = holds(values[number] as Item) ? HOLDS : FAILS
      if (known[number] === HOLDS) return true
    }
    return false
  }
}

/** Values of another type than the bound's are neither above nor below it. */
const atLeast = (bound: number | string) => (item: Item) =>
  typeof item === typeof bound && item !== null && (item as number | string) >= bound
const atMost = (bound: number | string) => (item: Item) =>
  typeof item === typeof bound && item !== null && (item as number | string) <= bound
