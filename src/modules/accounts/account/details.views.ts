import type { FieldError } from '../../../kernel/errors.js'
import { LANGUAGES } from '../../../kernel/text.js'
import type { RequestContext } from '../../../platform/http/context.js'
import { errorSummaryView, type FieldSpec, fieldView, type TypedValues } from '../../../platform/views/models/form.js'
import { NAME_LENGTH } from '../signing-up/sign-up.schemas.js'

interface DetailsPage {
  typed: TypedValues
  errors: readonly FieldError[]
}

/** View model of `accounts/details.hbs`. */
export function detailsView({ typed, errors }: DetailsPage, { t, url }: RequestContext) {
  const field = (spec: FieldSpec) => fieldView(spec, typed, errors, t)
  const fields = [
    field({ name: 'name', label: t('accounts.name'), autocomplete: 'name', maxlength: NAME_LENGTH }),
    field({
      ...{ name: 'phone', label: t('accounts.phone'), hint: t('accounts.phoneHint') },
      ...{ type: 'tel', autocomplete: 'tel', required: false, maxlength: 30 },
    }),
    field({
      ...{ name: 'lang', label: t('accounts.lang'), type: 'choices' },
      options: LANGUAGES.map((value) => ({ value, label: t(`accounts.langs.${value}`) })),
    }),
  ]
  const title = t('accounts.details.title')
  return {
    title,
    noindex: true,
    crumbs: { links: [{ href: url('accounts.show'), label: t('accounts.show.title') }], here: title },
    action: url('accounts.save-details'),
    fields,
    errors: errorSummaryView(fields, errors, t),
  }
}
