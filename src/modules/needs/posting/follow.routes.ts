import type { Response } from 'express'
import { type Clock, plainDateIn } from '../../../kernel/clock.js'
import { contextOf } from '../../../platform/http/context.js'
import { keepSecret } from '../../../platform/http/keep-secret.js'
import { render } from '../../../platform/http/render.js'
import type { Handler } from '../../../platform/http/router.js'
import type { Lexicon } from '../../../platform/search/index.js'
import type { TaxonomyView } from '../../taxonomy/index.js'
import { needDetails } from '../needs.details.views.js'
import type { RankFirms } from '../needs.ports.js'
import { wantedServices } from '../needs.search.js'
import type { OwnNeeds } from '../own-needs.service.js'
import { followView, hasEnded, unknownLinkView } from './follow.views.js'

export interface FollowPageDeps {
  own: OwnNeeds
  taxonomy(): TaxonomyView
  lexicon(): Lexicon
  rank: RankFirms
  clock: Clock
}

/** The page behind a mailed link: who holds the address sees the need and may end it. */
export function followPages(deps: FollowPageDeps): Record<'needs.follow' | 'needs.withdraw', Handler> {
  const { own, taxonomy, lexicon, rank, clock } = deps
  return {
    'needs.follow': async (req, res) => {
      keepSecret(res)
      const context = contextOf(res)
      const { park } = context
      const key = String(req.params.key)
      const followed = await own.byKey(park.id, key)
      const content = followed && (followed.record.working ?? followed.record.published)
      if (!followed || !content) return sayUnknown(res)
      const ended = hasEnded(followed.record.status)
      const words = { context, taxonomy: taxonomy(), today: plainDateIn(clock(), park.timeZone) }
      const view = followView(
        {
          followed,
          content,
          key,
          details: needDetails(content, { services: wantedServices(content, lexicon()), open: !ended }, words),
          firms: ended ? null : await rank(followed.actor, park, content, context),
          all: req.query.all === '1',
        },
        context,
      )
      return render(res, 'needs/follow', view)
    },
    'needs.withdraw': async (req, res) => {
      keepSecret(res)
      const context = contextOf(res)
      const key = String(req.params.key)
      const followed = await own.byKey(context.park.id, key)
      if (!followed) return sayUnknown(res)
      await own.withdraw(followed.actor, followed.record)
      return res.redirect(303, context.url('needs.follow', { key }))
    },
  }
}

const sayUnknown = (res: Response) =>
  render(res, 'needs/unknown-link', unknownLinkView(contextOf(res)), { status: 404 })
