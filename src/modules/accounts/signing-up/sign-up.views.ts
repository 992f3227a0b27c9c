import type { FieldError } from '../../../kernel/errors.js'
import { consentText, textVersion } from '../../../kernel/purposes.js'
import { pickText } from '../../../kernel/text.js'
import type { RequestContext } from '../../../platform/http/context.js'
import { errorSummaryView, fieldView, type TypedValues } from '../../../platform/views/models/form.js'
import { newPasswordField } from '../passwords/passwords.views.js'
import { NAME_LENGTH } from './sign-up.schemas.js'

interface SignUpPage {
  key: string
  email: string
  typed: TypedValues
  errors: readonly FieldError[]
}

/** View model of `accounts/sign-up-link.hbs`: who he is, his password, his consent. */
export function signUpView({ key, email, typed, errors }: SignUpPage, context: RequestContext) {
  const { t, url, lang } = context
  const name = fieldView(
    {
      name: 'name',
      label: t('accounts.name'),
      hint: t('accounts.nameHint'),
      autocomplete: 'name',
      maxlength: NAME_LENGTH,
    },
    typed,
    errors,
    t,
  )
  const password = newPasswordField(t('accounts.password'), errors, t)
  const park = pickText(context.park.name, lang)?.text ?? ''
  const consent = fieldView(
    { name: 'consent', label: t(consentText('account', textVersion('account')), { park }), type: 'checkbox' },
    typed,
    errors,
    t,
  )
  // The list of errors names the box by a word, not by all that it says.
  const named = { ...consent, label: t('accounts.signUp.consentName') }
  return {
    title: t('accounts.signUp.linkTitle'),
    noindex: true,
    action: url('accounts.complete-sign-up', { key }),
    email,
    name,
    password,
    consent,
    privacyHref: url('privacy'),
    errors: errorSummaryView([name, password, named], errors, t),
  }
}
