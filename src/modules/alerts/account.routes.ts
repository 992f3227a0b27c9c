import { z } from 'zod'
import { contextOf, type RequestContext } from '../../platform/http/context.js'
import { giveNotice } from '../../platform/http/notice.js'
import { render } from '../../platform/http/render.js'
import type { Handler } from '../../platform/http/router.js'
import { readForm } from '../../platform/http/validate.js'
import { personOf } from '../../platform/http/viewer.js'
import { formatDate } from '../../platform/i18n/formats.js'
import type { WatchRow } from './alerts.model.js'
import { aboutOf, type FindThing, type Thing } from './things.js'
import { MOST_WATCHES } from './watches.rules.js'
import type { Watching } from './watching.service.js'

export interface OwnAlertDeps {
  watching: Watching
  find: FindThing
}

const endForm = z.object({ watch: z.string().max(40) })

/** What somebody who has signed in is told of by mail; each is ended by a press. */
export function ownAlertPages({
  watching,
  find,
}: OwnAlertDeps): Record<'account.alerts' | 'account.end-alert', Handler> {
  return {
    'account.alerts': async (_req, res) => {
      const context = contextOf(res)
      const { personId } = personOf(context)
      const watches = await watching.of(personId)
      const rows = await Promise.all(watches.map(async (watch) => ({ watch, thing: await thingOf(watch, context) })))
      render(res, 'alerts/own', ownView(rows, context))
    },
    'account.end-alert': async (req, res) => {
      const context = contextOf(res)
      const form = readForm(endForm, req)
      if (form.ok) await watching.end(personOf(context).personId, form.value.watch)
      giveNotice(req, 'alerts.own.ended')
      return res.redirect(303, context.url('account.alerts'))
    },
  }

  async function thingOf(watch: WatchRow, { actor, park }: RequestContext): Promise<Thing | null> {
    const about = aboutOf(watch)
    return about && find(actor, park, about)
  }
}

/** View model of `alerts/own.hbs`. */
function ownView(
  rows: readonly { watch: WatchRow; thing: Thing | null }[],
  { t, url, lang, park, viewer }: RequestContext,
) {
  const title = t('alerts.own.title')
  return {
    title,
    noindex: true,
    crumbs: { links: [{ href: url('accounts.show'), label: t('accounts.show.title') }], here: title },
    lead: t('alerts.own.lead', { email: viewer?.email ?? '' }),
    most: rows.length > 0 ? t('alerts.own.most', { count: rows.length, most: MOST_WATCHES }) : null,
    action: url('account.end-alert'),
    matchHref: url('match'),
    rows: rows.map(({ watch, thing }) => ({
      id: watch._id,
      label: thing?.label(lang) ?? t('alerts.own.over'),
      href: thing?.path(lang) ?? null,
      facts: [
        t(`alerts.own.kind.${watch.kind}`),
        t('alerts.own.until', { date: formatDate(lang, watch.endsAt, park.timeZone) }),
      ],
    })),
  }
}
