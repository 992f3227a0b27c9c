import { setTimeout as wait } from 'node:timers/promises'
import type { ChangeEntry } from './record.types.js'

export interface FollowerDeps {
  /** Entries after `seq`, oldest first, at most `limit`. */
  changesAfter(seq: number, limit: number): Promise<ChangeEntry[]>
  lastSeq(): Promise<number>
  /** Brings the reader up to these entries; called again with the same ones when it throws. */
  apply(entries: readonly ChangeEntry[]): Promise<void>
  onError(error: unknown): void
  /** Where this reader stands. */
  startAt: number
}

export interface Follower {
  /** Looks for new entries soon; called after each change of this process. */
  poke(): void
  /** Resolves when every entry committed before the call has been applied. */
  caughtUp(): Promise<void>
  /** Entries not applied yet. */
  lag(): Promise<number>
  /** Applies the entries after `seq` once more; does nothing when it is not beyond that yet. */
  rewind(seq: number): void
  stop(): Promise<void>
}

// Changes of other processes on the same database are seen within this time.
const POLL_MS = 1_000
// Somebody who waits for the reader is answered sooner than the reader would try again by itself.
const RETRY_MS = 10
const MAX_BACKOFF_MS = 30_000
const BATCH = 500

/** Follows the change log for one reader with its own offset: at least once, in order, with back-off on errors. */
export function followChanges(deps: FollowerDeps): Follower {
  let offset = deps.startAt
  /** Where to go back to, once what is being applied is done. */
  let rewound: number | null = null
  let stopped = false
  let failures = 0
  let running: Promise<void> | null = null
  let timer: NodeJS.Timeout | undefined

  async function drain() {
    for (;;) {
      const entries = await deps.changesAfter(offset, BATCH)
      const last = entries.at(-1)
      if (!last || stopped) return
      await deps.apply(entries)
      offset = Math.min(last.seq, rewound ?? last.seq)
      rewound = null
    }
  }

  async function run() {
    try {
      await drain()
      failures = 0
    } catch (error) {
      failures++
      if (!stopped) deps.onError(error)
    } finally {
      running = null
      if (!stopped) {
        clearTimeout(timer)
        timer = setTimeout(start, failures ? Math.min(POLL_MS * 2 ** failures, MAX_BACKOFF_MS) : POLL_MS)
        timer.unref()
      }
    }
  }

  function start(): Promise<void> {
    running ??= run()
    return running
  }

  void start()
  return {
    poke: () => void start(),
    caughtUp: async () => {
      const target = await deps.lastSeq()
      while (offset < target && !stopped) {
        await start()
        if (failures > 0) await wait(Math.min(RETRY_MS * 2 ** failures, POLL_MS))
      }
    },
    lag: async () => (await deps.lastSeq()) - offset,
    rewind: (seq) => {
      if (running) rewound = Math.min(seq, rewound ?? seq)
      offset = Math.min(offset, seq)
      void start()
    },
    stop: async () => {
      stopped = true
      clearTimeout(timer)
      await running
    },
  }
}
