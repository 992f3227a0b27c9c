import type { Response } from 'express'
import { contextOf } from '../../platform/http/context.js'
import { keepSecret } from '../../platform/http/keep-secret.js'
import { render } from '../../platform/http/render.js'
import type { Handler } from '../../platform/http/router.js'
import type { WatchRow } from './alerts.model.js'
import { confirmedView, confirmView, deadLinkView, stoppedView, stopView } from './links.views.js'
import type { StopTokens } from './unsubscribing.js'
import type { Watching } from './watching.service.js'

export interface LinkDeps {
  watching: Watching
  tokens: StopTokens
  labelsOf(rows: readonly WatchRow[], res: Response): Promise<string[]>
}

/**
 * The links in mails: one confirms, the other ends. Mail programs and scanners open what they find, so that reading a page changes
 * nothing; a press on its one button does, and for ending, the press in the mail program itself (RFC 8058).
 */
export function linkPages({
  watching,
  tokens,
  labelsOf,
}: LinkDeps): Record<'alerts.link' | 'alerts.confirm' | 'alerts.stop' | 'alerts.stopped', Handler> {
  return {
    'alerts.link': async (req, res) => {
      keepSecret(res)
      const context = contextOf(res)
      const key = String(req.params.key)
      const row = await watching.byKey(context.park, key)
      if (!row) return sayDead(res)
      if (row.state === 'on') return render(res, 'alerts/said', confirmedView('already', context))
      const [label = ''] = await labelsOf([row], res)
      return render(res, 'alerts/press', confirmView({ key, label }, context))
    },
    'alerts.confirm': async (req, res) => {
      keepSecret(res)
      const context = contextOf(res)
      const started = await watching.confirm(context.park, String(req.params.key))
      if (!started) return sayDead(res)
      return render(res, 'alerts/said', confirmedView(started, context), { status: started === 'full' ? 409 : 200 })
    },
    'alerts.stop': async (req, res) => {
      keepSecret(res)
      const context = contextOf(res)
      const token = String(req.params.token)
      const stop = tokens.read(token)
      if (!stop) return sayDead(res)
      const rows = await watching.endedBy(stop)
      // Asked twice, it is as it should be.
      if (rows.length === 0) return render(res, 'alerts/said', stoppedView(context))
      return render(res, 'alerts/press', stopView({ token, labels: await labelsOf(rows, res) }, context))
    },
    'alerts.stopped': async (req, res) => {
      keepSecret(res)
      const stop = tokens.read(String(req.params.token))
      if (!stop) return sayDead(res)
      await watching.stop(stop)
      // No redirect: mail programs follow none.
      return render(res, 'alerts/said', stoppedView(contextOf(res)))
    },
  }
}

const sayDead = (res: Response) => render(res, 'alerts/said', deadLinkView(contextOf(res)), { status: 404 })
