import type { Request, Response } from 'express'
import { contextOf } from '../../../platform/http/context.js'
import { render } from '../../../platform/http/render.js'
import { deadLinkView } from '../signing-up/ask-address.views.js'
import type { Guessing } from './guessing.service.js'
import { sayTooMany } from './too-many.js'

/**
 * Says that a mailed link leads nowhere, or no more. Each is counted as a guess, and too many have to wait; a link that
 * leads somewhere always does.
 */
export const sayDeadLink =
  (guessing: Guessing, what: Parameters<typeof deadLinkView>[0]) =>
  async (req: Request, res: Response): Promise<void> => {
    const guess = await guessing.begin('key', { subject: what, ip: req.ip ?? '', device: null })
    if (!guess.ok) return sayTooMany(res, guess.retryAfter, 'links')
    return render(res, 'accounts/dead-link', deadLinkView(what, contextOf(res)), { status: 404 })
  }
