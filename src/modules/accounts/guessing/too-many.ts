import type { Response } from 'express'
import { contextOf } from '../../../platform/http/context.js'
import { render } from '../../../platform/http/render.js'

/** Answers 429 with a page that says how long to wait and what to do meanwhile. `retryAfter` is in seconds. */
export function sayTooMany(
  res: Response,
  retryAfter: number,
  what: 'guesses' | 'codes' | 'mails' | 'links' = 'guesses',
): void {
  const { t } = contextOf(res)
  const model = {
    title: t('security.tooMany.title'),
    noindex: true,
    lead: t(`security.tooMany.${what}`),
    wait: t('security.tooMany.wait', { count: Math.ceil(retryAfter / 60) }),
    wrongGuess: what === 'guesses' || what === 'codes',
    // It would not help somebody who knows his password, or who asks for mails anyway.
    canReset: what === 'guesses',
  }
  res.set('Retry-After', String(retryAfter))
  render(res, 'accounts/too-many', model, { status: 429 })
}
