import type { FieldError } from '../../../kernel/errors.js'
import type { RequestContext } from '../../../platform/http/context.js'
import { errorSummaryView, fieldView, type TypedValues } from '../../../platform/views/models/form.js'
import { taxonomyHead } from '../taxonomy-nav.js'
import { LONGEST } from './lists.schemas.js'

interface ListsPage {
  version: number
  form: { typed: TypedValues; errors: readonly FieldError[] }
}

/** View model of `admin/taxonomy-lists.hbs`. */
export function listsView({ version, form }: ListsPage, context: RequestContext) {
  const { t, url } = context
  const fields = ['groups', 'shortForms'].map((name) =>
    fieldView(
      {
        ...{ name, type: 'textarea', maxlength: LONGEST },
        ...{ label: t(`vocabulary.fields.${name}`), hint: t(`vocabulary.hints.${name}`) },
      },
      form.typed,
      form.errors,
      t,
    ),
  )
  return {
    ...taxonomyHead(context, 'admin.taxonomy-lists'),
    ...{ title: t('vocabulary.lists.title'), version, fields },
    errors: errorSummaryView(fields, form.errors, t),
    action: url('admin.taxonomy-save-lists'),
  }
}
