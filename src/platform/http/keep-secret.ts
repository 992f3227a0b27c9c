import type { Response } from 'express'

/**
 * For a page behind a mailed link, whose address is the only key there is: it must not stay in caches, reach search engines
 * or travel on as a referrer.
 */
export function keepSecret(res: Response): void {
  res.set({ 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer', 'X-Robots-Tag': 'noindex, nofollow' })
}
