import type { FieldError } from '../../../kernel/errors.js'
import { adminNav } from '../../../platform/http/admin-nav.js'
import type { RequestContext } from '../../../platform/http/context.js'
import { errorSummaryView, fieldView, type TypedValues } from '../../../platform/views/models/form.js'
import type { EffectView } from '../effect/effect.views.js'
import { type FigureChange, fieldDoes, fieldName } from '../weights.words.js'
import { WEIGHT_GROUPS } from './weight-fields.js'
import type { ShownWeights } from './weight-values.js'
import { LONGEST_NOTE } from './weights-form.schemas.js'

export interface ChangePage {
  typed: TypedValues
  errors: readonly FieldError[]
  /** The version in force that the change is begun with. */
  seen: number
  /** Another has changed the weights meanwhile. */
  overtaken: boolean
  /** What the change would do; null before it is looked at. */
  preview: { changes: readonly FigureChange[]; effect: EffectView } | null
}

/** View model of `admin/matching-change.hbs`: the figures to be set and, once they are looked at, what they would do. */
export function changeView({ typed, errors, seen, overtaken, preview }: ChangePage, context: RequestContext) {
  const { t, url } = context
  const groups = WEIGHT_GROUPS.map(({ name, fields }) => ({
    legend: t(`weighing.groups.${name}.title`),
    text: t(`weighing.groups.${name}.text`),
    fields: fields.map((field) => {
      const label = fieldName(field, context)
      const spec = {
        name: field.path,
        label: field.unit === 'percent' ? t('weighing.form.percent', { label }) : label,
        hint: fieldDoes(field, context),
        maxlength: 6,
      }
      return fieldView(spec, typed, errors, t)
    }),
  }))
  const note = fieldView(
    { name: 'note', label: t('weighing.form.note'), hint: t('weighing.form.noteHint'), maxlength: LONGEST_NOTE },
    typed,
    errors,
    t,
  )
  const fields = groups.flatMap((group) => group.fields)
  const here = t('weighing.change')
  return {
    title: errors.length > 0 ? t('weighing.form.wrong') : here,
    noindex: true,
    nav: adminNav(context, 'admin.matching'),
    breadcrumbs: { links: [{ href: url('admin.matching'), label: t('weighing.title') }], here },
    heading: here,
    overtaken: overtaken ? t('weighing.form.overtaken', { version: seen }) : null,
    errors: errorSummaryView(preview ? [note, ...fields] : fields, errors, t),
    action: url('admin.matching-change'),
    seen,
    preview: preview && {
      ...preview,
      note,
      hidden: fields.map(({ name, value }) => ({ name, value })),
    },
    groups,
    backHref: url('admin.matching'),
  }
}

/** Figures as a form holds them: `12,5` in Vietnamese. */
export const asTyped = (figures: ShownWeights, { lang }: RequestContext): TypedValues =>
  Object.fromEntries(
    Object.entries(figures).map(([path, figure]) => [path, String(figure).replace('.', lang === 'vi' ? ',' : '.')]),
  )
