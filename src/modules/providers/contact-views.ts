import type { Clock } from '../../kernel/clock.js'
import { DAY_MS } from '../../kernel/retention.js'
import type { RequestContext } from '../../platform/http/context.js'

/** Of how many different firms one reader is shown the contacts. */
export interface ContactLimits {
  hour: number
  day: number
}

export interface ContactViews {
  /** Whether the reader of this request is shown a firm's contacts; those he has seen today he may see again. */
  allows(context: RequestContext, firm: string): boolean
}

const HOUR_MS = DAY_MS / 24
/** Readers remembered at once, the latest ones: some megabytes. */
const MOST_READERS = 20_000

/**
 * Keeps contacts from being collected in bulk: somebody who looks for a firm opens a few pages, who collects opens all.
 * What was read by whom is kept in memory alone and for a day at most: a record of it would be a record of behaviour.
 * Somebody signed in counts for himself, others by network address, which on mobile networks stands for many.
 */
export function createContactViews({ hour, day }: ContactLimits, clock: Clock): ContactViews {
  const readers = new Map<string, Map<string, number>>()

  function seenBy(reader: string, now: number): Map<string, number> {
    const seen = readers.get(reader) ?? new Map<string, number>()
    for (const [firm, at] of seen) if (now - at >= DAY_MS) seen.delete(firm)
    // Put at the end: the map forgets who has been away the longest.
    readers.delete(reader)
    readers.set(reader, seen)
    const [oldest] = readers.keys()
    if (readers.size > MOST_READERS && oldest !== undefined) readers.delete(oldest)
    return seen
  }

  return {
    allows: ({ actor, client }, firm) => {
      if (actor.kind === 'person' && actor.staff) return true
      const now = clock().getTime()
      const seen = seenBy(actor.kind === 'person' ? `person ${actor.personId}` : `client ${client}`, now)
      if (seen.has(firm)) return true
      const lately = [...seen.values()].filter((at) => now - at < HOUR_MS).length
      if (lately >= hour || seen.size >= day) return false
      seen.set(firm, now)
      return true
    },
  }
}
