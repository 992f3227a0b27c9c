import type { Column, Item } from './columns.js'

/** Orders two slots, or two of whatever is ranked; never 0 for different ones. */
export type Order<T = number> = (a: T, b: T) => number

/** The best `count`, in order. A heap keeps it linear in their number for the usual small page. */
export function best<T>(slots: Iterable<T> & ArrayLike<T>, count: number, order: Order<T>): T[] {
  if (count <= 0) return []
  if (count * 4 >= slots.length) return [...slots].sort(order).slice(0, count)
  const heap: T[] = []
  for (const slot of slots) {
    if (heap.length < count) siftUp(heap, slot, order)
    else if (order(slot, heap[0] ?? slot) < 0) siftDown(heap, slot, order)
  }
  return heap.sort(order)
}

/** Adds a slot to a heap whose root is the worst. */
function siftUp<T>(heap: T[], slot: T, order: Order<T>): void {
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
function siftDown<T>(heap: T[], slot: T, order: Order<T>): void {
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

/** The best `count` of the admitted slots by score, then by id; most are told by their score alone. */
export function bestScored(
  slots: Iterable<number>,
  count: number,
  scores: Float32Array,
  id: (slot: number) => string,
  admits: (slot: number) => boolean = () => true,
): number[] {
  if (count <= 0) return []
  const order: Order = (a, b) => (scores[b] as number) - (scores[a] as number) || compareIds(id(a), id(b))
  const heap: number[] = []
  for (const slot of slots) {
    if (heap.length < count) {
      if (admits(slot)) siftUp(heap, slot, order)
    } else {
      const worst = heap[0] as number
      if ((scores[slot] as number) < (scores[worst] as number)) continue
      if (order(slot, worst) < 0 && admits(slot)) siftDown(heap, slot, order)
    }
  }
  return heap.sort(order)
}

/** A field to sort by. */
export interface SortColumn {
  column: Column
  order: 'asc' | 'desc'
}

/** By the sort columns, then by score, then by id. */
export function makeOrder(
  sort: readonly SortColumn[],
  score: (slot: number) => number,
  id: (slot: number) => string,
): Order {
  const columns = sort.map(({ column, order }) => compareBy(column, order === 'asc' ? 1 : -1))
  return (a, b) => {
    for (const compare of columns) {
      const compared = compare(a, b)
      if (compared !== 0) return compared
    }
    return score(b) - score(a) || compareIds(id(a), id(b))
  }
}

/** Documents without a value come last in either direction; of a list the first item counts; text in Vietnamese order. */
function compareBy(column: Column, direction: 1 | -1): Order {
  const ranks = column.order()
  const key = (slot: number): Item => {
    const value = column.first(slot)
    return typeof value === 'string' ? (ranks[column.firstNumber(slot)] ?? 0) : value
  }
  return (a, b) => {
    const [left, right] = [column.first(a), column.first(b)]
    if (left === null || right === null) return Number(left === null) - Number(right === null)
    if (typeof left !== typeof right) return typeof left < typeof right ? -direction : direction
    return direction * (Number(key(a)) - Number(key(b)))
  }
}

export const compareIds = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
