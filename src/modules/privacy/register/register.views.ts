import { plainDateIn } from '../../../kernel/clock.js'
import type { ShownText } from '../../../kernel/text.js'
import { adminNav } from '../../../platform/http/admin-nav.js'
import type { RequestContext } from '../../../platform/http/context.js'
import { formatDate } from '../../../platform/i18n/formats.js'
import { errorSummaryView, fieldView } from '../../../platform/views/models/form.js'
import type { PersonRow } from '../../people/index.js'
import type { AskForm } from '../own-data/own-data.views.js'
import { clocksOf, daysTo, urgency } from './clocks.rules.js'
import { LONGEST_ANSWER } from './register.schemas.js'
import type { RequestRow } from './requests.model.js'

interface RegisterPage {
  open: readonly RequestRow[]
  closed: readonly RequestRow[]
  now: Date
}

/** View model of `admin/requests.hbs`. */
export function registerView({ open, closed, now }: RegisterPage, context: RequestContext) {
  const { t, park } = context
  const today = plainDateIn(now, park.timeZone)
  const late = open.filter((request) => urgency(request, today, park.timeZone) < 0).length
  return {
    title: t('privacy.register.title'),
    noindex: true,
    nav: adminNav(context, 'admin.requests'),
    lead: open.length > 0 ? t('privacy.register.lead', { count: open.length }) : t('privacy.register.none'),
    late: late > 0 ? t('privacy.register.late', { count: late }) : null,
    open: open.map((request) => rowOf(request, now, context)),
    closed: closed.map((request) => rowOf(request, now, context)),
  }
}

function rowOf(request: RequestRow, now: Date, context: RequestContext) {
  const { t, url } = context
  return {
    href: url('admin.request', { request: request._id }),
    kind: t(`privacy.kinds.${request.kind}`),
    facts: [received(request, context), ...clockWords(request, now, context)],
    orphans:
      request.withoutOwner.length > 0 ? t('privacy.register.orphans', { count: request.withoutOwner.length }) : null,
  }
}

const received = ({ receivedAt }: RequestRow, { t, lang, park }: RequestContext) =>
  t('privacy.register.received', { date: formatDate(lang, receivedAt, park.timeZone) })

/** Both clocks in words: what has been kept, what is left, and how long something is overdue. */
function clockWords(request: RequestRow, now: Date, { t, lang, park }: RequestContext): string[] {
  const day = (date: Date | string) => formatDate(lang, date, park.timeZone)
  const today = plainDateIn(now, park.timeZone)
  const { acknowledgeBy, doneBy } = clocksOf(request, park.timeZone)
  const left = (what: string, by: string) => {
    const days = daysTo(by, today)
    const key = days < 0 ? 'overdue' : 'left'
    return t(`privacy.register.${what}.${key}`, { date: day(by), count: Math.abs(days) })
  }
  return [
    request.acknowledgedAt
      ? t('privacy.register.acknowledge.done', { date: day(request.acknowledgedAt) })
      : left('acknowledge', acknowledgeBy),
    request.closedAt
      ? t(`privacy.register.done.${request.outcome ?? 'done'}`, { date: day(request.closedAt) })
      : left('done', doneBy),
  ]
}

interface RequestPage {
  request: RequestRow
  person: PersonRow | null
  withoutOwner: readonly ShownText[]
  form: AskForm
  now: Date
}

/** View model of `admin/request.hbs`: one request, and its answer. */
export function requestPageView({ request, person, withoutOwner, form, now }: RequestPage, context: RequestContext) {
  const { t, url } = context
  const outcome = fieldView(
    {
      ...{ name: 'outcome', type: 'choices', label: t('privacy.register.outcome') },
      options: (['done', 'refused'] as const).map((value) => ({
        value,
        label: t(`privacy.register.outcomes.${value}`),
      })),
    },
    form.typed,
    form.errors,
    t,
  )
  const note = fieldView(
    {
      ...{ name: 'note', type: 'textarea', maxlength: LONGEST_ANSWER },
      ...{ label: t('privacy.register.note'), hint: t('privacy.register.noteHint') },
    },
    form.typed,
    form.errors,
    t,
  )
  return {
    title: t(`privacy.kinds.${request.kind}`),
    noindex: true,
    nav: adminNav(context, 'admin.requests'),
    breadcrumbs: {
      links: [{ href: url('admin.requests'), label: t('privacy.register.title') }],
      here: t(`privacy.kinds.${request.kind}`),
    },
    from: person?.email ? [person.name, person.email].filter(Boolean).join(' · ') : t('privacy.register.erasedPerson'),
    facts: [received(request, context), ...clockWords(request, now, context)],
    words: request.words,
    note: request.note,
    withoutOwner: withoutOwner.length > 0 ? { names: withoutOwner } : null,
    answer: request.closedAt
      ? null
      : {
          action: url('admin.answer', { request: request._id }),
          fields: [outcome, note],
          errors: errorSummaryView([outcome, note], form.errors, t),
        },
  }
}
