import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { Item } from './collections.js'

/** Documents by _id as they are after a write; null where it removes one. */
export type Change = ReadonlyMap<string, Item | null>

/** One state of a writer's documents, and when the write that led to it was sent and acknowledged, in ticks that all writers share. */
interface Moment {
  digest: string
  sent: number
  acknowledged: number
}

/** What one writer has been promised: its documents as of its last acknowledged write, and the write it has no answer to. */
export class Ledger {
  readonly kept = new Map<string, Item>()
  readonly history: Moment[] = [{ digest: digestOf([]), sent: 0, acknowledged: 0 }]
  private pending: Change = new Map()
  private sent = 0

  constructor(
    readonly owner: number,
    private readonly tick: () => number,
  ) {}

  attempt(change: Change): void {
    this.pending = change
    this.sent = this.tick()
  }

  acknowledge(): void {
    for (const [id, item] of this.pending) {
      if (item) this.kept.set(id, item)
      else this.kept.delete(id)
    }
    if (this.pending.size > 0) {
      this.history.push({ digest: digestOf([...this.kept.values()]), sent: this.sent, acknowledged: this.tick() })
    }
    this.pending = new Map()
  }

  /**
   * Holds what is stored of this writer against what was promised. The write without an answer may have happened or not, but not
   * in part; from now on it counts as it was found.
   * @returns what is wrong, in words
   */
  settle(stored: readonly Item[]): string[] {
    const found = new Map(stored.map((item) => [item._id, item]))
    const isAs = (id: string, expected: Item | null | undefined) =>
      isDeepStrictEqual(found.get(id) ?? null, expected ?? null)
    const happened = [...this.pending].filter(([id, item]) => isAs(id, item))
    const not = [...this.pending.keys()].filter((id) => isAs(id, this.kept.get(id)))
    const whole = happened.length === this.pending.size || not.length === this.pending.size
    const problems = whole ? [] : [`torn: a write of ${this.pending.size} documents is there in part`]
    if (happened.length === this.pending.size) this.acknowledge()
    for (const [id, item] of this.kept) {
      if (this.pending.has(id) || isAs(id, item)) continue
      const there = found.get(id)
      problems.push(there && there.v > item.v ? `twice: ${id} was changed more than once` : `lost: ${id}`)
    }
    for (const id of found.keys()) {
      if (!this.kept.has(id) && !this.pending.has(id)) problems.push(`lost: the removal of ${id}`)
    }
    this.pending = new Map()
    // What is wrong is told once.
    if (problems.length > 0) this.take(found)
    return problems
  }

  private take(found: ReadonlyMap<string, Item>): void {
    this.kept.clear()
    for (const [id, item] of found) this.kept.set(id, item)
  }
}

/** The same for the same documents, in whatever order they stand. */
export function digestOf(items: readonly Item[]): string {
  const lines = items.map((item) => JSON.stringify(item)).sort()
  return createHash('sha1').update(lines.join('\n')).digest('hex')
}
