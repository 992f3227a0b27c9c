import { writeConflict } from '../errors.js'

/** Who may hold locks: an open transaction. `done` resolves when it has ended, in whatever way. */
export interface Holder {
  done: Promise<void>
}

/** A write outside transactions met a document that a transaction has changed: it waits for the end and tries again. */
export class Blocked extends Error {
  constructor(readonly until: Promise<void>) {
    super('waiting for a transaction')
  }
}

/**
 * What open transactions have written, and when each document was last committed while any of them was open. Conflicts are
 * found here, document by document, as MongoDB finds them: whoever comes second is told at once.
 */
export class Locks {
  private readonly holders = new Map<string, Holder>()
  private readonly commits = new Map<string, number>()
  private readonly open = new Set<Holder>()
  private clock = 0

  /** @returns the moment of the transaction's snapshot */
  begin(holder: Holder): number {
    this.open.add(holder)
    return this.clock
  }

  end(holder: Holder, held: Iterable<string>): void {
    for (const name of held) this.holders.delete(name)
    this.open.delete(holder)
    if (this.open.size === 0) this.commits.clear()
  }

  /** @throws MongoError WriteConflict when another transaction holds it, or it was committed after `since` */
  acquire(name: string, holder: Holder, since: number): void {
    const owner = this.holders.get(name)
    if ((owner && owner !== holder) || (this.commits.get(name) ?? -1) > since) throw writeConflict()
    this.holders.set(name, holder)
  }

  /** @throws Blocked when a transaction holds it */
  pass(name: string): void {
    const owner = this.holders.get(name)
    if (owner) throw new Blocked(owner.done)
  }

  /** Notes that a document or key was committed now. */
  committed(name: string): void {
    if (this.open.size > 0) this.commits.set(name, ++this.clock)
  }

  get anyOpen(): boolean {
    return this.open.size > 0
  }
}

/** Names a collection that is being made. */
export const creationLock = (db: string, name: string): string => `create/${db}.${name}`

/** Names a document or an index key, by its table and encoding. */
export const lockName = (table: string, key: Buffer): string => `${table}/${key.toString('latin1')}`
