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
}

export interface FallbackOptions {
  /** Told of each switch, with the reason. */
  onSwitch(to: Serving, reason: string): void
  /** Sets the primary engine up, anew where it lost something; called before each return to it, the first one included. */
  recover(): Promise<void>
  /** Changes that the primary engine has not taken in. */
  lag(): Promise<number>
  /** A primary engine that takes longer is left. Milliseconds. */
  timeoutMs?: number
  /** How often the primary engine is looked at. Milliseconds. */
  probeMs?: number
}

const TIMEOUT_MS = 1_000
const PROBE_MS = 2_000
/** A primary engine that is behind at this many looks in a row would show stale pages. */
const MAX_BEHIND = 5

/**
 * Answers from the primary engine while it is well and from the built-in one, which is kept warm, while it is not: when a read fails or
 * is slow, when it says it is not ready, when it stays behind. It begins with the built-in engine and goes to the primary one
 * when that is ready and has caught up.
 */
export function withFallback(primary: SearchPort, builtin: SearchPort, options: FallbackOptions): FallbackSearch {
  const { onSwitch, recover, lag, timeoutMs = TIMEOUT_MS, probeMs = PROBE_MS } = options
  let serving: Serving = 'fallback'
  let behind = 0
  let closed = false
  let timer: NodeJS.Timeout | undefined

  function switchTo(to: Serving, reason: string): void {
    if (serving === to || closed) return
    serving = to
    behind = 0
    onSwitch(to, reason)
  }

  async function read<T>(call: (engine: SearchReader) => Promise<T>): Promise<T> {
    if (serving === 'primary') {
      try {
        return await inTime(call(primary), timeoutMs)
      } catch (error) {
        // The caller's mistake would be one on any engine.
        if (error instanceof UnknownField || error instanceof UnknownIndex) throw error
        switchTo('fallback', messageOf(error))
      }
    }
    return call(builtin)
  }

  async function look(): Promise<void> {
    const { state, reason } = await inTime(primary.health(), timeoutMs)
    if (state === 'unavailable' || (state === 'building' && serving === 'fallback')) {
      switchTo('fallback', reason)
      return
    }
    if (serving === 'fallback') await recover()
    const missing = await lag()
    if (serving === 'fallback' && missing === 0) switchTo('primary', 'it is ready and has caught up')
    behind = missing > 0 ? behind + 1 : 0
    if (behind >= MAX_BEHIND) switchTo('fallback', `it is ${missing} changes behind`)
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
    health: async () => {
      const fallback = serving === 'fallback'
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

async function inTime<T>(answer: Promise<T>, timeoutMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs)
  })
  try {
    return await Promise.race([answer, late])
  } finally {
    clearTimeout(timer)
  }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))
