import { setMaxListeners } from 'node:events'
import type { Clock } from '../../kernel/clock.js'
import { messageOf } from '../../kernel/errors.js'
import {
  type EngineHealth,
  type Lexicon,
  type SearchPort,
  type SearchReader,
  UnknownField,
  UnknownIndex,
} from './port.js'

/** Which engine answers. */
export type Serving = 'primary' | 'fallback'

export interface FallbackHealth extends EngineHealth {
  /** Whether the built-in engine answers because the primary one cannot; missing where there is no other. */
  fallback?: boolean
}

/** What the product needs of search beyond writing, which each engine's own follower of the change log does. */
export interface ServingSearch extends SearchReader {
  useLexicon(lexicon: Lexicon): Promise<void>
  health(): Promise<FallbackHealth>
  close(): Promise<void>
}

export interface FallbackSearch extends ServingSearch {
  /** Begins to look at the primary engine; until then the built-in one answers. */
  watch(): void
  /** Which engine answers, since when and why. */
  lastSwitch(): Switch
}

export interface Switch {
  to: Serving
  at: Date
  /** Why it is so now, for the operator; empty before the primary engine was looked at. */
  reason: string
}

export interface FallbackOptions {
  /** Told of each switch, with the reason, and of the first reason for not going to the primary engine at all. */
  onSwitch(to: Serving, reason: string): void
  /** Sets the primary engine up, anew where it lost something; called before each return to it, the first one included. */
  recover(): Promise<void>
  /** Changes that the primary engine has not taken in. */
  lag(): Promise<number>
  clock: Clock
  /** A primary engine that takes longer is left. Milliseconds. */
  timeoutMs?: number
  /** How often the primary engine is looked at. Milliseconds. */
  probeMs?: number
}

type Read = (engine: SearchReader) => Promise<unknown>

const TIMEOUT_MS = 1_000
const PROBE_MS = 2_000
/** A primary engine that is behind at this many looks in a row would show stale pages. */
const MAX_BEHIND = 5
/** An engine that has to be left again soon after its return is given longer and longer to recover, up to this. Milliseconds. */
const LONGEST_REST_MS = 60_000

/**
 * Answers from the primary engine while it is well and from the built-in one, which is kept warm, while it is not: when a read fails or
 * is slow, when it says it is not ready, when it stays behind. It begins with the built-in engine and goes to the primary one
 * when that is ready and has caught up.
 */
export function withFallback(primary: SearchPort, builtin: SearchPort, options: FallbackOptions): FallbackSearch {
  const { onSwitch, recover, lag, clock, timeoutMs = TIMEOUT_MS, probeMs = PROBE_MS } = options
  let last: Switch = { to: 'fallback', at: clock(), reason: '' }
  let since = performance.now()
  let behind = 0
  let closed = false
  let timer: NodeJS.Timeout | undefined
  /** Aborted when the primary engine is left: whoever still waits for it then waits no longer. */
  let leaving = newLeaving()
  /** The read it was left for; it has to answer that in time before it is asked by visitors again. */
  let trial: Read | null = null
  let rest = 0
  let restUntil = 0

  function switchTo(to: Serving, reason: string): void {
    if (closed) return
    if (last.to === to) {
      // Why it is not gone back to may be another reason than why it was left.
      if (to === 'fallback' && last.reason === '') onSwitch(to, reason)
      last = { ...last, reason }
      return
    }
    const served = performance.now() - since
    since = performance.now()
    last = { to, at: clock(), reason }
    behind = 0
    if (to === 'primary') {
      leaving = newLeaving()
    } else {
      rest = served < LONGEST_REST_MS ? Math.min(Math.max(rest * 2, probeMs), LONGEST_REST_MS) : 0
      restUntil = performance.now() + rest
      leaving.abort(new Error(reason))
    }
    onSwitch(to, reason)
  }

  async function read<T>(call: (engine: SearchReader) => Promise<T>): Promise<T> {
    if (last.to === 'primary') {
      try {
        return await inTime(call(primary), timeoutMs, leaving.signal)
      } catch (error) {
        // The caller's mistake would be one on any engine.
        if (error instanceof UnknownField || error instanceof UnknownIndex) throw error
        if (last.to === 'primary') trial = call
        switchTo('fallback', messageOf(error))
      }
    }
    return call(builtin)
  }

  async function look(): Promise<void> {
    const away = last.to === 'fallback'
    const { state, reason } = await inTime(primary.health(), timeoutMs)
    if (state === 'unavailable' || (state === 'building' && away)) {
      switchTo('fallback', reason)
      return
    }
    if (away) await recover()
    const missing = await lag()
    if (away && missing === 0 && performance.now() >= restUntil && (await answersInTime())) {
      trial = null
      switchTo('primary', 'it is ready and has caught up')
    }
    behind = missing > 0 ? behind + 1 : 0
    if (behind >= MAX_BEHIND) switchTo('fallback', `it is ${missing} changes behind`)
  }

  /** A server may say that it is well and be too slow, or fail at what it is asked. */
  async function answersInTime(): Promise<boolean> {
    const asked = trial
    if (!asked) return true
    try {
      await inTime(asked(primary), timeoutMs)
      return true
    } catch {
      // One question that it never answers must not keep it away for ever.
      if (performance.now() - since > LONGEST_REST_MS) trial = null
      return false
    }
  }

  async function probe(): Promise<void> {
    try {
      await look()
    } catch (error) {
      switchTo('fallback', messageOf(error))
    } finally {
      if (!closed) {
        timer = setTimeout(probe, probeMs)
        timer.unref()
      }
    }
  }

  return {
    watch: () => {
      timer ??= setTimeout(probe, 0)
    },
    search: (index, query) => read((engine) => engine.search(index, query)),
    multi: (queries) => read((engine) => engine.multi(queries)),
    matchText: (index, query) => read((engine) => engine.matchText(index, query)),
    facetValues: (index, field, prefix) => read((engine) => engine.facetValues(index, field, prefix)),
    similar: (index, id, limit, filter) => read((engine) => engine.similar(index, id, limit, filter)),
    useLexicon: async (lexicon) => {
      await builtin.useLexicon(lexicon)
      await primary.useLexicon(lexicon)
    },
    lastSwitch: () => last,
    health: async () => {
      const fallback = last.to === 'fallback'
      return fallback ? { ...(await builtin.health()), fallback } : { state: 'ready', reason: '', fallback }
    },
    close: async () => {
      closed = true
      clearTimeout(timer)
      await primary.close()
      await builtin.close()
    },
  }
}

async function inTime<T>(answer: Promise<T>, timeoutMs: number, leaving?: AbortSignal): Promise<T> {
  let giveUp = (_reason: Error) => {}
  const late = new Promise<never>((_resolve, reject) => {
    giveUp = reject
  })
  const left = () => giveUp(leaving?.reason as Error)
  const timer = setTimeout(() => giveUp(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs)
  leaving?.addEventListener('abort', left)
  try {
    return await Promise.race([answer, late])
  } finally {
    clearTimeout(timer)
    leaving?.removeEventListener('abort', left)
  }
}

function newLeaving(): AbortController {
  const leaving = new AbortController()
  // As many wait as there are readers.
  setMaxListeners(0, leaving.signal)
  return leaving
}
