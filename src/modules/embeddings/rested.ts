import { messageOf } from '../../kernel/errors.js'
import { type Embed, EndpointFailed } from './endpoint.js'

export interface RestOptions {
  /** Milliseconds that never go back. */
  now(): number
  /** Told when the endpoint is left alone, and when it answers again. */
  onChange(well: boolean, reason: string): void
}

/** After so many failures in a row it is left alone, so that nobody waits for it in vain. */
const FAILURES = 3
const REST_MS = 30_000

/**
 * A circuit breaker: an endpoint that fails again and again is not asked for a while; then one question tries it, and the others are
 * still refused at once until it has answered.
 * @throws {EndpointFailed} at once while it rests.
 */
export function rested(embed: Embed, { now, onChange }: RestOptions): Embed {
  let failures = 0
  let restUntil = Number.NEGATIVE_INFINITY
  return async (texts, timeoutMs, stop) => {
    if (failures >= FAILURES) {
      if (now() < restUntil) throw new EndpointFailed('it rests after failures', 'broken')
      restUntil = now() + REST_MS
    }
    try {
      const vectors = await embed(texts, timeoutMs, stop)
      if (failures >= FAILURES) onChange(true, 'it answers again')
      failures = 0
      return vectors
    } catch (error) {
      // A text that it will not take says nothing against the endpoint.
      if (!(error instanceof EndpointFailed && error.reason === 'refused')) failed(error)
      throw error
    }
  }

  function failed(error: unknown): void {
    failures++
    if (failures < FAILURES) return
    restUntil = now() + REST_MS
    if (failures === FAILURES) onChange(false, messageOf(error))
  }
}
