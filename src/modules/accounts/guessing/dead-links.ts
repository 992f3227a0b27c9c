import type { Request, Response } from 'express'
import { contextOf } from '../../../platform/http/context.js'
import { render } from '../../../platform/http/render.js'
import { deadLinkView } from '../signing-up/ask-address.views.js'
import type { Guessing } from './guessing.service.js'
import { sayTooMany } from './too-many.js'

/**
 * Counts a mailed link that leads nowhere, or no more, as a guess at `what`. True when there were too many and the answer,
 * to wait, was given; a link that leads somewhere always does.
 */
export const refuseDeadLinks =
  (guessing: Guessing, what: string) =>
  async (req: Request, res: Response): Promise<boolean> => {
    const guess = await guessing.begin('key', { subject: what, ip: req.ip ?? '', device: null })
    if (!guess.ok) sayTooMany(res, guess.retryAfter, 'links')
    return !guess.ok
  }

/** Says that a mailed link leads nowhere, or no more, and how to get another. */
export const sayDeadLink =
  (guessing: Guessing, what: Parameters<typeof deadLinkView>[0]) =>
  async (req: Request, res: Response): Promise<void> => {
    if (await refuseDeadLinks(guessing, what)(req, res)) return
    return render(res, 'accounts/dead-link', deadLinkView(what, contextOf(res)), { status: 404 })
  }
