import type { FieldError } from '../../../kernel/errors.js'
import type { RequestContext } from '../../../platform/http/context.js'
import { errorSummaryView, fieldView } from '../../../platform/views/models/form.js'
import { newPasswordField } from './passwords.views.js'

interface PasswordPage {
  errors: readonly FieldError[]
  email: string
  hasPassword: boolean
  /** Whether codes are asked for at sign-in; without a password it is a code that says who he is. */
  hasCodes: boolean
}

/** View model of `accounts/password.hbs`. */
export function changePasswordView({ errors, email, hasPassword, hasCodes }: PasswordPage, context: RequestContext) {
  const { t, url } = context
  const present = fieldView(
    hasPassword
      ? {
          ...{ name: 'presentPassword', label: t('accounts.presentPassword') },
          ...{ type: 'password', autocomplete: 'current-password' },
        }
      : {
          ...{ name: 'presentPassword', label: t('security.code.field'), hint: t('security.code.hint') },
          ...{ autocomplete: 'one-time-code' },
        },
    {},
    errors,
    t,
  )
  const title = t(hasPassword ? 'accounts.changePassword.title' : 'accounts.changePassword.first')
  const password = newPasswordField(t('accounts.newPassword'), errors, t)
  return {
    title,
    noindex: true,
    crumbs: {
      links: [{ href: url('accounts.show'), label: t('accounts.show.title') }],
      here: title,
    },
    action: url('accounts.change-password'),
    hasPassword,
    // Nothing to prove himself by: only a mail to his address can.
    byMail: !hasPassword && !hasCodes,
    resetHref: url('accounts.reset'),
    email,
    present,
    password,
    errors: errorSummaryView([present, password], errors, t),
  }
}
