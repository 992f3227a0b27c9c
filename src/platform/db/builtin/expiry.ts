import { messageOf } from '../../../kernel/errors.js'
import { window } from './commands/find.js'
import type { Cursors } from './cursors.js'
import type { Engine } from './engine.js'
import type { Sessions } from './sessions.js'
import type { Collection } from './storage/collection.js'
import type { Index } from './storage/indexes.js'
import { Blocked } from './storage/locks.js'
import { compileQuery, match } from './storage/match.js'

/** Documents removed in one piece, so that others are not kept waiting. */
const PORTION = 500

/** Removes what has had its time: documents of TTL indexes, idle cursors, outcomes of old sessions. */
export class Expiry {
  private timer: NodeJS.Timeout | undefined

  constructor(
    private readonly engine: Engine,
    private readonly sessions: Sessions,
    private readonly cursors: Cursors,
    private readonly log: (message: string) => void,
  ) {}

  every(seconds: number): void {
    this.stop()
    this.timer = setInterval(() => this.sweep(new Date()), seconds * 1000)
    this.timer.unref()
  }

  stop(): void {
    clearInterval(this.timer)
  }

  private sweep(now: Date): void {
    try {
      this.cursors.killIdle(now.getTime())
      this.sessions.forgetOld(now.getTime())
      for (const collection of this.engine.catalog.all()) {
        for (const index of collection.indexes) this.expire(collection, index, now)
      }
    } catch (error) {
      this.log(`expiry failed: ${messageOf(error)}`)
    }
  }

  private expire(collection: Collection, index: Index, now: Date): void {
    const seconds = index.expireAfterSeconds
    const field = index.fields[0]?.name
    if (seconds === undefined || field === undefined) return
    const due = compileQuery({
      filter: { $and: [{ [field]: { $lte: new Date(now.getTime() - seconds * 1000) } }, index.partial ?? {}] },
    })
    const view = this.engine.direct
    for (const entry of [...window(match(view, collection, due), 0, PORTION, (each) => each)]) {
      try {
        this.engine.store.atomically(() => view.remove(collection, entry))
      } catch (error) {
        // A transaction is at it: it will be met again.
        if (!(error instanceof Blocked)) throw error
      }
    }
  }
}
