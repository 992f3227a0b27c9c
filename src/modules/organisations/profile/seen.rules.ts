import { createHash } from 'node:crypto'
import type { FormTree } from '../forms/tree.rules.js'

/**
 * A mark of what somebody had before him when he began to write: sent back with the form, it tells whether another has
 * written the same part meanwhile. Colleagues who write different parts do not stand in each other's way.
 */
export const seenMark = (tree: FormTree): string =>
  createHash('sha256').update(JSON.stringify(tree)).digest('hex').slice(0, 24)

/** Where the item that somebody saw is now, other items having come or gone; -1 when it is not there as he saw it. */
export function whereNow(items: readonly FormTree[], at: number, mark: string): number {
  const seen = (item: FormTree | undefined) => item !== undefined && seenMark(item) === mark
  return seen(items[at]) ? at : items.findIndex(seen)
}
