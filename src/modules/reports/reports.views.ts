import type { FieldError } from '../../kernel/errors.js'
import { PURPOSES } from '../../kernel/purposes.js'
import type { ShownText } from '../../kernel/text.js'
import type { RequestContext } from '../../platform/http/context.js'
import { errorSummaryView, fieldView, type TypedValues } from '../../platform/views/models/form.js'
import { FAULTS } from './reports.model.js'
import { LONGEST_REPORT } from './reports.schemas.js'

interface ReportPage {
  name: ShownText
  /** The public page it is about. */
  pageHref: string
  action: string
  typed: TypedValues
  errors: readonly FieldError[]
}

/** View model of `reports/new.hbs`. */
export function reportView({ name, pageHref, action, typed, errors }: ReportPage, { t, url }: RequestContext) {
  const fields = [
    fieldView(
      {
        ...{ name: 'fault', label: t('reports.fault'), type: 'choices' },
        options: FAULTS.map((value) => ({ value, label: t(`reports.faults.${value}`) })),
      },
      typed,
      errors,
      t,
    ),
    fieldView(
      {
        ...{ name: 'text', label: t('reports.text'), hint: t('reports.textHint') },
        ...{ type: 'textarea', maxlength: LONGEST_REPORT },
      },
      typed,
      errors,
      t,
    ),
    fieldView(
      {
        ...{ name: 'email', label: t('reports.email'), type: 'email', required: false, autocomplete: 'email' },
        hint: t('reports.emailHint', PURPOSES.report.kept),
      },
      typed,
      errors,
      t,
    ),
  ]
  const title = t('reports.title')
  return {
    title,
    noindex: true,
    breadcrumbs: { links: [{ href: pageHref, label: name.text }], here: title },
    errors: errorSummaryView(fields, errors, t),
    about: name,
    fields,
    action,
    pageHref,
    privacyHref: url('privacy'),
  }
}
