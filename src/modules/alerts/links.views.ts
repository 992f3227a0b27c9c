import { RETENTION } from '../../kernel/retention.js'
import type { RequestContext } from '../../platform/http/context.js'
import { MOST_WATCHES } from './watches.rules.js'
import type { Started } from './watching.service.js'

interface Press {
  /** Null where there is no session that a token of a form could belong to. */
  token: true | null
  labels: readonly string[]
  heading: string
  lead: string
  action: string
  submit: string
}

/** View model of `alerts/press.hbs`: one button, and what it is about. */
const pressView = (press: Press) => ({ ...press, title: press.heading, noindex: true })

export const confirmView = ({ key, label }: { key: string; label: string }, { t, url }: RequestContext) =>
  pressView({
    token: true,
    labels: [label],
    heading: t('alerts.confirm.heading'),
    lead: t('alerts.confirm.lead'),
    action: url('alerts.confirm', { key }),
    submit: t('alerts.confirm.submit'),
  })

export const stopView = ({ token, labels }: { token: string; labels: string[] }, { t, url }: RequestContext) =>
  pressView({
    token: null,
    labels,
    heading: t('alerts.stop.heading', { count: labels.length }),
    lead: t('alerts.stop.lead', { count: labels.length }),
    action: url('alerts.stopped', { token }),
    submit: t('alerts.stop.submit'),
  })

/** View model of `alerts/said.hbs`: what was done, and a way on. */
function saidView(key: string, { t, url }: RequestContext, params: Record<string, number> = {}) {
  const heading = t(`alerts.${key}.heading`)
  return {
    ...{ title: heading, noindex: true, heading, lead: t(`alerts.${key}.lead`, params) },
    on: { href: url('match'), label: t('alerts.findAnother') },
  }
}

export const confirmedView = (started: Started, context: RequestContext) =>
  saidView(`confirmed.${started}`, context, { months: RETENTION.alertMonths, most: MOST_WATCHES })

export const stoppedView = (context: RequestContext) => saidView('stopped', context)

export const deadLinkView = (context: RequestContext) => saidView('dead', context, { days: RETENTION.alertConfirmDays })
