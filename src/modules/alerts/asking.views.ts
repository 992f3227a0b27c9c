import type { FieldError } from '../../kernel/errors.js'
import { RETENTION } from '../../kernel/retention.js'
import type { RequestContext } from '../../platform/http/context.js'
import { errorSummaryView, type FieldView, fieldView, type TypedValues } from '../../platform/views/models/form.js'
import type { About, Thing } from './things.js'

interface AskingPage {
  thing: Thing
  action: string
  /** Where the news go of whom that is known; null: he is asked. */
  to: string | null
  typed: TypedValues
  errors: readonly FieldError[]
}

/** View model of `alerts/new.hbs`: what one will be told of, and where to. */
export function askingView({ thing, action, to, typed, errors }: AskingPage, { t, lang, url }: RequestContext) {
  const { kind } = thing.about
  const field: FieldView | null =
    to === null
      ? fieldView(
          {
            ...{ name: 'email', label: t('alerts.new.email'), type: 'email', autocomplete: 'email' },
            hint: t('alerts.new.emailHint', { days: RETENTION.alertConfirmDays }),
          },
          typed,
          errors,
          t,
        )
      : null
  return {
    title: t(`alerts.new.title.${kind}`),
    noindex: true,
    lead: t(`alerts.new.lead.${kind}`),
    label: thing.label(lang),
    backHref: thing.path(lang),
    errors: errorSummaryView(field ? [field] : [], errors, t),
    field,
    to: to && t('alerts.new.to', { email: to }),
    hidden: hiddenFields(thing.about),
    action,
    ends: t('alerts.new.ends', { months: RETENTION.alertMonths }),
    privacyHref: url('privacy'),
  }
}

function hiddenFields(about: About): { name: string; value: string }[] {
  if (about.kind !== 'words') return [{ name: about.kind, value: about.id }]
  const { text, dropped, added, ward } = about.typed
  return [
    { name: 'text', value: text },
    ...dropped.map((value) => ({ name: 'drop', value })),
    ...added.map((value) => ({ name: 'add', value })),
    ...(ward ? [{ name: 'ward', value: ward }] : []),
  ]
}
