import { isIPv6 } from 'node:net'
import type { RequestHandler } from 'express'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { TooManyRequests } from './errors.js'

export interface Limit {
  /** Requests allowed within the window. */
  points: number
  /** Length of the window in seconds. */
  seconds: number
}

/** Lets each address through `points` times in `seconds`, then answers 429 with `Retry-After`. Kept in this process. */
export function createRateLimit({ points, seconds }: Limit): RequestHandler {
  const limiter = new RateLimiterMemory({ points, duration: seconds })
  return async (req, _res, next) => {
    try {
      await limiter.consume(clientKey(req.ip ?? ''))
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal
      throw new TooManyRequests(Math.max(1, Math.ceil(refusal.msBeforeNext / 1000)))
    }
    next()
  }
}

/** One household holds a whole /64 of IPv6, so that is what counts as one client. */
function clientKey(ip: string): string {
  if (!isIPv6(ip) || ip.includes('.')) return ip
  const [head = '', tail] = ip.split('::')
  const groups = head.split(':').filter(Boolean)
  if (tail !== undefined) {
    const end = tail.split(':').filter(Boolean)
    while (groups.length + end.length < 8) groups.push('0')
    groups.push(...end)
  }
  return groups.slice(0, 4).join(':')
}
