import type { Request, Response } from 'express'
import { type Clock, plainDateIn } from '../../../kernel/clock.js'
import { contextOf } from '../../../platform/http/context.js'
import { keepSecret } from '../../../platform/http/keep-secret.js'
import { render } from '../../../platform/http/render.js'
import type { Handler } from '../../../platform/http/router.js'
import type { Lexicon } from '../../../platform/search/index.js'
import { needDetails, type OwnNeeds, type RankFirms, wantedServices, writtenNeed } from '../../needs/index.js'
import type { TaxonomyView } from '../../taxonomy/index.js'
import { contentOf, ownContentOf } from '../introductions.parties.js'
import type { IntroductionReading } from '../introductions.reading.js'
import { guestPlace, memberNeedAddress, memberPlace, type OwnPlace } from './own-need.place.js'
import { hasEnded, ownNeedView, unknownLinkView } from './own-need.views.js'

export interface OwnNeedPageDeps {
  own: OwnNeeds
  reading: IntroductionReading
  taxonomy(): TaxonomyView
  lexicon(): Lexicon
  rank: RankFirms
  clock: Clock
}

type Routes = 'needs.follow' | 'needs.withdraw' | 'account.need' | 'account.withdraw-need' | 'organisations.need'

/** A need before its owner: by the mailed link, or signed in. */
export function ownNeedPages(deps: OwnNeedPageDeps): Record<Routes, Handler> {
  const { own, reading, taxonomy, lexicon, rank, clock } = deps
  return {
    'needs.follow': atKey(own, (place, req, res) => show(place, req, res)),
    'needs.withdraw': atKey(own, async ({ actor, need, page }, _req, res) => {
      await own.withdraw(actor, need)
      res.redirect(303, page)
    }),
    'account.need': atNeed(own, (place, req, res) => {
      const { url } = contextOf(res)
      const address = memberNeedAddress(place.need, place.actor, url)
      return address === url('account.need', { need: place.need.id })
        ? show(place, req, res)
        : res.redirect(303, address)
    }),
    'organisations.need': atNeed(own, (place, req, res) => {
      const { url } = contextOf(res)
      const organisation = contentOf(place.need)?.business
      return organisation === req.params.organisation
        ? show(place, req, res)
        : res.redirect(303, url('account.need', { need: place.need.id }))
    }),
    'account.withdraw-need': atNeed(own, async ({ actor, need, page }, _req, res) => {
      await own.withdraw(actor, need)
      res.redirect(303, page)
    }),
  }

  async function show(place: OwnPlace, req: Request, res: Response) {
    const context = contextOf(res)
    const { actor, need } = place
    const content = ownContentOf(need)
    if (!content) return sayUnknown(res)
    const ended = hasEnded(need.status)
    const words = { context, taxonomy: taxonomy(), today: plainDateIn(clock(), context.park.timeZone) }
    const [firms, introductions, answer] = await Promise.all([
      ended ? null : rank(actor, context.park, writtenNeed(content, need), context),
      reading.ofNeed(actor, need.id),
      own.answerOn(need),
    ])
    const view = ownNeedView(
      {
        ...{ place, content, firms, introductions },
        details: needDetails(content, { services: wantedServices(content, lexicon()), open: !ended }, words),
        answer,
        all: req.query.all === '1',
        now: clock(),
      },
      context,
    )
    return render(res, 'introductions/own-need', view)
  }
}

type AtPlace = (place: OwnPlace, req: Request, res: Response) => unknown

/**
 * Behind a guest's link; one that leads nowhere is said so. The links of somebody who has an account by now do nothing
 * for him any more: they lead to where he signs in.
 */
export const atKey =
  (own: OwnNeeds, answer: AtPlace): Handler =>
  async (req, res) => {
    keepSecret(res)
    const context = contextOf(res)
    const key = String(req.params.key)
    const followed = await own.byKey(context.park.id, key)
    if (!followed) return sayUnknown(res)
    if ('signInFor' in followed) return res.redirect(303, context.url('account.need', { need: followed.signInFor }))
    const { actor, record: need, email, mailed } = followed
    return answer(guestPlace({ actor, need, key, email, mailed }, context), req, res)
  }

/** For somebody signed in, a need that is his; any other is not found. */
export const atNeed =
  (own: OwnNeeds, answer: AtPlace): Handler =>
  async (req, res) => {
    const context = contextOf(res)
    const need = await own.byId(context.actor, context.park.id, String(req.params.need))
    return answer(memberPlace(need, context), req, res)
  }

const sayUnknown = (res: Response) =>
  render(res, 'introductions/unknown-link', unknownLinkView(contextOf(res)), { status: 404 })
