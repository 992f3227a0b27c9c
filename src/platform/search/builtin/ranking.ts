import type { FieldValue, Sort } from '../port.js'

/** Orders two slots; never 0 for different documents. */
export type Order = (a: number, b: number) => number

const collator = new Intl.Collator('vi')

/** The best `count` of the slots, in order. A heap keeps it linear in the slots for the usual small page. */
export function best(slots: readonly number[], count: number, order: Order): number[] {
  if (count <= 0) return []
  if (count * 4 >= slots.length) return [...slots].sort(order).slice(0, count)
  const heap: number[] = []
  for (const slot of slots) {
    if (heap.length < count) siftUp(heap, slot, order)
    else if (order(slot, heap[0] ?? slot) < 0) siftDown(heap, slot, order)
  }
  return heap.sort(order)
}

/** Adds a slot to a heap whose root is the worst. */
function siftUp(heap: number[], slot: number, order: Order): void {
  let at = heap.push(slot) - 1
  while (at > 0) {
    const parent = (at - 1) >>> 1
    const above = heap[parent] ?? slot
    if (order(slot, above) <= 0) break
    heap[at] = above
    at = parent
  }
  heap[at] = slot
}

/** Replaces the root. */
function siftDown(heap: number[], slot: number, order: Order): void {
  let at = 0
  for (;;) {
    let child = 2 * at + 1
    if (child >= heap.length) break
    const right = heap[child + 1]
    if (right !== undefined && order(right, heap[child] ?? right) > 0) child++
    const worse = heap[child] ?? slot
    if (order(worse, slot) <= 0) break
    heap[at] = worse
    at = child
  }
  heap[at] = slot
}

/** By the sort fields, then by score, then by id. `value` reads a field of a slot. */
export function makeOrder(
  sort: readonly Sort[],
  value: (field: string, slot: number) => FieldValue | undefined,
  score: (slot: number) => number,
  id: (slot: number) => string,
): Order {
  return (a, b) => {
    for (const { field, order } of sort) {
      const compared = compareValues(value(field, a), value(field, b), order === 'asc' ? 1 : -1)
      if (compared !== 0) return compared
    }
    return score(b) - score(a) || compareIds(id(a), id(b))
  }
}

/** Documents without a value come last in either direction; of a list the first item counts; text in Vietnamese order. */
function compareValues(a: FieldValue | undefined, b: FieldValue | undefined, direction: 1 | -1): number {
  const left = scalar(a)
  const right = scalar(b)
  if (left === null || right === null) return Number(left === null) - Number(right === null)
  if (typeof left === 'string' && typeof right === 'string') return direction * collator.compare(left, right)
  if (typeof left === typeof right) return direction * (Number(left) - Number(right))
  return typeof left < typeof right ? -direction : direction
}

function scalar(value: FieldValue | undefined): string | number | boolean | null {
  if (value === undefined) return null
  return Array.isArray(value) ? (value[0] ?? null) : (value as string | number | boolean | null)
}

export const compareIds = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
