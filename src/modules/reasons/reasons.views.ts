import type { FieldError } from '../../kernel/errors.js'
import { adminNav } from '../../platform/http/admin-nav.js'
import type { RequestContext } from '../../platform/http/context.js'
import { errorSummaryView, fieldView, type TypedValues } from '../../platform/views/models/form.js'
import { REASON_KINDS, type ReasonRow } from './reasons.model.js'
import { LONGEST_REASON } from './reasons.schemas.js'

interface Form {
  typed: TypedValues
  errors: readonly FieldError[]
}

/** View model of `admin/reasons.hbs`: the reasons of each kind in their order, retired ones last, and a new one. */
export function reasonsView(rows: readonly ReasonRow[], { typed, errors }: Form, context: RequestContext) {
  const { t, url, lang } = context
  const kinds = REASON_KINDS.map((value) => ({ value, label: t(`curation.kinds.${value}`) }))
  const fields = [
    fieldView({ name: 'kind', label: t('deciding.reasons.kind'), type: 'select', options: kinds }, typed, errors, t),
    ...wordFields({ typed, errors }, context),
  ]
  return {
    title: t('deciding.reasons.title'),
    noindex: true,
    nav: adminNav(context, 'admin.reasons'),
    errors: errorSummaryView(fields, errors, t),
    groups: kinds.map(({ value, label }) => {
      const own = rows.filter(({ kind }) => kind === value)
      const used = own.filter(({ retiredAt }) => !retiredAt)
      return {
        id: `kind-${value}`,
        label,
        rows: [...used, ...own.filter(({ retiredAt }) => retiredAt)].map((row, index) => ({
          href: url('admin.reason', { reason: row._id }),
          action: url('admin.save-reason', { reason: row._id }),
          text: row.text[lang],
          other: row.text[lang === 'vi' ? 'en' : 'vi'],
          otherLang: lang === 'vi' ? 'en' : 'vi',
          retired: row.retiredAt !== null,
          first: index === 0,
          last: index === used.length - 1,
        })),
      }
    }),
    fields,
    action: url('admin.add-reason'),
  }
}

interface ReasonPage extends Form {
  row: ReasonRow
  /** Another has written it meanwhile; what was typed is kept. */
  newer: boolean
}

/** View model of `admin/reason.hbs`: one reason in both languages. */
export function reasonView({ row, newer, ...form }: ReasonPage, context: RequestContext) {
  const { t, url, lang } = context
  const fields = wordFields(form, context)
  const title = t('deciding.reasons.edit')
  return {
    title,
    noindex: true,
    nav: adminNav(context, 'admin.reasons'),
    breadcrumbs: { links: [{ href: url('admin.reasons'), label: t('deciding.reasons.title') }], here: title },
    kind: t(`curation.kinds.${row.kind}`),
    warning: newer ? t('deciding.reasons.newer', { text: row.text[lang] }) : null,
    errors: errorSummaryView(fields, form.errors, t),
    fields,
    version: row.version,
    action: url('admin.save-reason', { reason: row._id }),
    backHref: url('admin.reasons'),
  }
}

const wordFields = ({ typed, errors }: Form, { t }: RequestContext) =>
  (['vi', 'en'] as const).map((name) =>
    fieldView({ name, label: t(`deciding.reasons.${name}`), maxlength: LONGEST_REASON }, typed, errors, t),
  )
