import type { FieldError } from '../../../kernel/errors.js'
import type { RequestContext } from '../../../platform/http/context.js'
import { errorSummaryView, fieldView, type TypedValues } from '../../../platform/views/models/form.js'

interface SignInPage {
  typed: TypedValues
  errors: readonly FieldError[]
  next: string | null
  /** What the park's own sign-in service is called; null where there is none. */
  service: string | null
}

/** View model of `accounts/sign-in.hbs`. */
export function signInView({ typed, errors, next, service }: SignInPage, { t, url }: RequestContext) {
  const email = fieldView(
    { name: 'email', label: t('accounts.email'), type: 'email', autocomplete: 'username', maxlength: 254 },
    typed,
    errors,
    t,
  )
  // What was typed as a password is never sent back.
  const password = fieldView(
    { name: 'password', label: t('accounts.password'), type: 'password', autocomplete: 'current-password' },
    {},
    errors,
    t,
  )
  return {
    title: t('accounts.signIn.title'),
    noindex: true,
    action: url('accounts.enter'),
    next,
    resetHref: url('accounts.reset', {}, { next: next ?? undefined }),
    signUpHref: url('accounts.sign-up', {}, { next: next ?? undefined }),
    email,
    password,
    errors: errorSummaryView([email, password], errors, t),
    service: service && {
      href: url('accounts.open-id', {}, { next: next ?? undefined }),
      label: t('openid.button', { service }),
    },
  }
}
