import type { RequestHandler } from 'express'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { clientKey } from './client-key.js'
import { TooManyRequests } from './errors.js'

export interface Limit {
  /** Requests allowed within the window. */
  points: number
  /** Length of the window in seconds. */
  seconds: number
}

/**
 * Lets each client through `points` times in `seconds`, then answers 429 with `Retry-After`. Kept in this process: it is
 * there to keep the product quick, its windows are a minute long, and a write to the database at each request would cost
 * more than it saves. What must outlast a restart, wrong passwords and codes, is counted in the database
 * (src/modules/accounts/guessing).
 */
export function createRateLimit(limit: Limit): RequestHandler {
  const use = limitedUse(limit)
  return async (req, _res, next) => {
    await use(clientKey(req.ip ?? ''))
    next()
  }
}

/**
 * The same for what a handler does: counts one use by `client`.
 * @throws {TooManyRequests} when it is one too many.
 */
export function limitedUse({ points, seconds }: Limit): (client: string) => Promise<void> {
  const limiter = new RateLimiterMemory({ points, duration: seconds })
  return async (client) => {
    try {
      await limiter.consume(client)
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal
      throw new TooManyRequests(Math.max(1, Math.ceil(refusal.msBeforeNext / 1000)))
    }
  }
}
